import Glibc

/// File names are bytes, and need not be UTF-8. Swift repairs such arguments with U+FFFD, and the repaired name is no
/// file's; the bytes as they were typed are still in `argv`.
enum ArgumentBytes {
    /// Calls `body` with the bytes that the path stands for.
    static func with<Result>(_ path: String, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        guard path.unicodeScalars.contains("\u{FFFD}") else { return body(path) }
        let typed = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }
            .filter { String(cString: $0) == path }
        // Two names that look the same after the repair cannot be told apart: neither is guessed at.
        guard let first = typed.first, typed.allSatisfy({ strcmp($0, first) == 0 }) else { return body(path) }
        return body(first)
    }
}
