import HTTPTypes

/// each::labs storage: initiate, then PUT to the presigned URL with the headers that the reply requires.
package struct EachLabsStorage: UploadService {
    package let name = ServiceName.eachlabs
    private let account: Account
    private let options: InitiateOptions

    package init(_ account: Account, options: InitiateOptions) {
        self.account = account
        self.options = options
    }

    /// The service takes every type; S3 takes at most 5 GiB in one PUT.
    private static let limits = Limits(types: nil, largest: 5 << 30, largestPhrase: "5 GiB")

    package func check(_ file: MediaFile) throws(Failure) {
        try Self.limits.check(file, for: name)
        try options.check(against: file.fileType)
    }

    package func upload(_ file: MediaFile, over exchange: Exchange) async throws(Failure) -> Receipt {
        let reply = try await initiate(file, over: exchange)
        // The URL has served its purpose after the PUT, and is a secret while it lives.
        let receipt = reply.without(Self.secrets)
        do throws(Failure) {
            try await presignedPut(reply, length: file.input.size).send(file.input, over: exchange)
        } catch {
            throw error.keeping(receipt)
        }
        return receipt
    }

    private static let secrets: Set = ["upload_url", "required_headers"]

    private func initiate(_ file: MediaFile, over exchange: Exchange) async throws(Failure) -> Receipt {
        let credential = try account.credential.get()
        let request = HTTPRequest(
            .post, account.baseURL.appending("/api/v1/uploads"),
            fields: [
                .apiKey: credential.secret,
                .contentType: "application/json",
                .accept: "application/json",
                .userAgent: userAgent,
            ])
        let body = RequestBody(bytes: Array(options.json(for: file).description.utf8))
        do throws(Failure) {
            return try await exchange.perform(request, body: body) { (reply) throws(Failure) in
                try ServiceReply(reply: reply, service: name, credential: credential)
                    .receipt(requiring: ["id", "upload_url"])
            }
        } catch {
            throw error.keeping(error.receipt.without(Self.secrets))
        }
    }

    private func presignedPut(_ reply: Receipt, length: Int64) throws(Failure) -> PresignedPut {
        let json = JSONValue.object(reply.fields)
        guard let url = json["upload_url"]?.text, case .object(let headers)? = json["required_headers"] else {
            throw Failure(
                .contract, code: "unexpected_reply", "\(name.title) answered without required_headers; nothing was sent"
            )
        }
        return try PresignedPut(url: url, headers: headers, length: length)
    }
}

extension HTTPField.Name {
    fileprivate static let apiKey = HTTPField.Name(constant: "X-API-Key")
}
