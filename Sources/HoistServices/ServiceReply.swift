import HTTPTypes
import HoistCore
import HoistTransport

/// Reads the replies of both services' APIs: the fields of a good one, the failure that a bad one stands for.
struct ServiceReply {
    let reply: Reply
    let service: ServiceName
    let credential: Credential

    /// The reply's fields. Throws `contract` unless it is a JSON object that has text in all the `required` ones.
    func receipt(requiring required: [String]) throws(Failure) -> Receipt {
        guard (200..<300).contains(reply.status) else { throw failure.keeping(handles) }
        guard case .object(let fields)? = json else {
            if reply.mayBeCut {
                throw failure(
                    .temporary, code: "network",
                    "the connection to \(service.title) was closed within its reply; run it again",
                    nil)
            }
            throw broken("answered with something else than the JSON of its contract: \(excerpt)")
        }
        let receipt = Receipt(fields: fields)
        let missing = required.filter { name in fields.first { $0.name == name }?.value.text?.isEmpty ?? true }
        guard missing.isEmpty else {
            throw broken("answered without \(missing.joined(separator: " and ")): \(excerpt)").keeping(receipt)
        }
        return receipt
    }

    /// What a refusal hands out all the same.
    private var handles: Receipt {
        guard case .object(let fields)? = json else { return Receipt() }
        return Receipt(fields: fields.filter { ["id", "upload_key", "public_url", "image_url"].contains($0.name) })
    }

    private var json: JSONValue? {
        // After the parsing: JSON may write the key in escapes.
        let json = JSONValue(parsing: reply.body) ?? JSONValue(parsing: repairedBody)
        return credential.mayOccur(inJSON: reply.body) ? json?.mappingText(credential.removed) : json
    }

    /// The body without a byte order mark, and with U+FFFD for what is no UTF-8: neither may cost the user a handle.
    private var repairedBody: [UInt8] {
        Array(String(decoding: reply.body.withoutByteOrderMark, as: UTF8.self).utf8)
    }

    private var excerpt: String {
        let text = credential.excerpt(of: reply.body)
        return text.isEmpty ? "(empty)" : text
    }

    private func broken(_ what: String) -> Failure {
        failure(.contract, code: "unexpected_reply", "\(service.title) \(what)", nil)
    }

    // MARK: - Errors

    private var failure: Failure {
        let error = json.flatMap(ErrorReply.init)
        let said =
            error.map { Trace.redactedParameters($0.message) }
            ?? (reply.body.isEmpty ? "an empty reply" : "something else than its contract says: \(excerpt)")
        switch reply.status {
        case 300..<400:
            // A redirect is never followed: libcurl would carry an X-API-Key to any host (measured).
            let target =
                reply.headerFields[.location].map {
                    credential.redacted($0).shortened.safeForTerminal
                } ?? "nowhere"
            return failure(
                .contract, code: "redirected", "\(service.title) redirects to \(target); check the base URL", error)
        case 401:
            return failure(
                .notAllowed, code: "unauthorized",
                "\(service.title) did not accept the key: \(said); check \(credential.source)", error)
        case 403:
            return failure(
                .notAllowed, code: "forbidden",
                "\(service.title) does not allow this: \(said); check what the key in \(credential.source) may do",
                error)
        case 408, 425, 429, 500...:
            return failure(
                .temporary, code: reply.status == 429 ? "rate_limited" : "service_trouble",
                "\(service.title) cannot take it now: \(said); \(RetryAfter.advice(reply.retryAfter))", error)
        // 413 and 415 are often said by a proxy, in its own words.
        case 413, 415,
            400..<500 where error != nil:
            return failure(.refusedByService, code: "refused", "\(service.title) refused it: \(said)", error)
        default:
            return broken("answered with \(said)")
        }
    }

    private func failure(_ kind: FailureClass, code: String, _ message: String, _ error: ErrorReply?) -> Failure {
        Failure(
            kind, code: error?.code ?? code, "\(message) (HTTP \(reply.status))", httpStatus: reply.status,
            requestID: error?.requestID ?? reply.headerFields[.requestID].map(credential.removed),
            retryAfter: reply.retryAfter)
    }
}

extension HTTPField.Name {
    fileprivate static let requestID = HTTPField.Name(constant: "X-Request-Id")
}

/// The error shapes that the two contracts know.
struct ErrorReply {
    var code: String?
    let message: String
    var requestID: String?

    /// Nil where the document is none of them.
    init?(_ json: JSONValue) {
        if let error = json["error"], case .object = error, let message = error["message"]?.text {
            // Figur: {"error": {"code", "message", "request_id"}}
            self.init(code: error["code"]?.text, message: message, requestID: error["request_id"]?.text)
        } else if let message = json["error"]?.text {
            // each::labs: {"status", "error", "code", "request_id", "details"}
            let details = json["details"].flatMap { $0 == .object([]) || $0 == .null ? nil : " \($0)" } ?? ""
            self.init(code: json["code"]?.text, message: message + details, requestID: json["request_id"]?.text)
        } else if let message = json["detail"]?.text {
            // FastAPI's HTTPException: {"detail": "…"}
            self.init(message: message)
        } else if case .array(let problems)? = json["detail"], !problems.isEmpty {
            // FastAPI's HTTPValidationError: {"detail": [{"loc", "msg", "type"}]}
            self.init(code: "validation_error", message: problems.map(Self.describe).joined(separator: "; "))
        } else {
            return nil
        }
    }

    private init(code: String? = nil, message: String, requestID: String? = nil) {
        self.code = code.flatMap { $0.isEmpty ? nil : $0 }
        // A message is to be read; nobody reads more than this.
        self.message = String(message.prefix(1000))
        self.requestID = requestID
    }

    /// `body.items.0.name: Field required`: the place as a path, which mixes names and positions.
    private static func describe(_ problem: JSONValue) -> String {
        guard case .array(let place)? = problem["loc"], let message = problem["msg"]?.text else { return "\(problem)" }
        let path = place.map { part in part.text ?? "\(part)" }.joined(separator: ".")
        return "\(path): \(message)"
    }
}
