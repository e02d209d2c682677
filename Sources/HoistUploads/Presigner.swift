import HoistCore
import HoistFiles
import HoistMedia
import HoistServices
import HoistTransport

/// Gets a presigned URL for a file that is put later, perhaps by another machine.
package struct Presigner: Sendable {
    private let service: Service
    private let examiner: MediaExaminer
    private let prober: Prober
    private let maker: RecordMaker

    package init(service: Service, examiner: MediaExaminer, prober: Prober, maker: RecordMaker) {
        self.service = service
        self.examiner = examiner
        self.prober = prober
        self.maker = maker
    }

    /// The record before anything was done.
    package func record(of path: InputPath?, failure: Failure? = nil) -> Record {
        var record = Record(.none, service: service.name, failure: failure)
        if let path { record = Record(of: path, service: service.name, failure: failure) }
        record.names = service.names
        return record
    }

    /// - Parameter path: nil for a file that is not here.
    package func presign(_ path: InputPath?, _ look: MediaExaminer.Look?) async -> Record {
        await maker.complete(record(of: path)) { record, exchange throws(Failure) in
            guard let look else {
                let media = examiner.described
                record.contentType = media.type?.description
                record.fileType = media.fileType
                return try await service.presign(media, of: nil, over: exchange)
            }
            var file = try await examiner.examine(look, into: &record, maker)
            try service.check(file, exchange)
            try examiner.requireNoWarning(record, exchange)
            if service.wantsProbe {
                file = file.probed(try await prober.probe(file))
                record.probe = file.media.probe
            }
            try await service.presign(file.media, of: file.input, over: exchange)
        }
    }
}
