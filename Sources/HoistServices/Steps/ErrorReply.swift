import HoistCore

/// What a refusal says, in the shape that its service's description names, or in one that many services share.
struct ErrorReply {
    private(set) var code: String?
    let message: String
    private(set) var requestID: String?

    /// Nil where the document says nothing of the kind.
    init?(_ json: JSONValue, _ paths: ErrorPaths = ErrorPaths()) {
        let text = paths.message.lazy.compactMap { $0.value(in: json) }.compactMap(Self.text).first
        guard let message = text ?? Self.commonMessage(in: json) else { return nil }
        let error = json["error"] ?? .null
        let details = json["details"].flatMap { $0 == .object([]) || $0 == .null ? nil : " \($0)" } ?? ""
        self.message = String((message + details).prefix(Self.longest))
        code =
            Self.first(paths.code, in: json) ?? [error["code"], error["type"], json["code"]].lazy
            .compactMap { $0?.text }.first { !$0.isEmpty } ?? Self.validationCode(json)
        requestID = Self.first(paths.requestID, in: json) ?? error["request_id"]?.text ?? json["request_id"]?.text
    }

    /// Characters: a message is to be read, and nobody reads more than this.
    private static let longest = 1000

    /// The shapes that services have in common: `error.message`, `error`, FastAPI's `detail` as a text or a list of
    /// problems, `message`, and RFC 9457's `title`.
    private static func commonMessage(in json: JSONValue) -> String? {
        if let message = json["error"]?["message"]?.text { return message }
        for name in ["error", "detail", "message", "title"] {
            if let message = json[name].flatMap(text) { return message }
        }
        if case .array(let errors)? = json["errors"] { return text(of: .array(errors)) }
        return nil
    }

    private static func validationCode(_ json: JSONValue) -> String? {
        if case .array(let problems)? = json["detail"], !problems.isEmpty { "validation_error" } else { nil }
    }

    private static func first(_ paths: [ValuePath], in json: JSONValue) -> String? {
        paths.lazy.compactMap { $0.value(in: json) }.compactMap(word).first
    }

    private static func word(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text.isEmpty ? nil : text
        case .number(let literal): literal
        default: nil
        }
    }

    /// A text, or what a list of texts and problems says.
    private static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): return text.isEmpty ? nil : text
        case .array(let problems):
            return problems.isEmpty ? nil : problems.map(problem).joined(separator: "; ")
        default: return nil
        }
    }

    /// `body.items.0.name: Field required`: the place as a path, which mixes names and positions.
    private static func problem(_ problem: JSONValue) -> String {
        guard let message = (problem["msg"] ?? problem["message"])?.text else { return problem.text ?? "\(problem)" }
        guard case .array(let place)? = problem["loc"] else { return message }
        let path = place.map { part in part.text ?? "\(part)" }.joined(separator: ".")
        return "\(path): \(message)"
    }
}
