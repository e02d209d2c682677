import ArgumentParser
import HoistCore
import HoistFiles
import HoistUploads
import Synchronization

/// Works through the inputs: one record each on standard output, each failure on standard error.
struct RecordRun {
    let format: RecordFormat
    let console: Console
    let options: BatchOptions
    let output: OutputOptions
    let board = ProgressBoard()
    /// Where files are opened and looked at.
    let files = WorkThread(label: "files")

    init(
        _ console: Console, _ options: BatchOptions, _ output: OutputOptions, of kind: Table.Kind = .files,
        names: [String]
    ) {
        self.init(console, options, output, output.format(for: names, of: kind))
    }

    init(
        _ console: Console, _ options: BatchOptions, _ output: OutputOptions, of kind: Table.Kind = .files,
        files: InputQueue
    ) {
        self.init(console, options, output, output.format(for: files, of: kind))
    }

    private init(_ console: Console, _ options: BatchOptions, _ output: OutputOptions, _ format: RecordFormat) {
        self.format = format
        var console = console
        console.events = options.events
        self.console = console
        self.options = options
        self.output = output
    }

    /// What to do with the inputs.
    struct Work<Input: Sendable, Prepared: Sendable>: Sendable {
        /// Whether the inputs' bytes are sent.
        var isSending = false
        /// Called for one input after another, ahead of those being worked on.
        let prepare: @Sendable (Input) async -> Prepared
        /// The record of what turned out to need no work.
        var known: @Sendable (Prepared) -> Record? = { _ in nil }
        let perform: @Sendable (Input, Prepared) async -> Record
        /// The record of an input that was not begun, for that reason.
        let leave: @Sendable (Input, Failure) -> Record
        /// What the journal calls the input; nil where there is none to keep.
        var journaled: @Sendable (Input) -> InputPath? = { _ in nil }
        /// Which inputs are named again; nil where that does not count.
        var repeats: RepeatBook?
    }

    /// Throws the exit code that the failures, if any, come to.
    ///
    /// - Parameter maker: who sends; nil where nothing is sent.
    func write<Input, Prepared>(
        _ inputs: InputSource<Input>, _ work: Work<Input, Prepared>, by maker: RecordMaker?,
        journal: Journal? = nil
    ) async throws {
        try await Interruption.stopping { stop in
            try await inputs.begin()
            if inputs.total() == InputTotal(isFinal: true), !output.quiet {
                console.say("there are no files, so there is nothing to do")
            }
            let writer = try output.writer(format)
            try writer.start()
            let failed = try options.failedTo.map { (path) throws(Failure) in try FailedList(path) }
            let start = ContinuousClock.now
            let delivery = Delivery(
                writer, console, journal: journal, repeats: work.repeats, failed: failed,
                isOrdered: !options.unordered, giveUp: stop)
            let display = options.display(console, output, isSending: work.isSending, inputs.total)
            let showing = Task { await display.show(board) }
            try await workThrough(inputs, work, by: maker, delivery)
            showing.cancel()
            await showing.value
            let (summary, recap) = try await delivery.finish()
            options.events?.send("done", summary.members)
            if !output.quiet { say(recap, summary, hasJournal: journal != nil) }
            if display.isSummaryWanted(after: .now - start) {
                console.say(summary.text(isSending: work.isSending, leftOut: inputs.leftOut()))
                for pace in maker?.origins.paces ?? [] where pace.isTelling { console.say(pace.text) }
            }
            // It was said at once.
            let code = Record.exitCode(of: summary.failures.union(inputs.trouble().map { [$0.kind] } ?? []))
            if code != 0 { throw ExitCode(code) }
        }
    }

    /// What went wrong, and how to go on: the messages of each have scrolled away.
    private func say(_ recap: FailureRecap, _ summary: RunSummary, hasJournal: Bool) {
        if recap.isTelling {
            console.say("\(summary.missing) of \(summary.total) failed or were not attempted:")
            for line in recap.lines { console.say("  \(line)") }
        }
        if Task.isCancelled {
            console.say("interrupted: \(summary.finished) of \(summary.total) done")
        }
        guard recap.isTelling || Task.isCancelled && summary.missing > 0 else { return }
        if hasJournal {
            console.say("run the same command again: it sends only what is not done (--journal)")
        } else if let list = options.failedTo {
            console.say("their names are in \(list.safeForTerminal), for --files-from")
        } else {
            console.say("with --failed-to FILE their names go into a list for --files-from")
        }
    }

    /// As many as there are descriptors and memory for.
    private func jobs(for inputs: InputTotal, isSending: Bool) -> Int {
        // What is only looked at is looked at one after another.
        let jobs = isSending ? options.mostJobs : options.jobs.number ?? Self.jobsWithoutSending
        let wanted = inputs.isFinal ? min(jobs, max(1, inputs.inputs)) : jobs
        let most = ProcessSetup.mostJobs(upTo: wanted)
        guard wanted > most.count else { return wanted }
        if !output.quiet, options.jobs.number != nil { console.say("only \(most.count) at a time: \(most.reason)") }
        return most.count
    }

    private static let jobsWithoutSending = 8

    private func workThrough<Input, Prepared>(
        _ inputs: InputSource<Input>, _ work: Work<Input, Prepared>, by maker: RecordMaker?, _ delivery: Delivery
    ) async throws(Failure) {
        let jobs = jobs(for: inputs.total(), isSending: maker != nil)
        let isKeyRefused = Atomic(false)
        // Taken out of it: copying all of them for each file is a fortieth of a small one's work (measured).
        let (prepare, known, perform, journaled) = (work.prepare, work.known, work.perform, work.journaled)
        let left = await Batch(jobs: jobs, load: maker?.origins.load).run(
            { await inputs.next().map { ($0, $0.size) } },
            on: files,
            { item in
                let prepared = await prepare(item.input)
                // Where records can no longer be kept, who works on it ends the run.
                guard !delivery.isBroken, let record = known(prepared) else { return prepared }
                delivery.take(record, of: item, journaled: nil)
                return nil
            },
            on: try maker?.transport.executor
        ) { item, prepared in
            let record = await perform(item.input, prepared)
            let isKept = record.isResumed && record.failure == nil
            delivery.take(record, of: item, journaled: isKept ? nil : journaled(item.input))
            // What the service said to one it would say to a million.
            if record.failure?.isAboutKey == true { isKeyRefused.store(true, ordering: .relaxed) }
            let isStopped = isKeyRefused.load(ordering: .relaxed) || options.failFast && record.failure != nil
            return delivery.isBroken || isStopped ? .stop : .goOn
        }
        let reason =
            if Task.isCancelled {
                Failure.notAttempted("interrupted")
            } else if delivery.isBroken {
                Failure.notAttempted("what is done could not be kept")
            } else if isKeyRefused.load(ordering: .relaxed) {
                Failure.notAttempted("the key is missing or was refused", advice: "set the right key and run it again")
            } else {
                Failure.notAttempted("another input failed (--fail-fast)")
            }
        func leave(_ item: BatchItem<Input>) { delivery.take(work.leave(item.input, reason), of: item, journaled: nil) }
        for item in left { leave(item) }
        // Who interrupts does not wait for a list that is still being written.
        if Task.isCancelled { inputs.abandon() }
        while let item = await inputs.next() { leave(item) }
    }
}
