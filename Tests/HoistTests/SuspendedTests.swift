import Foundation
import TestSupport
import Testing

/// A laptop's lid, Ctrl-Z: time in which hoist itself was stopped is no stall where the server is still there.
@Suite struct SuspendedTests {
    @Test func stoppedInTheMiddleOfTheBody() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("large.png", Media.bytes(Media.shot) + Data(count: 8 << 20))
                // At that rate it takes four seconds.
                let command = try hoist.command([
                    "upload", file, "--to", "eachlabs", "--limit-rate", "2M", "--timeout", "2", "--retries", "0",
                    "--progress", "none",
                ])
                let run = try await stopped(command, for: .seconds(4)) {
                    try await hoist.sandbox.wait(on: "put", requests: 1, bodyBytes: 1 << 20)
                }
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.record.number("attempts") == 1)
                try await expectStoredBytes(of: run.records, directory, "stopped in the body")
            }
        }
    }

    /// The reply came while hoist was stopped, and waits to be read.
    @Test func stoppedWhileTheReplyCame() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","action":"delay","milliseconds":1000}"#)
            let command = try hoist.command([
                "upload", Media.shot, "--to", "eachlabs", "--timeout", "1", "--retries", "0", "--progress", "none",
            ])
            // Longer than the reply may take: five times the limit.
            let run = try await stopped(command, for: .seconds(7)) {
                try await hoist.sandbox.wait(on: "put", requests: 1, bodyBytes: Media.bytes(Media.shot).count)
            }
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(run.record.number("attempts") == 1)
        }
    }

    private func stopped(
        _ command: Command, for time: Duration, when moment: @escaping @Sendable () async throws -> Void
    ) async throws -> Run {
        let (_, finished) = try await command.withRunning { running in
            try await moment()
            try running.signal(SIGSTOP)
            // Not a wait for something: the time is what is tried out.
            try await Task.sleep(for: time)
            try running.signal(SIGCONT)
        }
        return Run(finished)
    }
}
