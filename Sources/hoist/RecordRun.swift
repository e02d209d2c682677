import HoistKit

/// Works through the inputs in their order: one record each on standard output, each failure on standard error.
enum RecordRun {
    static func write<Input: Sendable>(
        _ inputs: [Input], as format: RecordFormat, _ console: Console,
        _ work: sending @escaping (Input) async -> Record
    ) async throws {
        try await Interruption.stopping {
            let writer = RecordWriter(format)
            try writer.start()
            var failures = Set<FailureClass>()
            for input in inputs {
                let record = await work(input)
                try writer.write(record)
                if let failure = record.failure {
                    console.report(failure, about: record.subject.name)
                    failures.insert(failure.kind)
                }
            }
            try writer.finish(failures)
        }
    }
}
