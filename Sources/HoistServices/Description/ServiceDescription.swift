import HTTPTypes
import HoistTransport

/// A service as a file describes it: where it is, what it takes, which calls put a file there and ask about it.
package struct ServiceDescription: Sendable {
    package let name: String
    /// The name that people read.
    package let title: String
    /// Where the vendor documents it.
    package let docs: String?
    /// What it was written from, and when.
    package let source: String?
    package let baseURL: WebAddress
    /// Nil for a service that needs none.
    package let key: KeyVariables?
    let headers: [HeaderTemplate]
    package let limits: Limits
    /// The service's word for a registered media type.
    let typeNames: [String: String]
    package let settings: [Setting]
    let calls: StepTable<Call>
    /// What a user wants to know of an upload, under free names; the first is what it is known by.
    let result: [Handle]
    let error: ErrorPaths
    /// What its replies have besides, as the vendor documents it.
    let replyFields: [String]
    /// Where replies have what must not be shown: presigned URLs and their headers.
    let secrets: [ValuePath]

    struct Handle: Sendable {
        let name: String
        let template: Template
    }

    package var handles: [String] { result.map(\.name) }

    /// The fields that a record of one of its uploads may have, as far as the description knows them.
    package var knownFields: [String] {
        var names = handles + replyFields
        for case .body(_, let path) in templates.flatMap(\.references) {
            if let name = path.root { names.append(name) }
        }
        for call in calls.all {
            names += call.require.compactMap(\.path.root)
            if let states = call.states { names += [states.state.root, states.reason?.root].compactMap(\.self) }
        }
        if has(.status) { names.append("status_reason") }
        if has(.delete) { names.append("outcome") }
        if canPresign { names += PresignedReply.fields }
        return names
    }

    /// The environment variable that has another base URL.
    package var baseURLVariable: String {
        String(name.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" }) + "_BASE_URL"
    }

    /// The verbs that it has, as the command line names them.
    package var verbs: [String] {
        ["upload"] + (canPresign ? ["presign"] : []) + (calls[.status] == nil ? [] : ["status"])
            + (calls[.delete] == nil ? [] : ["delete"])
    }

    package func has(_ step: Step) -> Bool { calls[step] != nil }

    /// Whether a URL can be had now and used later: a PUT of the file alone, with nothing to be said behind it.
    package var canPresign: Bool {
        guard calls[.prepare] != nil, calls[.complete] == nil, let upload = calls[.upload] else { return false }
        return upload.method == .put && upload.url.step == .prepare && upload.body.isRaw
    }

    /// Whether a call has the value of this setting in it.
    package func uses(_ setting: Setting, in step: Step) -> Bool {
        let templates = (calls[step]?.templates ?? []) + headers.map(\.template)
        return templates.contains { $0.references.contains(.setting(setting.name)) }
    }

    /// Whether it matters to it what kind of media a file is.
    package var wantsKind: Bool { usesFile(.kind) || settings.contains { !$0.kinds.isEmpty } }

    /// Whether it wants to know durations and bitrates.
    package var wantsProbe: Bool { usesFile(.duration) || usesFile(.bitrate) }

    func usesFile(_ fact: FileFact) -> Bool { templates.contains { $0.references.contains(.file(fact)) } }

    private var templates: [Template] {
        calls.all.flatMap(\.templates) + settings.compactMap(\.defaultTemplate) + result.map(\.template)
            + headers.map(\.template)
    }
}

/// A header, and what its value is made of.
struct HeaderTemplate: Sendable {
    let name: HTTPField.Name
    let template: Template
}

/// Where a refusal says what is wrong; the first path that has a text counts.
struct ErrorPaths: Sendable {
    var message: [ValuePath] = []
    var code: [ValuePath] = []
    var requestID: [ValuePath] = []
}

/// The environment variables that have a service's key: any one of several, or two that are put together.
package struct KeyVariables: Sendable {
    package struct Choice: Sendable {
        /// One, or an id and its secret.
        package let names: [String]
    }

    package let choices: [Choice]

    package var names: [String] { choices.flatMap(\.names) }

    /// For messages: `FAL_KEY or FAL_KEY_ID and FAL_KEY_SECRET`.
    package var phrase: String { choices.map { $0.names.joined(separator: " and ") }.joined(separator: " or ") }
}
