import HoistKit

/// Works through the inputs: one record each on standard output, each failure on standard error.
struct RecordRun {
    let format: RecordFormat
    let console: Console
    let options: BatchOptions
    let board = ProgressBoard()
    /// Where files are opened and looked at.
    let files = WorkThread(label: "files")

    init(_ format: RecordFormat, _ console: Console, _ options: BatchOptions) {
        self.format = format
        self.console = console
        self.options = options
    }

    /// - Parameter unbegun: the record, still without its failure, of an input that was not begun.
    func write<Input: Sendable, Prepared: Sendable>(
        _ items: [BatchItem<Input>], _ prepare: @escaping @Sendable (Input) async -> Prepared,
        on sender: (any TaskExecutor)?, _ work: @escaping @Sendable (Input, Prepared) async -> Record,
        unbegun: @escaping @Sendable (Input) -> Record
    ) async throws {
        try await Interruption.stopping { stop in
            let writer = RecordWriter(format)
            try writer.start()
            let delivery = Delivery(writer, console, isOrdered: !options.unordered, giveUp: stop)
            let begun = await options.batch.run(
                items, on: files, { await prepare($0.input) },
                on: sender
            ) { item, prepared in
                let record = await work(item.input, prepared)
                delivery.take(record, of: item)
                return record.failure == nil ? .done : .failed
            }
            let reason = Task.isCancelled ? "interrupted" : "another input failed (--fail-fast)"
            for item in items[begun...] {
                var record = unbegun(item.input)
                record.failure = .notAttempted(reason)
                delivery.take(record, of: item)
            }
            try await delivery.finish()
        }
    }
}

extension Delivery {
    nonisolated fileprivate func take<Input>(_ record: Record, of item: BatchItem<Input>) {
        take(record, at: item.position)
        for other in item.repeats { take(record.repeated(as: other.name), at: other.position) }
    }
}
