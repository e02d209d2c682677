import ArgumentParser
import HoistCore
import HoistFiles
import HoistUploads
import Synchronization

/// Takes finished records from those who work, who never wait for it, and brings them to the journal and then to standard
/// output: each as soon as all before it are there, or as they come.
actor Delivery {
    private struct Arrival: Sendable {
        let position: Int
        let record: Record
        /// The file as the journal knows it; nil for what is not kept there.
        let journaled: InputPath?
    }

    private let thread = WorkThread(label: "delivery")
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private nonisolated let arrivals = Mutex<[Arrival]>([])
    private let writer: RecordWriter
    private let console: Console
    private let journal: Journal?
    /// Which inputs were named again; nil where that does not count.
    private let repeats: RepeatBook?
    private let isOrdered: Bool
    /// Told that nobody reads the records any more.
    private let giveUp: @Sendable () -> Void
    /// Whether records can no longer be kept or written: nothing more is to be begun.
    private nonisolated let broken = Atomic(false)

    /// What is in the journal, if there is one, and not written yet.
    private var kept: [Arrival] = []
    private var order = RecordOrder<Line>()
    private var summary = RunSummary()
    private var recap = FailureRecap()
    /// Where the names of those go that failed.
    private let failed: FailedList?
    private var last = ContinuousClock.now
    /// What was said of the key: once, and not with each file that was under way.
    private var saidOfKey: String?
    /// What the first records that could not be kept, or written, came to.
    private var journalTrouble: Failure?
    private var outputTrouble: (any Error)?

    init(
        _ writer: sending RecordWriter, _ console: Console, journal: Journal?, repeats: RepeatBook? = nil,
        failed: sending FailedList? = nil, isOrdered: Bool, giveUp: @escaping @Sendable () -> Void
    ) {
        self.writer = writer
        self.console = console
        self.journal = journal
        self.repeats = repeats
        self.failed = failed
        self.isOrdered = isOrdered
        self.giveUp = giveUp
        // For a name that is found when its file is done, no record comes that would bring it along.
        repeats?.listen { [weak self] in if let self { Task { await self.deliverInTime() } } }
    }

    nonisolated var isBroken: Bool { broken.load(ordering: .relaxed) }

    /// A record as it is held until its turn: no more than what is going to be written.
    private struct Line {
        let bytes: [UInt8]
        let complaint: String?
        /// The same for a CI system that shows it beside the file; nil where there is none.
        let annotation: String?
        /// The input, if it failed.
        let failure: FailedInput?
        /// Whether it says that nothing was done.
        let isIdle: Bool
    }

    /// - Parameter journaled: the file that is done with it, for the journal; nil where it is there, or was not begun.
    nonisolated func take<Input>(_ record: Record, of item: BatchItem<Input>, journaled: InputPath?) {
        let arrival = Arrival(position: item.position, record: record, journaled: journaled)
        let isFirst = arrivals.withLock { arrivals in
            arrivals.append(arrival)
            return arrivals.count == 1
        }
        if isFirst { Task { await deliverInTime() } }
    }

    /// Many small files finish in a moment: waking up for each of them would cost more than its line, and a disk can
    /// take only so many syncs a second.
    private func deliverInTime() async {
        let wait = last + (journal == nil ? Self.pace : Self.syncPace) - .now
        if wait > .zero { try? await Task.sleep(for: wait) }
        deliver()
    }

    private static let pace = Duration.milliseconds(10)
    private static let syncPace = Duration.milliseconds(50)

    private func deliver() {
        collect()
        let arrived = kept
        kept.removeAll(keepingCapacity: true)
        var ready: [Line] = []
        for arrival in arrived {
            ready += lines(for: arrival.record, at: arrival.position)
            for other in repeats?.finish(arrival.record, at: arrival.position) ?? [] {
                ready += lines(for: arrival.record.repeated(as: other.name), at: other.position)
            }
        }
        for (record, other) in repeats?.takeLate() ?? [] {
            ready += lines(for: record.repeated(as: other.name), at: other.position)
        }
        write(ready)
        last = .now
    }

    /// Takes what has arrived, and brings it to the journal.
    private func collect() {
        let arrived = arrivals.withLock { arrivals in
            defer { arrivals.removeAll(keepingCapacity: true) }
            return arrivals
        }
        keep(arrived)
        kept += arrived
    }

    private func keep(_ arrived: [Arrival]) {
        guard let journal, journalTrouble == nil else { return }
        let records = arrived.compactMap { arrival in arrival.journaled.map { (path: $0, record: arrival.record) } }
        do throws(Failure) { try journal.append(records) } catch {
            journalTrouble = error
            console.report(error, about: nil)
            broken.store(true, ordering: .relaxed)
        }
    }

    /// The lines whose turn it is with this record.
    private func lines(for record: Record, at position: Int) -> [Line] {
        summary.count(record)
        let isIdle = record.failure?.isNotAttempted == true
        let complaint = complaint(of: record)
        // Copied: what was put together bit by bit has room to spare, and many may have to wait for one.
        let line = Line(
            bytes: writer.line(for: record).withUnsafeBytes(Array.init), complaint: isIdle ? nil : complaint,
            annotation: isIdle || complaint == nil ? nil : console.annotation(of: record),
            failure: FailedInput(record), isIdle: isIdle)
        return isOrdered ? order.add(line, at: position) : [line]
    }

    /// Nil where it has been said.
    private func complaint(of record: Record) -> String? {
        guard let failure = record.failure else { return nil }
        guard failure.isAboutKey else { return Console.complaint(of: failure, about: record.subject.name) }
        guard saidOfKey != failure.message else { return nil }
        saidOfKey = failure.message
        return Console.complaint(of: failure, about: nil)
    }

    private func write(_ lines: [Line]) {
        guard !lines.isEmpty else { return }
        for failure in lines.compactMap(\.failure) {
            recap.count(failure)
            failed?.add(failure)
        }
        var written = 0
        if outputTrouble == nil {
            do throws(RecordWriter.Trouble) {
                try console.screen.cleared { () throws(RecordWriter.Trouble) in
                    // Who takes his time reading (`| less`) keeps nothing from the journal.
                    written = try writer.write(lines.map(\.bytes), meanwhile: journal.map { _ in collect })
                }
            } catch {
                written = error.written
                give(up: error)
            }
        }
        // Where the reader of a pipe has gone, nobody wants to know.
        if outputTrouble is ExitCode { return }
        if outputTrouble != nil {
            // No other copy of them may exist.
            for line in lines[written...] where !line.isIdle {
                console.trace(String(decoding: line.bytes, as: UTF8.self))
            }
        }
        for complaint in lines.compactMap(\.complaint) { console.trace(complaint) }
        for annotation in lines.compactMap(\.annotation) { console.annotate(annotation) }
    }

    private func give(up trouble: RecordWriter.Trouble) {
        broken.store(true, ordering: .relaxed)
        guard let failure = trouble.failure else {
            outputTrouble = ExitCode(FailureClass.localIO.rawValue)
            return giveUp()
        }
        outputTrouble = failure
        console.say(
            "\(trouble.isUnread ? "nobody reads standard output" : "standard output cannot be written any more"); the records that are missing there follow"
        )
    }

    /// Writes what is left, and returns what it all came to. Throws what could not be kept or written.
    func finish() throws -> (summary: RunSummary, recap: FailureRecap) {
        deliver()
        try keepFailed()
        // It was said at once.
        if let journalTrouble { throw ExitCode(journalTrouble.kind.rawValue) }
        if let outputTrouble { throw outputTrouble }
        try writer.finish()
        if let failure = writer.missingField {
            // What failed counts more than what was not printed of the rest.
            guard !summary.failures.isEmpty else { throw failure }
            console.report(failure, about: nil)
        }
        return (summary, recap)
    }

    private func keepFailed() throws {
        guard let failed else { return }
        try failed.keep()
        if failed.leftOut > 0 {
            console.remark("warning: \(failed.leftOut) names are not in \(failed.name): no line can hold them")
        }
    }
}
