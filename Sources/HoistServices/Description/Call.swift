import HTTPTypes
import HoistCore

/// One request of a service, as its description says it. A class, since it goes from hand to hand for every file.
final class Call: Sendable {
    let method: HTTPRequest.Method
    let url: Target
    let query: [(name: String, template: Template)]
    let headers: [HeaderSource]
    let body: Body
    /// The statuses that are success; nil takes any 2xx.
    let ok: [Int]?
    let require: [Requirement]
    /// The step is left out where this has no value.
    let when: Template?
    let states: States?
    /// The statuses by which a delete says that there is no such upload any more.
    let gone: [Int]

    init(
        method: HTTPRequest.Method, url: Target, query: [(name: String, template: Template)], headers: [HeaderSource],
        body: Body, ok: [Int]?, require: [Requirement], when: Template?, states: States?, gone: [Int]
    ) {
        self.method = method
        self.url = url
        self.query = query
        self.headers = headers
        self.body = body
        self.ok = ok
        self.require = require
        self.when = when
        self.states = states
        self.gone = gone
    }

    /// Where it goes.
    enum Target: Sendable {
        /// A path below the base URL.
        case path(Template)
        /// A whole URL from an earlier reply.
        case given(Reference)

        var step: Step? {
            guard case .given(let reference) = self else { return nil }
            return reference.step
        }

        var template: Template {
            switch self {
            case .path(let template): template
            case .given(let reference): Template(parts: [.value(reference, nil)])
            }
        }
    }

    /// Headers of one name, or all that an object in a reply has.
    enum HeaderSource: Sendable {
        case one(HeaderTemplate)
        case all(Reference)
    }

    enum Body: Sendable {
        case none
        case raw
        case json(Shape)
        case form(Shape)
        case multipart(fields: Shape, fileField: String)

        var isRaw: Bool {
            if case .raw = self { true } else { false }
        }

        /// Whether the file is in it.
        var hasFile: Bool {
            switch self {
            case .raw, .multipart: true
            case .none, .json, .form: false
            }
        }
    }

    /// JSON with templates for its texts.
    indirect enum Shape: Sendable {
        case value(Template)
        case constant(JSONValue)
        case array([Shape])
        case object([(name: String, shape: Shape)])

        var templates: [Template] {
            switch self {
            case .value(let template): [template]
            case .constant: []
            case .array(let elements): elements.flatMap(\.templates)
            case .object(let members): members.flatMap(\.shape.templates)
            }
        }
    }

    /// What a good reply has.
    struct Requirement: Sendable {
        let path: ValuePath
        /// What it has to be; nil where it only has to be there.
        let value: Shape?
    }

    /// Where a status reply has its word, and what the words mean.
    struct States: Sendable {
        let state: ValuePath
        let done: [String]
        let failed: [String]
        let reason: ValuePath?

        /// Whether a value can be a state: a word, true or false.
        func isState(_ value: JSONValue?) -> Bool {
            switch value {
            case .string(let text): !text.isEmpty
            case .bool: true
            default: false
            }
        }
    }

    var templates: [Template] {
        [url.template] + query.map(\.template) + headers.map(\.template) + bodyTemplates + (when.map { [$0] } ?? [])
            + require.flatMap { $0.value?.templates ?? [] }
    }

    private var bodyTemplates: [Template] {
        switch body {
        case .none, .raw: []
        case .json(let shape), .form(let shape), .multipart(let shape, _): shape.templates
        }
    }
}

extension Call.HeaderSource {
    var template: Template {
        switch self {
        case .one(let header): header.template
        case .all(let reference): Template(parts: [.value(reference, nil)])
        }
    }
}
