import HoistKit
import Synchronization

/// Takes finished records from those who work, who never wait for it, and brings them to standard output: each as soon
/// as all before it are there, or as they come.
actor Delivery {
    private struct Arrival: Sendable {
        let position: Int
        let record: Record
    }

    private let thread = WorkThread(label: "delivery")
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private nonisolated let arrivals = Mutex<[Arrival]>([])
    private let writer: RecordWriter
    private let console: Console
    private let isOrdered: Bool
    /// Told once that nothing more can be written.
    private let giveUp: @Sendable () -> Void

    private var order = RecordOrder<Line>()
    private var last = ContinuousClock.now
    private var failures = Set<FailureClass>()
    /// What the first record that could not be written came to.
    private var trouble: (any Error)?

    init(_ writer: sending RecordWriter, _ console: Console, isOrdered: Bool, giveUp: @escaping @Sendable () -> Void) {
        self.writer = writer
        self.console = console
        self.isOrdered = isOrdered
        self.giveUp = giveUp
    }

    /// A record as it is held until its turn: no more than what is going to be written.
    private struct Line {
        let text: String
        let complaint: (failure: Failure, about: String)?
    }

    nonisolated func take(_ record: Record, at position: Int) {
        let isFirst = arrivals.withLock { arrivals in
            arrivals.append(Arrival(position: position, record: record))
            return arrivals.count == 1
        }
        if isFirst { Task { await deliverInTime() } }
    }

    /// Many small files finish in a moment: waking up for each of them would cost more than its line.
    private func deliverInTime() async {
        let wait = last + Self.pace - .now
        if wait > .zero { try? await Task.sleep(for: wait) }
        deliver()
    }

    private static let pace = Duration.milliseconds(1)

    private func deliver() {
        let arrived = arrivals.withLock { arrivals in
            defer { arrivals.removeAll(keepingCapacity: true) }
            return arrivals
        }
        var ready: [Line] = []
        for arrival in arrived {
            let record = arrival.record
            if let failure = record.failure { failures.insert(failure.kind) }
            let line = Line(text: writer.line(for: record), complaint: record.failure.map { ($0, record.subject.name) })
            ready += isOrdered ? order.add(line, at: arrival.position) : [line]
        }
        write(ready)
        last = .now
    }

    private func write(_ lines: [Line]) {
        guard trouble == nil, !lines.isEmpty else { return }
        do {
            try writer.write(lines.map(\.text))
            for complaint in lines.compactMap(\.complaint) { console.report(complaint.failure, about: complaint.about) }
        } catch {
            trouble = error
            giveUp()
        }
    }

    /// Writes what is left. Throws what could not be written, or the exit code that the failures come to.
    func finish() throws {
        deliver()
        if let trouble { throw trouble }
        try writer.finish(failures)
    }
}
