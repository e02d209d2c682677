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
        code = Self.element("Code", of: xml).flatMap { $0.isEmpty ? nil : $0 }
        message = Self.element("Message", of: xml).flatMap { $0.isEmpty ? nil : $0 }
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
        switch (reply.status, code) {
        case (_, "RequestTimeout"), (_, "SlowDown"), (_, "InternalError"), (_, "ServiceUnavailable"), (408, _),
            (425, _), (429, _), (500..., _):
            return make(.temporary, "storage cannot take it now: \(said); \(RetryAfter.advice(reply.retryAfter))")
        case (403, "AccessDenied") where message?.contains("expired") == true, (400, "ExpiredToken"),
            (403, "ExpiredToken"), (403, "ExpiredRequest"),
            (403, "AuthenticationFailed") where message?.contains("time frame") == true:
            var failure = make(
                .notAllowed, "the presigned URL has expired (\(said)); presign again, or upload again")
            failure.isExpiredURL = true
            return failure
        case (403, "SignatureDoesNotMatch"),
            (403, "AccessDenied") where message?.contains("not signed") == true:
            let names = sent.map(\.name.rawName).joined(separator: ", ")
            return make(
                .notAllowed,
                "storage refused the presigned URL (\(said)): URL and headers have to be as they were signed; sent with "
                    + (names.isEmpty ? "no headers" : names))
        case (403, "RequestTimeTooSkewed"):
            return make(
                .notAllowed,
                "storage finds this machine's clock wrong (\(said)); set the clock, presign again, or upload again"
            )
        case (401, _), (403, _):
            return make(
                .notAllowed, "storage refused the presigned URL (\(said)); presign again, or upload again")
        case (300..<400, _):
            return make(.contract, "storage redirects (\(said)), which is not followed")
        default:
            return make(.refusedByService, "storage refused it (\(said))")
        }
    }

    /// For a reply that is not S3's XML: its status still says what to do.
    private var undocumented: Failure {
        let text = secrets.excerpt(of: reply.body)
        let said = text.isEmpty ? "an empty reply" : "something else than S3's XML: \(text)"
        return switch reply.status {
        case 401, 403:
            make(.notAllowed, "storage refused the presigned URL (\(said)); presign again, or upload again")
        case 413: make(.refusedByService, "the file is too large for storage (\(said))")
        case 408, 425, 429, 500...:
            make(.temporary, "storage cannot take it now (\(said)); \(RetryAfter.advice(reply.retryAfter))")
        default: make(.contract, "storage answered with \(said)")
        }
    }

    private func make(_ kind: FailureClass, _ message: String) -> Failure {
        return Failure(
            kind, code: code.map(secrets.redacted) ?? "storage_reply",
            "\(message.safeForTerminal) (HTTP \(reply.status))",
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
