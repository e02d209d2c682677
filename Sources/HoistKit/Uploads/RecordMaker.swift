/// Does the work of one input and makes exactly one record of it, whatever happens.
package struct RecordMaker: Sendable {
    private let transport: Transport
    private let policy: RetryPolicy
    let notices: NoticeSink

    package init(transport: Transport, policy: RetryPolicy, notices: @escaping NoticeSink) {
        self.transport = transport
        self.policy = policy
        self.notices = notices
    }

    /// - Parameter work: fills in the record as it learns; what it throws becomes the record's failure.
    func complete(
        _ record: Record, _ work: (inout Record, Exchange) async throws(Failure) -> Void
    ) async -> Record {
        var record = record
        let exchange = Exchange(about: record.subject.name, transport: transport, policy: policy, notices: notices)
        let start = ContinuousClock.now
        do throws(Failure) {
            if Task.isCancelled { throw .interrupted }
            try await work(&record, exchange)
        } catch {
            record.receipt = record.receipt.updated(by: error.receipt)
            record.failure = error
        }
        record.attempts = exchange.attempts
        record.elapsed = ContinuousClock.now - start
        return record
    }

    /// Says a warning at once, and keeps it in the record.
    func warn(_ text: String, in record: inout Record) {
        record.warnings.append(text)
        notices(.warning(file: record.subject.name, text))
    }
}
