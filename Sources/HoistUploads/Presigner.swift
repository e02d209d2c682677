import HoistCore
import HoistFiles
import HoistMedia
import HoistServices

/// Gets a presigned URL for a file that is put later, perhaps by another machine.
package struct Presigner: Sendable {
    private let api: EachLabsAPI
    private let options: InitiateOptions
    private let examiner: MediaExaminer
    private let prober: Prober
    private let maker: RecordMaker

    package init(
        api: EachLabsAPI, options: InitiateOptions, examiner: MediaExaminer, prober: Prober,
        maker: RecordMaker
    ) {
        self.api = api
        self.options = options
        self.examiner = examiner
        self.prober = prober
        self.maker = maker
    }

    /// The record before anything was done.
    package static func record(of path: InputPath?, failure: Failure? = nil) -> Record {
        guard let path else { return Record(.none, service: .eachlabs, failure: failure) }
        return Record(of: path, service: .eachlabs, failure: failure)
    }

    /// - Parameter path: nil for a file that is not here.
    package func presign(_ path: InputPath?, _ look: MediaExaminer.Look?) async -> Record {
        await maker.complete(Self.record(of: path)) { record, exchange throws(Failure) in
            let media: MediaDescription
            if let look {
                let file = try await examiner.examine(look, into: &record, maker)
                try ServiceName.eachlabs.limits.check(file, for: .eachlabs)
                try options.check(against: file.media.fileType)
                media = file.probed(try await prober.probe(file)).media
            } else {
                media = examiner.described
                record.contentType = media.type?.description
                record.fileType = media.fileType
                try options.check(against: media.fileType)
            }
            record.receipt = try await api.initiate(media, options, over: exchange)
        }
    }
}
