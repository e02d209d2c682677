import HoistFiles
import HoistTransport

/// Works through inputs, several at a time. It stands where it is called, with all that is generic in it: the compiler makes
/// one for each kind of input then, and looking the kinds up took a fifth of a small file's work (measured).
struct Batch: Sendable {
    private let jobs: Int
    private let load: Load?

    /// - Parameters:
    ///   - jobs: how many inputs are under way at most.
    ///   - load: what the servers have to do, which may allow fewer; nil where nothing is sent.
    init(jobs: Int, load: Load? = nil) {
        self.jobs = jobs
        self.load = load
    }

    enum Outcome: Sendable {
        case goOn
        /// Nothing more is begun; what is under way is finished.
        case stop
    }

    /// Works on the inputs until all are done, one of them stops the rest, or the task is cancelled. Those that were begun
    /// have been worked on, each to its end. Returns those that were asked for and not begun, in their order: whatever
    /// `next` still has comes after them.
    ///
    /// - Parameters:
    ///   - next: the next input, and the bytes of its file as far as they are known; nil after the last one. It may wait,
    ///     but not hold up its thread.
    ///   - prepare: is called for one after another, ahead of those being worked on. Nil where that was all there is to do:
    ///     handing an input over costs more than a record that is known.
    ///   - work: is called for as many as there are jobs.
    func run<Input: Sendable, Prepared: Sendable>(
        _ next: @escaping @Sendable () async -> (input: Input, size: Int64)?,
        on files: WorkThread, _ prepare: @escaping @Sendable (Input) async -> Prepared?,
        on sender: (any TaskExecutor)?, _ work: @escaping @Sendable (Input, Prepared) async -> Outcome
    ) async -> [Input] {
        // Who prepares and who works wake each other up once in some rounds of the jobs: that costs more than a small file.
        let intake = Intake<Input, Prepared>(capacity: min(4 * jobs, 128), isMixed: jobs > 1, load: load)
        await withTaskCancellationHandler {
            await run(next, on: files, prepare, on: sender, work, through: intake)
        } onCancel: {
            // Nobody must go on to wait for anything.
            intake.close()
        }
        return intake.left
    }

    private func run<Input: Sendable, Prepared: Sendable>(
        _ next: @escaping @Sendable () async -> (input: Input, size: Int64)?,
        on files: WorkThread, _ prepare: @escaping @Sendable (Input) async -> Prepared?,
        on sender: (any TaskExecutor)?, _ work: @escaping @Sendable (Input, Prepared) async -> Outcome,
        through intake: Intake<Input, Prepared>
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: files) {
                while !Task.isCancelled, let (input, size) = await next() {
                    guard await intake.list(input, size: size) else { return }
                }
                intake.allAreListed()
            }
            group.addTask(executorPreference: files) {
                while !Task.isCancelled, let listed = await intake.nextToPrepare() {
                    intake.isPrepared(listed, await prepare(listed.input))
                }
            }
            // As many loops as jobs, and not a task an input: that costs less, and has no middleman that could fall behind.
            for _ in 0..<jobs {
                group.addTask(executorPreference: sender) {
                    while !Task.isCancelled, let element = await intake.take() {
                        let outcome = await work(element.input, element.prepared)
                        intake.isDone(element)
                        if outcome == .stop { intake.close() }
                    }
                }
            }
        }
    }
}
