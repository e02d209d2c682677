import Glibc
import HoistFiles
import HoistUploads

/// Shows how far a run has got, until it is told to stop.
struct ProgressDisplay {
    enum Form {
        case bar
        case plain
        case none
    }

    private let form: Form
    private let isAskedFor: Bool
    private let isSending: Bool
    /// How long a run goes on before anything is said about it.
    private let patience: Duration
    private let screen: Screen
    /// How many inputs there are, as far as that is known.
    private let total: @Sendable () -> InputTotal

    init(
        _ form: Form, isAskedFor: Bool, isSending: Bool, _ screen: Screen, _ total: @escaping @Sendable () -> InputTotal
    ) {
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
        form != .none && (isWanted || duration >= Self.interval)
    }

    /// Returns when its task is cancelled, with nothing left on the screen.
    func show(_ board: ProgressBoard) async {
        guard form != .none else { return }
        let text = ProgressText()
        if patience > .zero { try? await Task.sleep(for: patience) }
        if form == .bar { await drawBar(board, text) } else { await writeLines(board, text) }
    }

    /// Seconds between lines of which nothing else gives cause.
    private static let interval = Duration.seconds(10)
    private static let redraw = Duration.milliseconds(100)

    private func drawBar(_ board: ProgressBoard, _ text: ProgressText) async {
        var text = text
        let colour = processEnvironment["NO_COLOR", default: ""].isEmpty
        while !Task.isCancelled {
            let (columns, rows) = Self.size
            text.expect(expected)
            screen.draw(text.lines(for: board.snapshot, columns: columns, rows: rows, colour: colour))
            try? await Task.sleep(for: Self.redraw)
        }
        screen.clear()
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

    private static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
