import Foundation
import TestSupport
import Testing

/// What the other tests rest on.
@Suite struct CommandTests {
    @Test func runsInACleanEnvironment() async throws {
        let finished = try await Command("env", environment: ["MORE": "1"]).run()
        let names = finished.output.split(separator: "\n").map { $0.prefix { $0 != "=" } }
        #expect(Set(names) == ["PATH", "LANG", "HOME", "MORE"])
    }

    @Test func passesInputAndStreams() async throws {
        let finished = try await Command("sh", ["-c", "cat; echo err >&2; exit 3"], input: Array("in".utf8)).run()
        #expect(finished.exit == .code(3))
        #expect(finished.output == "in")
        #expect(finished.errors == "err\n")
    }

    @Test func outlivesAProgramThatDoesNotRead() async throws {
        let input = [UInt8](repeating: 0, count: 1 << 20)
        #expect(try await Command("true", input: input).run().exit == .code(0))
    }

    @Test func killsAtTheTimeLimit() async throws {
        let command = Command("sleep", ["50"], timeLimit: .milliseconds(500))
        let start = ContinuousClock.now
        let error = try await #require(throws: TimeLimitExceeded.self) { try await command.run() }
        #expect(error.description.hasPrefix("killed after 0.5 seconds: sleep 50"))
        #expect(ContinuousClock.now - start < .seconds(45))
    }

    @Test func killsWhenTheTestFails() async throws {
        let start = ContinuousClock.now
        await #expect(throws: TestFailure.self) {
            try await Command("sleep", ["50"]).withRunning { _ in throw TestFailure("on purpose") }
        }
        #expect(ContinuousClock.now - start < .seconds(45))
    }

    @Test func signalsAndReadsLines() async throws {
        let command = Command(
            "sh",
            ["-c", "trap 'echo trapped; exit 0' INT; echo ready; while :; do sleep 0.05; done"]
        )
        let (lines, finished) = try await command.withRunning { running in
            var lines: [String] = []
            for await line in running.output {
                lines.append(line)
                if line == "ready" { try running.signal(SIGINT) }
            }
            return lines
        }
        #expect(lines == ["ready", "trapped"])
        #expect(finished.exit == .code(0))
    }
}
