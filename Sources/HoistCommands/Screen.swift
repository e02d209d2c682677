import Glibc
import Synchronization

/// Standard error: whole lines of several threads, and below them the lines of the progress, which are drawn again and
/// again in the same place.
final class Screen: Sendable {
    private struct State {
        /// How many lines are drawn where the next text goes.
        var drawn = 0
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
            guard drawn > 0 else { return "" }
            return "\r" + (drawn > 1 ? "\u{1B}[\(drawn - 1)A" : "") + "\u{1B}[J"
        }
    }

    private let state = Mutex(State())
    /// Whether records may go to the same terminal.
    private let sharesTerminal = isatty(STDOUT_FILENO) == 1

    func write(line: String) {
        state.withLock { state in
            state.write(state.erasing + line + "\n")
            state.drawn = 0
        }
    }

    /// Draws these lines in the place of the last ones.
    func draw(_ lines: [String]) {
        state.withLock { state in
            state.write(state.erasing + lines.joined(separator: "\n"))
            state.drawn = lines.count
        }
    }

    /// Takes away what is drawn.
    func clear() { state.withLock { Self.clear(&$0) } }

    private static func clear(_ state: inout State) {
        if state.drawn > 0 { state.write(state.erasing) }
        state.drawn = 0
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
