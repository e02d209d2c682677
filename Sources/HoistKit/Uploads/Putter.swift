/// Puts a file to a URL that was presigned before.
package struct Putter {
    private let maker: RecordMaker
    private let contentType: MediaType?
    private let checksExpiry: Bool

    /// - Parameters:
    ///   - contentType: the type that the user names, if any.
    ///   - checksExpiry: whether a URL that has lapsed is refused before anything is sent.
    package init(maker: RecordMaker, contentType: MediaType?, checksExpiry: Bool) {
        self.maker = maker
        self.contentType = contentType
        self.checksExpiry = checksExpiry
    }

    /// - Parameter open: opens the file, or spools it.
    package func put(
        _ path: String, to reply: PresignedReply, open: () throws(Failure) -> InputFile
    ) async -> Record {
        var record = Record(.file(path), service: reply.receipt["service"]?.text.flatMap(ServiceName.init))
        record.receipt = reply.receipt
        return await maker.complete(record) { record, exchange throws(Failure) in
            // Before standard input is read to its end, which may take long.
            if checksExpiry { try reply.checkExpiry() }
            let file = try open()
            record.bytes = file.size
            var put = try reply.put(length: file.size)
            if let contentType { try put.declare(contentType) }
            record.contentType = put.contentType
            record.fileType = put.contentType.flatMap { MediaType($0)?.fileType }
            if checksExpiry { try reply.checkExpiry() }
            try await put.send(file, over: exchange)
        }
    }
}
