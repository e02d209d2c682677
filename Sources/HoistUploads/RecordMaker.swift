import HoistCore
import HoistTransport

/// Does the work of one input and makes exactly one record of it, whatever happens.
package struct RecordMaker: Sendable {
    package let transport: Transport
    package let origins: Origins
    private let integrity: Integrity
    private let board: ProgressBoard
    let notices: NoticeSink

    package init(
        transport: Transport, origins: Origins, integrity: Integrity = Integrity(), board: ProgressBoard,
        notices: @escaping NoticeSink
    ) {
        self.transport = transport
        self.origins = origins
        self.integrity = integrity
        self.board = board
        self.notices = notices
    }

    /// - Parameter work: fills in the record as it learns; what it throws becomes the record's failure.
    func complete(
        _ record: Record, _ work: (inout Record, Exchange) async throws(Failure) -> Void
    ) async -> Record {
        var record = record
        let progress = board.begin(record.subject.name)
        let exchange = Exchange(
            about: progress, known: record.receipt, transport: transport, origins: origins, integrity: integrity,
            notices: notices)
        let start = ContinuousClock.now
        record.started = Timestamp.now.text
        do throws(Failure) {
            if Task.isCancelled { throw .interrupted }
            try await work(&record, exchange)
        } catch {
            record.failure = error
        }
        record.receipt = exchange.receipt
        record.attempts = exchange.attempts
        record.proof = exchange.proof
        record.warnings += exchange.warnings
        record.elapsed = ContinuousClock.now - start
        board.end(progress, record)
        return record
    }

    /// Says a warning at once, and keeps it in the record.
    func warn(_ text: String, in record: inout Record) {
        record.warnings.append(text)
        notices(.warning(file: record.subject.name, text))
    }
}
