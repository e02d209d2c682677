import Glibc
import HoistCore
import Synchronization

/// Standard error: whole lines of several threads, and below them the lines of the progress, which are drawn again and
/// again in the same place.
final class Screen: Sendable {
    private struct State {
        /// The columns of the lines that are drawn where the next text goes.
        var drawn: [Int] = []
        /// Whether a signal has come, and nobody read.
        var isUnread = false

        /// One write a line, so that lines do not mix. Nothing can be done where this fails.
        mutating func write(_ text: String) {
            guard !isUnread else { return }
            let error = Array(text.utf8).withUnsafeBytes { Outlet.write($0, to: STDERR_FILENO).error }
            isUnread = error == Outlet.unread
        }

        /// Goes up to the first of the lines, and takes away all from there (ECMA-48: CUU, ED).
        var erasing: String {
            guard !drawn.isEmpty else { return "" }
            let rows = Screen.rows(of: drawn, columns: Screen.size.columns)
            return "\r" + (rows > 1 ? "\u{1B}[\(rows - 1)A" : "") + "\u{1B}[J"
        }
    }

    private let state = Mutex(State())
    /// Whether records may go to the same terminal.
    private let sharesTerminal = isatty(STDOUT_FILENO) == 1

    func write(line: String) {
        state.withLock { state in
            state.write(state.erasing + line + "\n")
            state.drawn = []
        }
    }

    /// Draws these lines in the place of the last ones.
    func draw(_ lines: [String]) {
        state.withLock { state in
            state.write(state.erasing + lines.joined(separator: "\n"))
            state.drawn = lines.map { TerminalText.width(of: $0.withoutColours) }
        }
    }

    /// How many rows lines take: a terminal that has become narrower shows a line on several.
    static func rows(of widths: [Int], columns: Int) -> Int {
        let columns = max(1, columns)
        return widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
    }

    /// Of the terminal that standard error is.
    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Takes away what is drawn.
    func clear() { state.withLock { Self.clear(&$0) } }

    private static func clear(_ state: inout State) {
        if !state.drawn.isEmpty { state.write(state.erasing) }
        state.drawn = []
    }

    /// Calls `body`, which writes records: on the same terminal while nothing is drawn there. Elsewhere nobody who has
    /// something to say waits until they are read.
    func cleared<Result, Trouble>(_ body: () throws(Trouble) -> Result) throws(Trouble) -> Result {
        guard sharesTerminal else { return try body() }
        return try state.withLock { (state) throws(Trouble) in
            Self.clear(&state)
            return try body()
        }
    }
}

extension String {
    /// The text without what sets its rendition (ECMA-48, SGR).
    fileprivate var withoutColours: String { replacing(/\u{1B}\[[0-9;]*m/, with: "") }
}
