import FoundationEssentials
import HoistCore
import HoistTransport
import HoistUploads

/// What is said to people: lines on standard error, each safe on a terminal.
struct Console: Sendable {
    let isQuiet: Bool
    var isVerbose = false
    /// Where a program follows the run; nil where none does.
    var events: EventStream?
    let screen = Screen()

    func report(_ failure: Failure, about file: String?) {
        writeLine(Self.complaint(of: failure, about: file))
    }

    static func complaint(of failure: Failure, about file: String?) -> String {
        // A URL that was given for a file may be signed.
        "hoist: \(file.map { "\(Trace.redactedParameters($0)): " } ?? "")\(failure.message)"
    }

    @Sendable func notice(_ notice: Notice) {
        events?.send(notice)
        guard !isQuiet else { return }
        switch notice {
        case .warning(let file, let text):
            writeLine("hoist: warning: \(file): \(text)")
        case .retrying(let file, let reason, let wait, let retry, let most):
            writeLine("hoist: \(file): \(reason); retrying in \(wait.formattedSeconds) s (\(retry) of \(most))")
        case .held(let server, let reason, let wait):
            let effect = wait < .milliseconds(50) ? "sending fewer" : "all wait \(wait.formattedSeconds) s"
            writeLine("hoist: \(server) wants fewer requests; \(effect) (\(reason))")
        case .away(let host, let reason):
            writeLine("hoist: \(host) refuses everything; waiting until it is back (\(reason))")
        }
    }

    /// A failure as GitHub's runner shows it at the file ("Workflow commands for GitHub Actions"); nil elsewhere.
    func annotation(of record: Record) -> String? {
        guard isOnGitHub, let failure = record.failure else { return nil }
        func escaped(_ text: String, _ more: [(String, String)] = []) -> String {
            ([("%", "%25"), ("\r", "%0D"), ("\n", "%0A")] + more).reduce(text) { $0.replacing($1.0, with: $1.1) }
        }
        let file = escaped(Trace.redactedParameters(record.subject.name).safeForTerminal, [(":", "%3A"), (",", "%2C")])
        return "::error file=\(file),title=hoist::\(escaped(failure.message.safeForTerminal))"
    }

    /// A line that a CI system reads: nothing else may be on it.
    func annotate(_ line: String) { screen.write(line: line) }

    private let isOnGitHub = processEnvironment["GITHUB_ACTIONS"] == "true"

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
