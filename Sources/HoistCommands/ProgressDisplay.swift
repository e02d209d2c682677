import Glibc
import HoistCore
import HoistFiles
import HoistUploads

/// Shows how far a run has got, until it is told to stop.
struct ProgressDisplay {
    enum Form {
        case bar
        case plain
        case events
        case none
    }

    private let form: Form
    private let isAskedFor: Bool
    private let isSending: Bool
    private let hasColour: Bool
    /// How long a run goes on before anything is said about it.
    private let patience: Duration
    private let screen: Screen
    /// For programs; nil where none are wanted.
    private let events: EventStream?
    /// How many inputs there are, as far as that is known.
    private let total: @Sendable () -> InputTotal

    init(
        _ form: Form, isAskedFor: Bool, isSending: Bool, hasColour: Bool, _ screen: Screen, events: EventStream?,
        _ total: @escaping @Sendable () -> InputTotal
    ) {
        self.hasColour = hasColour
        self.events = events
        self.form = form
        self.isAskedFor = isAskedFor
        self.isSending = isSending
        // What is done sooner needs no bar, and no line but its summary.
        patience = isAskedFor ? .zero : form == .bar ? .milliseconds(500) : .seconds(1)
        self.screen = screen
        self.total = total
    }

    /// Whether a summary, and a line at each quarter, are wanted however short the run is.
    private var isWanted: Bool { isAskedFor || isSending && total().inputs > 1 }

    /// Whether the run is worth a line at its end.
    func isSummaryWanted(after duration: Duration) -> Bool {
        form != .none && form != .events && (isWanted || duration >= Self.interval)
    }

    /// Returns when its task is cancelled, with nothing left on the screen.
    func show(_ board: ProgressBoard) async {
        guard form != .none else { return }
        if let events { return await sendEvents(events, board) }
        let text = ProgressText()
        if patience > .zero { try? await Task.sleep(for: patience) }
        if form == .bar { await drawBar(board, text) } else { await writeLines(board, text) }
    }

    /// Seconds between lines of which nothing else gives cause.
    private static let interval = Duration.seconds(10)
    private static let redraw = Duration.milliseconds(100)

    private func drawBar(_ board: ProgressBoard, _ text: ProgressText) async {
        var text = text
        while !Task.isCancelled {
            let (columns, rows) = Screen.size
            text.expect(expected)
            screen.draw(text.lines(for: board.snapshot, columns: columns, rows: rows, colour: hasColour))
            try? await Task.sleep(for: Self.redraw)
        }
        screen.clear()
    }

    /// At most ten a second, and none where nothing has changed.
    private func sendEvents(_ events: EventStream, _ board: ProgressBoard) async {
        let start = total()
        events.send(
            "started",
            [
                .init("inputs", start.isFinal ? .number(start.inputs) : .null),
                .init("bytes", start.isFinal ? .number(start.bytes) : .null),
            ])
        var last = ""
        while !Task.isCancelled {
            try? await Task.sleep(for: Self.redraw)
            let (snapshot, total) = (board.snapshot, total())
            let members: [JSONValue.Member] = [
                .init("finished", .number(snapshot.finished)), .init("inputs", .number(total.inputs)),
                .init("all_known", .bool(total.isFinal)), .init("bytes_sent", .number(snapshot.movedBytes)),
                .init("bytes", .number(total.bytes)), .init("under_way", .number(snapshot.running.count)),
            ]
            let text = JSONValue.object(members).description
            guard text != last, !Task.isCancelled else { continue }
            last = text
            events.send("progress", members)
        }
    }

    private func writeLines(_ board: ProgressBoard, _ text: ProgressText) async {
        var text = text
        var quarters = 0
        var last = ContinuousClock.now
        while !Task.isCancelled {
            let snapshot = board.snapshot
            text.expect(expected)
            let reached = Int(text.fraction(of: snapshot) * 4)
            let isQuarter = reached > quarters && isWanted
            if isQuarter || .now - last >= Self.interval {
                screen.write(line: "hoist: \(text.line(for: snapshot))")
                quarters = max(reached, quarters)
                last = .now
            }
            try? await Task.sleep(for: Self.redraw)
        }
    }

    /// Bytes that are not sent are no measure of how far it has got.
    private var expected: InputTotal {
        var total = total()
        if !isSending { total.bytes = 0 }
        return total
    }
}
