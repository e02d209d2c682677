import HoistCore
import HoistFiles
import HoistMedia
import HoistServices

/// Takes a file through all its stations to a service.
package struct Uploader: Sendable {
    private let service: Service
    /// How to wait until the service has processed the file; nil does not wait.
    private let wait: StatusWait?
    private let examiner: MediaExaminer
    private let prober: Prober
    private let maker: RecordMaker

    package init(
        service: Service, wait: StatusWait?, examiner: MediaExaminer, prober: Prober, maker: RecordMaker
    ) {
        self.service = service
        self.wait = wait
        self.examiner = examiner
        self.prober = prober
        self.maker = maker
    }

    /// The record before anything was done.
    package func record(of path: InputPath, failure: Failure? = nil) -> Record {
        var record = Record(of: path, service: service.name, failure: failure)
        record.names = service.names
        return record
    }

    /// A record of an earlier run, which does not say what its fields are.
    package func known(_ record: Record) -> Record {
        var record = record
        record.names = service.names
        return record
    }

    package func upload(_ path: InputPath, _ look: MediaExaminer.Look) async -> Record {
        await maker.complete(record(of: path)) { record, exchange throws(Failure) in
            var file = try await examiner.examine(look, into: &record, maker)
            try service.check(file, exchange)
            try examiner.requireNoWarning(record, exchange)
            if service.wantsProbe {
                file = file.probed(try await prober.probe(file))
                record.probe = file.media.probe
            }
            try await service.upload(file, wait: wait, over: exchange)
        }
    }

    /// Whether the record of an earlier run does not say all that is wanted.
    package func isWaited(for record: Record) -> Bool { wait != nil && service.isUnfinished(record.receipt) }

    /// The record of an earlier run, with what has become of the upload.
    package func finish(_ record: Record) async -> Record {
        guard isWaited(for: record) else { return record }
        return await maker.complete(record) { record, exchange throws(Failure) in
            try await service.finish(record.receipt, wait: wait, over: exchange)
        }
    }
}
