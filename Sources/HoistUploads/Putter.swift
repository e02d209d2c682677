import HoistCore
import HoistFiles
import HoistMedia
import HoistServices

/// Puts a file to a URL that was presigned before.
package struct Putter: Sendable {
    private let maker: RecordMaker
    private let contentType: MediaType?
    private let checksExpiry: Bool
    private let standardInput: StandardInput

    /// - Parameters:
    ///   - contentType: the type that the user names, if any.
    ///   - checksExpiry: whether a URL that has lapsed is refused before anything is sent.
    package init(maker: RecordMaker, contentType: MediaType?, checksExpiry: Bool, standardInput: StandardInput) {
        self.maker = maker
        self.contentType = contentType
        self.checksExpiry = checksExpiry
        self.standardInput = standardInput
    }

    /// The record before anything was done.
    package static func record(of file: PresignedFile, failure: Failure? = nil) -> Record {
        let service = file.reply.receipt["service"]?.text
        var record = Record(of: file.path, service: service, failure: failure)
        record.receipt = file.reply.receipt
        return record
    }

    package static func open(_ path: InputPath) -> Result<InputFile, Failure>? {
        path.isStandardInput ? nil : Result { () throws(Failure) in try InputFile(opening: path) }
    }

    /// - Parameter opened: nil for standard input, which is read when it is its turn.
    package func put(_ file: PresignedFile, _ opened: Result<InputFile, Failure>?) async -> Record {
        let reply = file.reply
        return await maker.complete(Self.record(of: file)) { record, exchange throws(Failure) in
            // Before standard input is read to its end, which may take long.
            if checksExpiry { try reply.checkExpiry() }
            let file = if let opened { try opened.get() } else { try await standardInput.spooled() }
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
