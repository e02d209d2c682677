import HoistCore
import HoistFiles
import HoistMedia
import HoistServices

/// Takes a file through all its stations to a service.
package struct Uploader: Sendable {
    private let service: any UploadService
    private let examiner: MediaExaminer
    private let prober: Prober
    private let maker: RecordMaker

    package init(service: any UploadService, examiner: MediaExaminer, prober: Prober, maker: RecordMaker) {
        self.service = service
        self.examiner = examiner
        self.prober = prober
        self.maker = maker
    }

    package func upload(_ path: InputPath, _ look: MediaExaminer.Look) async -> Record {
        await maker.complete(Record(of: path, service: service.name)) { record, exchange throws(Failure) in
            var file = try await examiner.examine(look, into: &record, maker)
            try service.check(file)
            if service.wantsProbe { file = file.probed(try await prober.probe(file)) }
            record.receipt = try await service.upload(file, over: exchange)
        }
    }

    /// Nil where there is nothing to wait for: the record of an earlier run says all.
    package func finish(_ record: Record) async -> Record? {
        guard service.isUnfinished(record.receipt) else { return nil }
        return await maker.complete(record) { record, exchange throws(Failure) in
            record.receipt = try await service.finish(record.receipt, over: exchange)
        }
    }
}
