import FoundationEssentials
import Glibc
import HoistKit

/// Standard error: whole lines, each safe on a terminal.
struct Console: Sendable {
    let isQuiet: Bool

    func report(_ failure: Failure, about file: String?) {
        let subject = file.map { "\($0): " } ?? ""
        writeLine("hoist: \(subject)\(failure.message)")
    }

    @Sendable func notice(_ notice: Notice) {
        guard !isQuiet else { return }
        switch notice {
        case .warning(let file, let text):
            writeLine("hoist: warning: \(file): \(text)")
        case .retrying(let file, let reason, let wait, let next):
            writeLine("hoist: \(file): \(reason) -- attempt \(next) in \(wait.formattedSeconds) s")
        }
    }

    @Sendable func trace(_ line: String) { writeLine(line) }

    /// One write a line, so that lines of several threads do not mix. Nothing can be done where this fails.
    private func writeLine(_ line: String) {
        var bytes = Array((line.safeForTerminal + "\n").utf8)
        _ = Glibc.write(STDERR_FILENO, &bytes, bytes.count)
    }
}

extension Duration {
    fileprivate var formattedSeconds: String {
        let tenths = (components.seconds * 10) + components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

var processEnvironment: [String: String] { ProcessInfo.processInfo.environment }
