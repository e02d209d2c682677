import HTTPTypes
import HoistCore
import HoistTransport

/// What S3 and its kin say when they refuse a PUT: `<Error><Code>…</Code><Message>…</Message>…</Error>`.
struct StorageError {
    private let reply: Reply
    private let address: WebAddress
    private let sent: HTTPFields
    private let xml: String
    private let code: String?
    private let message: String?

    /// - Parameters:
    ///   - address: where the request went.
    ///   - sent: the headers that went with it, to tell which ones a signature did not match.
    init(_ reply: Reply, from address: WebAddress, sent: HTTPFields) {
        self.reply = reply
        self.address = address
        self.sent = sent
        xml = String(decoding: reply.body.prefix(Self.longestXML), as: UTF8.self)
        // Services that store by themselves answer in JSON.
        let json =
            reply.body.first == UInt8(ascii: "{") ? JSONValue(parsing: reply.body).flatMap { ErrorReply($0) } : nil
        code = Self.element("Code", of: xml).flatMap { $0.isEmpty ? nil : $0 } ?? json?.code
        message = Self.element("Message", of: xml).flatMap { $0.isEmpty ? nil : $0 } ?? json?.message
    }

    /// What the reply may repeat of the request and nobody else is to see.
    private var secrets: Secrets {
        Secrets(address.secrets + sent.filter { Trace.isSecret(Substring($0.name.rawName)) }.map(\.value))
    }

    /// Whether the reply is one, whatever its status says.
    var isOne: Bool { code != nil && xml.utf8.prefix(200).contains(UInt8(ascii: "<")) && xml.contains("<Error>") }

    /// Bytes: no storage's error comes near, and searching a whole reply of the longest kind took seconds (measured).
    private static let longestXML = 1 << 16

    var failure: Failure {
        // Before the cut, which may go through a secret.
        let said = String(secrets.redacted([code, message].compactMap(\.self).joined(separator: ": ")).prefix(1000))
        guard !said.isEmpty else { return undocumented }
        switch meaning {
        case .busy:
            return make(.temporary, "storage cannot take it now: \(said)", RetryAfter.advice(reply.retryAfter))
        case .expired:
            var failure = make(.notAllowed, "the presigned URL has expired (\(said))", Self.presignAgain)
            failure.isExpiredURL = true
            return failure
        case .unsigned:
            let names = sent.map(\.name.rawName).joined(separator: ", ")
            return make(
                .notAllowed,
                "storage refused the presigned URL (\(said)): URL and headers have to be as they were signed; sent with "
                    + (names.isEmpty ? "no headers" : names))
        case .clock:
            return make(
                .notAllowed,
                "storage finds this machine's clock wrong (\(said))", "set the clock, \(Self.presignAgain)")
        case .notAllowed:
            return make(.notAllowed, "storage refused the presigned URL (\(said))", Self.presignAgain)
        case .redirected: return make(.contract, "storage redirects (\(said)), which is not followed")
        case .refused: return make(.refusedByService, "storage refused it (\(said))")
        }
    }

    /// What the code and the status come to.
    private enum Meaning {
        case busy, expired, unsigned, clock, notAllowed, redirected, refused
    }

    /// The codes that say more than the status (Amazon S3, "Error responses"; Azure's AuthenticationFailed).
    private static let meanings: [String: (status: Int?, message: String?, meaning: Meaning)] = [
        "RequestTimeout": (nil, nil, .busy), "SlowDown": (nil, nil, .busy), "InternalError": (nil, nil, .busy),
        "ServiceUnavailable": (nil, nil, .busy),
        "ExpiredToken": (nil, nil, .expired), "ExpiredRequest": (403, nil, .expired),
        "AuthenticationFailed": (403, "time frame", .expired),
        "SignatureDoesNotMatch": (403, nil, .unsigned), "RequestTimeTooSkewed": (403, nil, .clock),
    ]

    private var meaning: Meaning {
        if let code, let known = Self.meanings[code], known.status ?? reply.status == reply.status,
            known.message.map({ message?.contains($0) == true }) ?? true
        {
            return known.meaning
        }
        if reply.status == 403, code == "AccessDenied" {
            if message?.contains("expired") == true { return .expired }
            if message?.contains("not signed") == true { return .unsigned }
        }
        return switch StatusMeaning(reply.status).kind {
        case .temporary: .busy
        case .notAllowed: .notAllowed
        case .contract where (300..<400).contains(reply.status): .redirected
        default: .refused
        }
    }

    /// For a reply that is not S3's XML: its status still says what to do.
    private var undocumented: Failure {
        let text = secrets.excerpt(of: reply.body)
        let said = text.isEmpty ? "an empty reply" : "something else than S3's XML: \(text)"
        if reply.status == 413 { return make(.refusedByService, "the file is too large for storage (\(said))") }
        return switch StatusMeaning(reply.status).kind {
        case .notAllowed where reply.status != 402:
            make(.notAllowed, "storage refused the presigned URL (\(said))", Self.presignAgain)
        case .temporary:
            make(.temporary, "storage cannot take it now (\(said))", RetryAfter.advice(reply.retryAfter))
        default: make(.contract, "storage answered with \(said)")
        }
    }

    private static let presignAgain = "presign again, or upload again"

    private func make(_ kind: FailureClass, _ what: String, _ advice: String? = nil) -> Failure {
        Failure(
            kind, code: code.map(secrets.redacted) ?? "storage_reply",
            "\(what.safeForTerminal) (HTTP \(reply.status))", advice: advice,
            httpStatus: reply.status,
            requestID: Self.element("RequestId", of: xml).map(secrets.redacted),
            retryAfter: reply.retryAfter)
    }

    /// The text of the first element of that name. The errors are flat and small: a whole XML parser would tell no more.
    private static func element(_ name: String, of xml: String) -> String? {
        guard let start = xml.firstRange(of: "<\(name)>"),
            let end = xml[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        var text = String(xml[start.upperBound..<end.lowerBound])
        for (entity, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"),
            ("&#39;", "'"), ("&#x27;", "'"), ("&#34;", "\""), ("&#x22;", "\""), ("&amp;", "&"),
        ] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }
}
