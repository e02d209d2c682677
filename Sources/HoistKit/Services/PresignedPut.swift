import HTTPTypes

/// A PUT that storage has signed beforehand: the URL and the headers are the authorisation, so both go out exactly as
/// they were given, and no key goes with them.
struct PresignedPut: Sendable {
    let address: WebAddress
    let fields: HTTPFields

    /// - Parameters:
    ///   - length: bytes of the body; a `Content-Length` among the headers has to say the same.
    /// Throws `contract` for a URL or a header that must not be sent.
    init(url: String, headers: [JSONValue.Member], length: Int64) throws(Failure) {
        guard let address = WebAddress(url) else {
            throw Self.refused(
                "its upload URL is not an http(s) URL: \(String(Trace.redactedParameters(url).prefix(200)).safeForTerminal)"
            )
        }
        guard address.isPrivate else {
            throw Self.refused("its upload URL is plain http to \(address.host): bytes and signature would be readable")
        }
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

    /// Sends the file. Throws `refusedHere` where it changed meanwhile: storage then has something else than was checked.
    func send(_ file: InputFile, over exchange: Exchange) async throws(Failure) {
        let request = HTTPRequest(.put, address, fields: fields)
        try await exchange.perform(request, body: RequestBody(file: file)) { (reply) throws(Failure) in
            guard (200..<300).contains(reply.status) else { throw StorageError(reply).failure }
        }
        try file.requireUnchanged()
    }

    /// The header as it is to be sent; nil where libcurl sends the same by itself.
    private static func field(
        _ header: JSONValue.Member, address: WebAddress, length: Int64
    ) throws(Failure) -> HTTPField? {
        guard let name = HTTPField.Name(header.name), let value = header.value.text else {
            throw refused("it requires a header that HTTP cannot carry: \(header.name.safeForTerminal)")
        }
        // White space around a value is no part of it (RFC 9110, section 5.5; the signature leaves it out too).
        let trimmed = value.trimming { $0 == " " || $0 == "\t" }
        guard HTTPField.isValidValue(trimmed) else {
            throw refused("it requires a header whose value HTTP cannot carry: \(header.name)")
        }
        switch name.canonicalName {
        case "content-length" where trimmed == String(length), "host" where trimmed == address.authority: return nil
        case "content-length", "host", "transfer-encoding", "connection":
            throw refused("it requires \(header.name): \(trimmed), which would break the request")
        default: return HTTPField(name: name, value: trimmed)
        }
    }

    private static func refused(_ what: String) -> Failure {
        Failure(.contract, code: "unusable_presigned_url", "the service's reply cannot be used: \(what)")
    }
}

extension String {
    func trimming(_ isBlank: (Character) -> Bool) -> String {
        var text = self[...].drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(text)
    }
}
