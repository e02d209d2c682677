import HoistCore

/// What follows from a description, worked out once and not for each file.
struct ServicePlan: Sendable {
    /// What has to be known after each step: without it there is no next step, or nothing that the upload is known by.
    let needs: StepTable<[Need]>
    /// The handles that are complete with each step.
    let results: StepTable<[ServiceDescription.Handle]>
    /// The names of those that are not.
    let otherHandles: StepTable<[String]>
    /// By what name of `[result]` a call about an upload knows it.
    let handleNames: StepTable<String>
    let names: UploadNames
    /// Whether the same content gets the same handle by design.
    let isNamedByContent: Bool
    /// Whether it wants to know durations and bitrates.
    let wantsProbe: Bool
    private let handles: [String]
    /// The field of a status reply that has the reason, which has a name of its own in a record.
    private let reasonName: String?
    /// What must not be shown: what is used as the URL, the headers or the form of a later step, and what the description
    /// names.
    private let secrets: [ValuePath]

    struct Need: Sendable {
        let reference: Reference
        /// Whether it has to be an object, and not a text or a number.
        let isObject: Bool

        func isMet(by renderer: Renderer) -> Bool {
            guard let value = renderer.value(reference) else { return false }
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
        let results = Self.results(description)
        self.results = results
        var others = StepTable<[String]>()
        for step in Step.allCases {
            let own = (results[step] ?? []).map(\.name)
            others[step] = description.handles.filter { !own.contains($0) }
        }
        otherHandles = others
        var names = StepTable<String>()
        for step in [Step.status, .delete] {
            for case .handle(let name) in description.calls[step]?.templates.flatMap(\.references) ?? [] {
                names[step] = name
            }
        }
        handleNames = names
        self.names = UploadNames(
            handles: description.handles, ids: Array(Set(names.all + ["id"])).sorted(),
            hasStatus: description.has(.status))
        let reason = description.calls[.status]?.states?.reason?.steps
        if case .name(let name)? = reason?.first, reason?.count == 1 { reasonName = name } else { reasonName = nil }
        isNamedByContent = description.usesFile(.md5) || description.usesFile(.sha256)
        wantsProbe = description.wantsProbe
        secrets = Self.secrets(description)
    }

    /// What a record may have of a step's reply: no URL that can be put to, and nothing that looks like a signature, but in
    /// the handles.
    func shown(_ members: [JSONValue.Member], of step: Step) -> [JSONValue.Member] {
        var shown: [JSONValue.Member] = []
        shown.reserveCapacity(members.count + 1)
        for member in members where step != .status || member.name != reasonName {
            guard let field = secrets.reduce(member, { field, path in field.flatMap(path.removed) }) else { continue }
            shown.append(handles.contains(field.name) ? field : PresignedReply.redacted(field))
        }
        return shown
    }

    private static func needs(_ description: ServiceDescription) -> StepTable<[Need]> {
        var needs = StepTable<[Need]>()
        func add(_ references: [Reference], isObject: Bool = false) {
            for reference in references {
                guard let step = reference.step else { continue }
                var known = needs[step] ?? []
                if known.contains(where: { $0.reference == reference }) { continue }
                known.append(Need(reference: reference, isObject: isObject))
                needs[step] = known
            }
        }
        if let first = description.result.first { add(first.template.references) }
        for call in description.calls.all {
            add(call.url.template.references)
            for case .all(let reference) in call.headers { add([reference], isObject: true) }
            if case .given = call.url, case .multipart(.value(let fields), _) = call.body {
                add(fields.references, isObject: true)
            }
        }
        return needs
    }

    private static func results(_ description: ServiceDescription) -> StepTable<[ServiceDescription.Handle]> {
        var results = StepTable<[ServiceDescription.Handle]>()
        for handle in description.result {
            let step = handle.template.references.compactMap(\.step).max() ?? .upload
            results[step] = (results[step] ?? []) + [handle]
        }
        return results
    }

    private static func secrets(_ description: ServiceDescription) -> [ValuePath] {
        var references: [Reference] = []
        for call in description.calls.all {
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
