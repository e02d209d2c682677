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

    /// A file as far as it can be made ready before its record is begun.
    package struct Prepared: Sendable {
        fileprivate let reply: PresignedReply
        /// Nil for standard input, which is read when it is its turn.
        fileprivate let input: Result<InputFile, Failure>?
    }

    package static func prepare(_ file: PresignedFile) -> Prepared {
        let path = file.path
        return Prepared(
            reply: file.reply,
            input: path.isStandardInput ? nil : Result { () throws(Failure) in try InputFile(opening: path) })
    }

    /// The record of a file that was not begun.
    package static func record(of file: PresignedFile, failure: Failure? = nil) -> Record {
        record(of: file.path, file.reply, failure: failure)
    }

    private static func record(of path: InputPath, _ reply: PresignedReply, failure: Failure? = nil) -> Record {
        var record = Record(of: path, service: reply.receipt["service"]?.text, failure: failure)
        record.receipt = reply.receipt
        return record
    }

    package func put(_ file: PresignedFile, _ prepared: Prepared) async -> Record {
        let reply = prepared.reply
        return await maker.complete(Self.record(of: file.path, reply)) { record, exchange throws(Failure) in
            // Before standard input is read to its end, which may take long.
            if checksExpiry { try reply.checkExpiry() }
            let file: InputFile
            if let input = prepared.input {
                file = try input.get()
            } else {
                file = try await standardInput.spooled()
                if checksExpiry { try reply.checkExpiry() }
            }
            record.bytes = file.size
            var put = try reply.put(length: file.size)
            if let contentType { try put.declare(contentType) }
            record.contentType = put.contentType
            record.fileType = put.contentType.flatMap { MediaType($0)?.fileType }
            try await put.send(file, over: exchange)
        }
    }
}
