import HoistKit
import Synchronization

/// Takes finished records from those who work, who never wait for it, and brings them to the journal and then to standard
/// output: each as soon as all before it are there, or as they come.
actor Delivery {
    private struct Arrival: Sendable {
        let position: Int
        let record: Record
        let repeats: [BatchRepeat]
        /// The file as the journal knows it; nil for what is not kept there.
        let journaled: InputPath?
    }

    private let thread = WorkThread(label: "delivery")
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private nonisolated let arrivals = Mutex<[Arrival]>([])
    private let writer: RecordWriter
    private let console: Console
    private let journal: Journal?
    private let isOrdered: Bool
    /// Told that nobody reads the records any more.
    private let giveUp: @Sendable () -> Void
    /// Whether records can no longer be kept or written: nothing more is to be begun.
    private nonisolated let broken = Atomic(false)

    private var order = RecordOrder<Line>()
    private var summary = RunSummary()
    private var last = ContinuousClock.now
    /// What the first records that could not be kept, or written, came to.
    private var journalTrouble: Failure?
    private var outputTrouble: (any Error)?

    init(
        _ writer: sending RecordWriter, _ console: Console, journal: Journal?, isOrdered: Bool,
        giveUp: @escaping @Sendable () -> Void
    ) {
        self.writer = writer
        self.console = console
        self.journal = journal
        self.isOrdered = isOrdered
        self.giveUp = giveUp
    }

    nonisolated var isBroken: Bool { broken.load(ordering: .relaxed) }

    /// A record as it is held until its turn: no more than what is going to be written.
    private struct Line {
        let text: String
        let complaint: (failure: Failure, about: String)?
    }

    /// - Parameter journaled: the file that is done with it, for the journal; nil where it is there, or was not begun.
    nonisolated func take<Input>(_ record: Record, of item: BatchItem<Input>, journaled: InputPath?) {
        let arrival = Arrival(
            position: item.position, record: record, repeats: item.repeats, journaled: journaled)
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

    private static let pace = Duration.milliseconds(1)
    private static let syncPace = Duration.milliseconds(50)

    private func deliver() {
        let arrived = arrivals.withLock { arrivals in
            defer { arrivals.removeAll(keepingCapacity: true) }
            return arrivals
        }
        keep(arrived)
        var ready: [Line] = []
        for arrival in arrived {
            ready += lines(for: arrival.record, at: arrival.position)
            for other in arrival.repeats {
                ready += lines(for: arrival.record.repeated(as: other.name), at: other.position)
            }
        }
        write(ready)
        last = .now
    }

    private func keep(_ arrived: [Arrival]) {
        guard let journal, journalTrouble == nil else { return }
        let records = arrived.compactMap { arrival in arrival.journaled.map { (path: $0, record: arrival.record) } }
        do throws(Failure) { try journal.append(records) } catch {
            journalTrouble = error
            broken.store(true, ordering: .relaxed)
        }
    }

    /// The lines whose turn it is with this record.
    private func lines(for record: Record, at position: Int) -> [Line] {
        summary.count(record)
        let complaint = record.failure.flatMap { $0.isNotAttempted ? nil : (failure: $0, about: record.subject.name) }
        let line = Line(text: writer.line(for: record), complaint: complaint)
        return isOrdered ? order.add(line, at: position) : [line]
    }

    private func write(_ lines: [Line]) {
        guard !lines.isEmpty else { return }
        if let outputTrouble {
            // No other copy of them may exist; but where the reader has gone, nobody wants them.
            if outputTrouble is Failure { for line in lines { console.trace(line.text) } }
            return
        }
        do {
            try console.screen.cleared { try writer.write(lines.map(\.text)) }
        } catch {
            outputTrouble = error
            broken.store(true, ordering: .relaxed)
            if !(error is Failure) { giveUp() }
        }
        for complaint in lines.compactMap(\.complaint) { console.report(complaint.failure, about: complaint.about) }
    }

    /// Writes what is left, and returns what it all came to. Throws what could not be kept or written.
    func finish() throws -> RunSummary {
        deliver()
        if let journalTrouble { throw journalTrouble }
        if let outputTrouble { throw outputTrouble }
        try writer.requireField(summary.failures)
        return summary
    }
}
