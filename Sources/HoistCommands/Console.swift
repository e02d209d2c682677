import FoundationEssentials
import HoistCore
import HoistTransport

/// What is said to people: lines on standard error, each safe on a terminal.
struct Console: Sendable {
    let isQuiet: Bool
    var isVerbose = false
    let screen = Screen()

    func report(_ failure: Failure, about file: String?) {
        writeLine(Self.complaint(of: failure, about: file))
    }

    static func complaint(of failure: Failure, about file: String?) -> String {
        "hoist: \(file.map { "\($0): " } ?? "")\(failure.message)"
    }

    @Sendable func notice(_ notice: Notice) {
        guard !isQuiet else { return }
        switch notice {
        case .warning(let file, let text):
            writeLine("hoist: warning: \(file): \(text)")
        case .retrying(let file, let reason, let wait, let next):
            writeLine("hoist: \(file): \(reason); attempt \(next) follows in \(wait.formattedSeconds) s")
        case .held(let server, let reason, let wait):
            let effect = wait < .milliseconds(50) ? "sending fewer" : "all wait \(wait.formattedSeconds) s"
            writeLine("hoist: \(server) wants fewer requests; \(effect) (\(reason))")
        case .away(let host, let reason):
            writeLine("hoist: \(host) refuses everything; waiting until it is back (\(reason))")
        }
    }

    @Sendable func trace(_ line: String) { writeLine(line) }

    /// Says what need not be said where the user wants it quiet.
    func remark(_ text: String) { if !isQuiet { say(text) } }

    func say(_ text: String) { writeLine("hoist: \(text)") }

    private func writeLine(_ line: String) { screen.write(line: line.safeForTerminal) }
}

extension Duration {
    fileprivate var formattedSeconds: String {
        let tenths = (components.seconds * 10) + components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

var processEnvironment: [String: String] { ProcessInfo.processInfo.environment }
