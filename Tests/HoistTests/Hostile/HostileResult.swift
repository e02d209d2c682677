import Foundation
import TestSupport
import Testing

/// How a row ended, and what is wrong with that.
struct HostileResult: Sendable {
    let row: HostileRow
    let exit: String
    let milliseconds: Int
    /// The line on stderr that says what happened.
    let line: String
    let problems: [String]
}

extension HostilePlace {
    /// Runs the row and checks all that has to be so.
    func result(from server: HostileServer) async throws -> HostileResult {
        do { try await prepare(server) } catch {
            return HostileResult(row: row, exit: "none", milliseconds: 0, line: "", problems: ["not made: \(error)"])
        }
        // What a server changes or takes away was the file all the same.
        let before = row.changesFiles ? try await digests() : [:]
        let command = try command(server)
        let clock = ContinuousClock()
        let start = clock.now
        let finished: Finished
        do { finished = try await command.run() } catch let error as TimeLimitExceeded {
            return HostileResult(
                row: row, exit: "none", milliseconds: row.limit * 1000, line: error.errors,
                problems: ["it hung: \(error)"])
        }
        let milliseconds = Int((clock.now - start) / .milliseconds(1))
        let run = Run(finished)
        let check = HostileCheck(
            row: row, run: run, requests: try await server.requests(name),
            digests: run.output.contains(#""ok":true"#)
                ? before.merging(try await digests()) { $0.union($1) } : before)
        let problems = check.problems
        let line = run.errorLines.first { !row.says.isEmpty && $0.contains(row.says) } ?? run.errorLines.first ?? ""
        return HostileResult(
            row: row, exit: run.exit.word, milliseconds: milliseconds, line: shown(line, server),
            problems: problems.isEmpty ? [] : problems + [report(command, run, check.requests)])
    }

    /// SHA-256 of the files in the row's directory, by sha256sum, by their names.
    private func digests() async throws -> [String: Set<String>] {
        guard row.stores else { return [:] }
        let find = "find . -maxdepth 3 -type f -size -30M -exec sha256sum -z {} + | tr '\\0' '\\n'"
        let listing = try await Command("bash", ["-c", find], workingDirectory: directory).run()
        var digests: [String: Set<String>] = [:]
        for line in listing.output.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { continue }
            digests[String(words[1].trimmingPrefix(" ").trimmingPrefix("./")), default: []].insert(String(words[0]))
        }
        return digests
    }

    /// What to look at where a row is wrong.
    private func report(_ command: Command, _ run: Run, _ requests: [HostileServer.Request]) -> String {
        let heads = requests.map { "\($0.kind) \($0.bytes) bytes, whole: \($0.whole)" }.joined(separator: "; ")
        return """
            \(([command.program] + command.arguments).joined(separator: " "))
            \(run.exit), stdout: \(run.output.prefix(2000))
            stderr: \(run.errors.prefix(2000))
            requests: \(heads)
            """
    }
}

extension Exit {
    fileprivate var word: String {
        switch self {
        case .code(let code): "\(code)"
        case .signal(let number): "signal \(number)"
        }
    }
}
