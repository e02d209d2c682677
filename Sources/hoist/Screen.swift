import Glibc
import Synchronization

/// Standard error: whole lines of several threads, and below them the lines of the progress, which are drawn again and
/// again in the same place.
final class Screen: Sendable {
    /// How many lines are drawn where the next text goes.
    private let drawn = Mutex(0)

    /// One write a line, so that lines do not mix. Nothing can be done where this fails.
    func write(line: String) {
        drawn.withLock { drawn in
            Self.write(Self.erasing(drawn) + line + "\n")
            drawn = 0
        }
    }

    /// Draws these lines in the place of the last ones.
    func draw(_ lines: [String]) {
        drawn.withLock { drawn in
            Self.write(Self.erasing(drawn) + lines.joined(separator: "\n"))
            drawn = lines.count
        }
    }

    /// Calls `body` while nothing is drawn: what it writes may go to the same terminal.
    func cleared<Result, Trouble>(_ body: () throws(Trouble) -> Result) throws(Trouble) -> Result {
        try drawn.withLock { (drawn) throws(Trouble) in
            if drawn > 0 { Self.write(Self.erasing(drawn)) }
            drawn = 0
            return try body()
        }
    }

    /// Up to the first of the lines, and from there all that follows (ECMA-48: CUU, ED).
    private static func erasing(_ lines: Int) -> String {
        guard lines > 0 else { return "" }
        return "\r" + (lines > 1 ? "\u{1B}[\(lines - 1)A" : "") + "\u{1B}[J"
    }

    private static func write(_ text: String) {
        var bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, &bytes, bytes.count)
    }
}
