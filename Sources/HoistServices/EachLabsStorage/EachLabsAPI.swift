import HTTPTypes
import HoistCore
import HoistMedia
import HoistTransport

/// The two calls of each::labs storage that carry a key: initiate an upload, ask for its status.
package struct EachLabsAPI: Sendable {
    private let account: Account

    package init(_ account: Account) {
        self.account = account
    }

    /// Initiates an upload; the reply has `id`, `upload_url` and `required_headers`, or this throws.
    package func initiate(
        _ media: MediaDescription, _ options: InitiateOptions, over exchange: Exchange
    ) async throws(Failure) -> Receipt {
        var request = try request(.post, "/api/v1/uploads")
        request.headerFields[.contentType] = "application/json"
        let body = RequestBody(bytes: options.json(for: media).bytes)
        do throws(Failure) {
            let origin = exchange.origin(of: request)
            let receipt = try await send(request, body, requiring: ["id", "upload_url"], over: exchange) {
                (receipt) throws(Failure) in
                // An upload has one id: a second reply with it belongs to another file's request.
                guard let id = receipt["id"]?.text, !origin.isNew(handle: id) else { return }
                throw Failure(
                    .temporary, code: "mixed_up_reply",
                    "\(ServiceName.eachlabs.title) gave two files the same id (\(id.safeForTerminal)); run it again")
            }
            guard case .object? = receipt["required_headers"] else {
                throw Failure(
                    .contract, code: "unexpected_reply",
                    "\(ServiceName.eachlabs.title) answered without required_headers; nothing was sent"
                ).keeping(receipt)
            }
            return receipt
        } catch {
            // A URL that cannot be used is a secret all the same.
            throw error.keeping(PresignedReply.shown(error.receipt))
        }
    }

    /// The upload as the service has it now, with its `status`.
    package func status(of id: String, over exchange: Exchange) async throws(Failure) -> Receipt {
        let request = try request(.get, "/api/v1/uploads/\(Self.percentEncoded(id))")
        let receipt = try await send(request, .none, requiring: ["status"], over: exchange) {
            (receipt) throws(Failure) in
            guard let other = receipt["id"]?.text, other.lowercased() != id.lowercased() else { return }
            throw Failure(
                .contract, code: "mixed_up_reply",
                "\(ServiceName.eachlabs.title) answered about another upload (\(other.shortened.safeForTerminal))")
        }
        return PresignedReply.shown(receipt.renaming("error", to: StatusReply.reasonName))
    }

    private func request(_ method: HTTPRequest.Method, _ path: String) throws(Failure) -> HTTPRequest {
        HTTPRequest(
            method, account.baseURL.appending(path),
            fields: [.apiKey: try account.credential.get().secret, .accept: "application/json", .userAgent: userAgent])
    }

    private func send(
        _ request: HTTPRequest, _ body: RequestBody, requiring required: [String], over exchange: Exchange,
        check: (Receipt) throws(Failure) -> Void = { _ in }
    ) async throws(Failure) -> Receipt {
        let credential = try account.credential.get()
        return try await exchange.perform(request, body: body, isCounted: true) { (reply) throws(Failure) in
            let receipt = try ServiceReply(reply: reply, service: .eachlabs, credential: credential)
                .receipt(requiring: required)
            try check(receipt)
            return receipt
        }
    }

    /// One path segment: everything but RFC 3986's unreserved characters is encoded, so that an id stays an id.
    private static func percentEncoded(_ id: String) -> String {
        // As they are, these two would be steps in the path.
        if id == "." || id == ".." { return id.replacing(".", with: "%2E") }
        return id.utf8.map { byte in
            let isUnreserved =
                Unicode.Scalar(byte).properties.isAlphabetic && byte < 0x80 || (0x30...0x39).contains(byte)
                || "-._~".utf8.contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isUnreserved ? String(UnicodeScalar(byte)) : "%" + (hex.count == 1 ? "0" : "") + hex
        }.joined()
    }
}

extension HTTPField.Name {
    fileprivate static let apiKey = HTTPField.Name(constant: "X-API-Key")
}
