import HTTPTypes
import HoistCore
import HoistTransport

/// A reply of a service's API: the JSON of a good one, the failure that a bad one stands for.
struct ServiceReply {
    let reply: Reply
    let service: Service

    private var title: String { service.title }
    var credential: Credential? { service.credential }

    /// Nil for what is none, such as an empty body.
    var json: JSONValue? {
        guard !reply.body.isEmpty else { return nil }
        // After the parsing: JSON may write the key in escapes.
        let json = JSONValue(parsing: reply.body) ?? JSONValue(parsing: repairedBody)
        guard let credential, credential.mayOccur(inJSON: reply.body) else { return json }
        return json?.mappingText(credential.removed)
    }

    /// The body without a byte order mark, and with U+FFFD for what is no UTF-8: neither may cost the user a handle.
    private var repairedBody: [UInt8] {
        Array(String(decoding: reply.body.withoutByteOrderMark, as: UTF8.self).utf8)
    }

    /// What a refusal hands out all the same.
    var handles: Receipt {
        guard case .object(let fields)? = json else { return Receipt() }
        let names = service.description.result.flatMap { handle in
            [handle.name]
                + handle.template.references.compactMap { reference in
                    if case .body(_, let path) = reference { path.leaf } else { nil }
                }
        }
        return Receipt(fields: fields.filter { names.contains($0.name) && $0.value != .null })
    }

    private var excerpt: String {
        var body = reply.body
        // URLs that can be put to are secrets while they live, also in a reply that lacks something else.
        if case .object(let members)? = json {
            body = JSONValue.object(service.plan.shown(members, of: .prepare)).bytes
        }
        let text = credential?.excerpt(of: body) ?? Secrets([]).excerpt(of: body)
        return text.isEmpty ? "(empty)" : text
    }

    /// `{}` is how some services answer a wrong key.
    private var saysNothing: Bool { reply.body.isEmpty || json == .object([]) }

    // MARK: - Good by its status alone

    /// What to throw where there should be JSON.
    var notJSON: Failure {
        if reply.mayBeCut {
            return failure(
                .temporary, code: "network", "the connection to \(title) was closed within its reply", "run it again")
        }
        return broken("answered with something else than the JSON of its contract: \(excerpt)")
    }

    func without(_ what: String) -> Failure {
        guard case .object? = json else { return notJSON }
        return broken("answered without \(what): \(excerpt)")
    }

    /// The reply says by a field that it is an error.
    func refusal(_ path: ValuePath, _ value: JSONValue?) -> Failure {
        let error = json.flatMap { ErrorReply($0, service.description.error) }
        guard error != nil || value != nil else { return without(path.description) }
        return failure(
            .refusedByService, code: "refused", "\(title) refused it: \(error.map(Self.said) ?? excerpt)", nil, error)
    }

    private func broken(_ what: String) -> Failure {
        failure(.contract, code: "unexpected_reply", "\(title) \(what)", nil)
    }

    private static func said(_ error: ErrorReply) -> String { Trace.redactedParameters(error.message) }

    // MARK: - Bad by its status

    var failure: Failure {
        let error = json.flatMap { ErrorReply($0, service.description.error) }
        let said =
            error.map(Self.said)
            ?? (saysNothing ? "an empty reply" : "something else than its contract says: \(excerpt)")
        let meaning = StatusMeaning(reply.status)
        func failure(_ what: String, _ advice: String? = nil) -> Failure {
            self.failure(meaning.kind, code: meaning.code, what, advice, error)
        }
        let source = credential?.source
        switch meaning.code {
        case "redirected":
            // A redirect is never followed: libcurl would carry an X-API-Key to any host (measured).
            let target = reply.headerFields[.location].map {
                (credential?.redacted($0) ?? Trace.redactedParameters($0)).shortened.safeForTerminal
            }
            return failure("\(title) redirects to \(target ?? "nowhere")", "check the base URL")
        case "unauthorized":
            var failure = failure("\(title) did not accept the key: \(said)", source.map { "check \($0)" })
            failure.isAboutKey = true
            return failure
        case "payment_required": return failure("\(title) wants to be paid: \(said)", "check the account's balance")
        case "forbidden":
            return failure(
                "\(title) does not allow this: \(said)", source.map { "check what the key in \($0) may do" })
        case "refused"
        where error != nil || [404, 409, 413, 415].contains(reply.status) && error != nil
            || [413, 415].contains(reply.status):
            // 413 and 415 are often said by a proxy, in its own words.
            return failure("\(title) refused it: \(said)")
        default:
            guard meaning.kind == .temporary else { return broken("answered with \(said)") }
            return failure("\(title) cannot take it now: \(said)", RetryAfter.advice(reply.retryAfter))
        }
    }

    private func failure(
        _ kind: FailureClass, code: String, _ what: String, _ advice: String?, _ error: ErrorReply? = nil
    ) -> Failure {
        Failure(
            kind, code: error?.code ?? code, "\(what) (HTTP \(reply.status))", advice: advice, httpStatus: reply.status,
            requestID: error?.requestID
                ?? reply.headerFields[.requestID].map { credential?.removed(from: $0) ?? $0 },
            retryAfter: reply.retryAfter)
    }
}

extension HTTPField.Name {
    fileprivate static let requestID = HTTPField.Name(constant: "X-Request-Id")
}
