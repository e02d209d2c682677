import HoistCore

/// What follows from a description.
struct ServicePlan: Sendable {
    /// The names of `[result]`.
    let handles: [String]
    /// The paths of each step's reply without which there is no next step, or nothing that the upload is known by.
    let needs: [Step: [Need]]
    /// By what name of `[result]` a call about an upload knows it.
    let handleNames: [Step: String]
    /// The field of a status reply that has the reason, which has a name of its own in a record.
    let reasonName: String?
    /// Whether the same content gets the same handle by design.
    let isNamedByContent: Bool
    /// Whether it wants to know durations and bitrates.
    let wantsProbe: Bool
    /// What is used as the URL, the headers or the form of a later step, and what the description names.
    private let secrets: [ValuePath]

    struct Need: Sendable {
        let path: ValuePath
        /// Whether it has to be an object, and not a text or a number.
        let isObject: Bool

        func isMet(by json: JSONValue?) -> Bool {
            guard let value = path.value(in: json) else { return false }
            if isObject { return Renderer.members(of: value) != nil }
            switch value {
            case .string(let text): return !text.isEmpty
            case .number: return true
            default: return false
            }
        }
    }

    init(_ description: ServiceDescription) {
        handles = description.handles
        needs = Self.needs(description)
        var names: [Step: String] = [:]
        for step in [Step.status, .delete] {
            for case .handle(let name) in description.calls[step]?.templates.flatMap(\.references) ?? [] {
                names[step] = name
            }
        }
        handleNames = names
        let reason = description.calls[.status]?.states?.reason
        if case .name(let name)? = reason?.steps.first, reason?.steps.count == 1 {
            reasonName = name
        } else {
            reasonName = nil
        }
        isNamedByContent = description.usesFile(.md5) || description.usesFile(.sha256)
        wantsProbe = description.usesFile(.duration) || description.usesFile(.bitrate)
        secrets = Self.secrets(description)
    }

    /// A reply without what must not be shown.
    func withoutSecrets(_ json: JSONValue) -> JSONValue {
        secrets.reduce(json) { $1.removed(from: $0) }
    }

    private static func needs(_ description: ServiceDescription) -> [Step: [Need]] {
        var needs: [Step: [Need]] = [:]
        func add(_ references: [Reference], isObject: Bool = false) {
            for case .body(let step, let path) in references
            where needs[step]?.contains(where: { $0.path == path }) != true {
                needs[step, default: []].append(Need(path: path, isObject: isObject))
            }
        }
        if let first = description.result.first { add(first.template.references) }
        for step in Step.allCases {
            guard let call = description.calls[step] else { continue }
            add(call.url.template.references)
            for case .all(let reference) in call.headers { add([reference], isObject: true) }
            if case .given = call.url, case .multipart(.value(let fields), _) = call.body {
                add(fields.references, isObject: true)
            }
        }
        return needs
    }

    private static func secrets(_ description: ServiceDescription) -> [ValuePath] {
        var references: [Reference] = []
        for call in description.calls.values {
            guard case .given(let url) = call.url else { continue }
            references.append(url)
            for case .all(let headers) in call.headers { references.append(headers) }
            if case .multipart(.value(let fields), _) = call.body { references += fields.references }
        }
        let shown = description.result.flatMap(\.template.references)
        let paths = references.filter { !shown.contains($0) }.compactMap { reference -> ValuePath? in
            if case .body(_, let path) = reference { path } else { nil }
        }
        return Array(Set(paths + description.secrets))
    }
}
