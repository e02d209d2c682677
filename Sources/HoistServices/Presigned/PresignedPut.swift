import HTTPTypes
import HoistCore
import HoistFiles
import HoistMedia
import HoistTransport

/// A PUT that storage has signed beforehand: the URL and the headers are the authorisation, so both go out exactly as
/// they were given, and no key goes with them.
package struct PresignedPut: Sendable {
    let address: WebAddress
    private(set) var fields: HTTPFields
    let method: HTTPRequest.Method
    /// The statuses that are success; nil takes any 2xx.
    var ok: [Int]?
    /// The form that the file goes in; nil where the body is the file.
    var form: Form?

    /// A presigned form (S3's POST policy and its kin): these fields, then the file.
    struct Form: Sendable {
        let fields: [(name: String, value: String)]
        let fileField: String
        let type: String
    }

    /// - Parameters:
    ///   - length: bytes of the file; a `Content-Length` among the headers has to say the same. Nil where there is no file
    ///     yet.
    ///   - mayBeLoopback: whether this machine itself can be meant: a service elsewhere has no say about it.
    /// Throws `contract` for a URL or a header that must not be sent.
    init(
        url: String, method: HTTPRequest.Method = .put, headers: [JSONValue.Member], length: Int64?,
        mayBeLoopback: Bool = true
    ) throws(Failure) {
        let address = try Self.address(url)
        guard mayBeLoopback || !address.isThisMachine else {
            throw Self.refused("its upload URL is on this machine (\(address.host)), and the service is not")
        }
        try self.init(to: address, method: method, headers: headers, length: length)
    }

    /// The URL, taken apart. Throws `contract` where nothing may be sent to it.
    static func address(_ url: String) throws(Failure) -> WebAddress {
        guard let address = WebAddress(url) else {
            // What does not even begin like one may be anything, such as the key.
            let isShown = ["http://", "https://"].contains { url.lowercased().hasPrefix($0) }
            let shown = isShown ? ": " + String(Trace.redactedParameters(url).prefix(200)).safeForTerminal : ""
            throw refused(
                url.isEmpty
                    ? "its upload URL is empty"
                    : "its upload URL is no http(s) URL in ASCII without spaces, fragment and user name\(shown)")
        }
        guard address.isPrivate else {
            throw refused("its upload URL is plain http to \(address.host): bytes and signature would be readable")
        }
        return address
    }

    /// - Parameter address: what `address(_:)` made of a URL.
    init(
        to address: WebAddress, method: HTTPRequest.Method = .put, headers: [JSONValue.Member], length: Int64?
    ) throws(Failure) {
        self.method = method
        // No signature comes near; swift-http-types ends the program at 65,535.
        guard headers.count <= 1000 else { throw Self.refused("it requires \(headers.count) headers") }
        self.address = address
        var fields = HTTPFields()
        for header in headers {
            guard let field = try Self.field(header, address: address, length: length) else { continue }
            fields.append(field)
        }
        self.fields = fields
    }

    /// The media type that goes with the bytes, where there is one.
    package var contentType: String? { fields[.contentType] }

    /// Adds the media type that the user names. Throws `usage` where storage requires another one: the signature covers
    /// it.
    package mutating func declare(_ type: MediaType) throws(Failure) {
        guard let required = fields[.contentType] else {
            fields[.contentType] = type.description
            return
        }
        guard required.lowercased() != type.description.lowercased() else { return }
        throw Failure(
            .usage, code: "content_type_mismatch",
            "--content-type says \(type), but the presigned URL is for \(required.safeForTerminal); presign again for \(type)"
        )
    }

    /// Sends the file, and once more where storage's checksum is another one than that of the bytes sent. Throws
    /// `refusedHere` where it changed meanwhile, `temporary` where storage has other bytes.
    @discardableResult
    package func send(_ file: InputFile, over exchange: Exchange) async throws(Failure) -> Reply {
        let first = try await sendOnce(file, over: exchange)
        let isForeign = if case .other = first.verdict { first.origin.hasForeignETags } else { false }
        if first.verdict == .same || first.verdict == .unknown || isForeign {
            exchange.conclude(first.proof)
            return first.reply
        }
        exchange.startOver()
        let second = try await sendOnce(file, over: exchange)
        switch (first.verdict, second.verdict) {
        case (_, .same), (_, .unknown): exchange.conclude(second.proof)
        // The same bytes have the same ETag, whatever it is one of.
        case (.other(let tag), .other(let nextTag)) where tag == nextTag:
            exchange.conclude(second.proof)
            second.origin.noteForeignETags()
            exchange.warn("storage's ETag is not the MD5 of the bytes sent, so it says nothing about what was stored")
        case (_, .other(let checksum)), (_, .corrupted(let checksum)):
            exchange.conclude(Proof(isVerified: false, sha256: second.sent.sha256))
            throw Failure(
                .temporary, code: "corrupted",
                "storage has other bytes than were sent, twice: it says \(checksum.shortened.safeForTerminal)",
                advice: "run it again")
        }
        return second.reply
    }

    /// An upload that storage has accepted.
    private struct Accepted {
        let reply: Reply
        let verdict: StorageVerdict
        let sent: Checksums
        let origin: Origin

        var proof: Proof {
            Proof(
                isVerified: verdict == .same ? true : nil, sha256: sent.sha256,
                eTag: reply.headerFields[.eTag].map(StorageVerdict.tag))
        }
    }

    /// Follows storage's redirects. Throws `refusedHere` where the file changed meanwhile: storage then has something else
    /// than was checked.
    private func sendOnce(_ file: InputFile, over exchange: Exchange) async throws(Failure) -> Accepted {
        var target = address
        var fields = fields
        let checksums = checksums(exchange.integrity)
        let form = form.map { form in
            MultipartForm(form.fields, .init(field: form.fileField, type: form.type, input: file))
        }
        if let form { fields[.contentType] = form.contentType }
        for _ in 0...Self.mostRedirects {
            let request = HTTPRequest(method, target, fields: fields)
            let origin = exchange.origin(of: request)
            let (next, accepted) = try await exchange.perform(
                request, body: form?.body ?? RequestBody(file: file), checksums: checksums, isCounted: false
            ) { (reply) throws(Failure) -> (WebAddress?, Accepted?) in
                if ok?.contains(reply.status) ?? (200..<300).contains(reply.status) {
                    // S3 can find out after it has begun to answer. Else there is no body.
                    if !reply.body.isEmpty {
                        let error = StorageError(reply, from: target, sent: fields)
                        if error.isOne { throw error.failure }
                    }
                    if reply.isWebPage {
                        exchange.warn("storage answered with a web page; check that the file is there")
                    }
                    let verdict = StorageVerdict(reply, sent: reply.checksums)
                    return (nil, Accepted(reply: reply, verdict: verdict, sent: reply.checksums, origin: origin))
                }
                if let next = try redirect(of: reply, from: target) { return (next, nil) }
                throw StorageError(reply, from: target, sent: fields).failure
            }
            try file.requireUnchanged()
            if let accepted { return accepted }
            guard let next else { break }
            if (next.scheme, next.authority) != (target.scheme, target.authority) {
                // Storage's own redirects keep what is signed; what proves who asks is for one server only.
                for name in Self.credentialNames { fields[name] = nil }
            }
            target = next
        }
        throw Failure(
            .contract, code: "redirected", "storage redirected more than \(Self.mostRedirects) times; presign again")
    }

    /// What storage may say a checksum of: S3's ETag is an MD5, and it repeats a SHA-256 that was signed.
    private func checksums(_ integrity: Integrity) -> Checksums.Kinds {
        var kinds: Checksums.Kinds = integrity.wantsSHA256 ? .sha256 : .none
        if integrity.isVerified, address.isSignedForS3 {
            kinds.insert(.md5)
            if fields.contains(.amazonSHA256) { kinds.insert(.sha256) }
        }
        return kinds
    }

    private static let mostRedirects = 3
    private static let credentialNames: [HTTPField.Name] = [
        .authorization, .proxyAuthorization, .cookie, HTTPField.Name(constant: "X-API-Key"),
    ]

    /// Where storage sends the same PUT (RFC 9110, 307 and 308); nil where the reply is no redirect. Throws `contract`
    /// for one that would change the method, and for a target that the bytes must not go to.
    private func redirect(of reply: Reply, from current: WebAddress) throws(Failure) -> WebAddress? {
        guard (300..<400).contains(reply.status), let location = reply.headerFields[.location] else { return nil }
        let keepsMethod = reply.status == 307 || reply.status == 308
        guard keepsMethod, let target = WebAddress(location, relativeTo: current),
            // Who is elsewhere has no say about this machine, and plain http is for what began as that, on this machine.
            target.scheme == "https" || target.isLoopback && address.scheme == "http",
            !target.isThisMachine || address.isThisMachine
        else {
            throw Failure(
                .contract, code: "redirected",
                "storage redirects to \(Secrets(address.secrets).redacted(location).shortened.safeForTerminal), where the file must not go (HTTP \(reply.status))",
                httpStatus: reply.status)
        }
        return target
    }

    /// The header as it is to be sent; nil where libcurl sends the same by itself.
    private static func field(
        _ header: JSONValue.Member, address: WebAddress, length: Int64?
    ) throws(Failure) -> HTTPField? {
        guard let name = HTTPField.Name(header.name) else {
            throw refused("it requires a header that HTTP cannot carry: \(header.name.safeForTerminal)")
        }
        let value: String
        switch header.value {
        case .string(let text), .number(let text): value = text
        default: throw refused("the value of its header \(header.name) is not a text")
        }
        // White space around a value is no part of it (RFC 9110, section 5.5; the signature leaves it out too).
        let trimmed = value.trimming { $0 == " " || $0 == "\t" }
        guard HTTPField.isValidValue(trimmed) else {
            throw refused("it requires a header whose value HTTP cannot carry: \(header.name)")
        }
        switch name.canonicalName {
        case "content-length" where length == nil || trimmed == length.map { String($0) },
            "host" where trimmed == address.authority:
            return nil
        case "content-length", "host", "transfer-encoding", "connection":
            throw refused("it requires \(header.name): \(trimmed), which would break the request")
        default: return HTTPField(name: name, value: trimmed)
        }
    }

    private static func refused(_ what: String) -> Failure {
        Failure(.contract, code: "unusable_presigned_url", "the presigned URL or its headers cannot be used: \(what)")
    }
}
