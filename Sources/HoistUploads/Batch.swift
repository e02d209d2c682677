import HoistFiles
import Synchronization

/// Works through inputs in their order, several at a time.
package struct Batch: Sendable {
    private let jobs: Int

    /// - Parameter jobs: how many inputs are under way at most.
    package init(jobs: Int) {
        self.jobs = jobs
    }

    package enum Outcome: Sendable {
        case goOn
        /// Nothing more is begun; what is under way is finished.
        case stop
    }

    /// Works on the inputs until all are done, one of them stops the rest, or the task is cancelled. Those that were begun
    /// have been worked on, each to its end. Returns those that were asked for and not begun, in their order: whatever
    /// `next` still has comes after them.
    ///
    /// - Parameters:
    ///   - next: the next input, on the files thread; nil after the last one.
    ///   - prepare: is called for one after another, ahead of those being worked on.
    ///   - work: is called for as many as there are jobs.
    package func run<Input: Sendable, Prepared: Sendable>(
        _ next: @escaping @Sendable () async -> Input?,
        on files: WorkThread, _ prepare: @escaping @Sendable (Input) async -> Prepared,
        on sender: (any TaskExecutor)?, _ work: @escaping @Sendable (Input, Prepared) async -> Outcome
    ) async -> [Input] {
        // Who prepares and who works wake each other up once in two rounds of the jobs: that costs more than a small file.
        let left = Left<Input>()
        let ahead = Lookahead<(Input, Prepared)>(capacity: jobs * 4) { element in left.add(element.0) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: files) {
                while !Task.isCancelled, let input = await next() {
                    guard await ahead.put((input, prepare(input))) else { return }
                }
                ahead.finish()
            }
            // As many loops as jobs, and not a task an input: that costs less, and has no middleman that could fall behind.
            for _ in 0..<jobs {
                group.addTask(executorPreference: sender) {
                    while !Task.isCancelled, let (input, prepared) = await ahead.take() {
                        if await work(input, prepared) == .stop { ahead.close() }
                    }
                    // Where the task was cancelled, whoever prepares must not wait for room.
                    if Task.isCancelled { ahead.close() }
                }
            }
        }
        return left.inputs.withLock(\.self)
    }

    /// Inputs that are not begun.
    private final class Left<Input: Sendable>: Sendable {
        let inputs = Mutex<[Input]>([])

        func add(_ input: Input) { inputs.withLock { $0.append(input) } }
    }
}
