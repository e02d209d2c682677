import Foundation
import TestSupport
import Testing

/// Somebody who does not read what a run writes holds it up, but not after a signal; and no handle is lost by it.
@Suite struct UnreadPipeTests {
    private static let count = 40

    /// Runs an upload of that many files, sends the signal once `isTime` returns, and takes the time from there.
    private func interrupt(
        _ command: Command, with signal: Int32, when isTime: @escaping @Sendable () async throws -> Void
    ) async throws -> (run: Run, seconds: Double) {
        let (signalled, finished) = try await command.withRunning { running in
            try await isTime()
            try running.signal(signal)
            return ContinuousClock.now
        }
        return (Run(finished), Double((ContinuousClock.now - signalled).components.seconds))
    }

    private func ids(in lines: some Sequence<Substring>) -> Set<String> {
        Set(
            lines.compactMap { line in
                let json = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                let record = json?["record"] as? [String: Any] ?? json
                return record?.text("id")
            })
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func aSignalEndsARunWhoseOutputNobodyReads(signal: Int32, code: Int32) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let pictures = try directory.pictures(Self.count)
                let arguments = ["upload", "--to", "eachlabs", "--progress", "none"] + pictures
                try await withUnreadPipe(1) { pipe in
                    let command = pipe.taking(try hoist.command(arguments))
                    let (run, seconds) = try await interrupt(command, with: signal) {
                        try await hoist.sandbox.wait(on: "put", ended: Self.count)
                        try await pipe.waitUntilFull()
                    }
                    #expect(run.exit == .code(code))
                    #expect(seconds < 10)
                    #expect(run.errors.contains("nobody reads standard output"))
                    let written = pipe.content()
                    #expect(written.hasSuffix("\n"), "whole lines")
                    // A signal may come before the last replies are read: each record is somewhere all the same.
                    let records = (written + run.errors).split(separator: "\n").filter { $0.hasPrefix("{") }
                    #expect(records.count == Self.count)
                    #expect(ids(in: records).count == Self.count)
                }
            }
        }
    }

    /// Neither standard output nor standard error can say it: the journal can, and does while nobody reads.
    @Test func theJournalKeepsWhatNobodyReads() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                let pictures = try directory.pictures(Self.count)
                let arguments = ["upload", "--to", "eachlabs", "--progress", "none", "--journal", journal] + pictures
                try await withUnreadPipe(1) { output in
                    try await withUnreadPipe(2) { errors in
                        let command = output.taking(errors.taking(try hoist.command(arguments)))
                        let (run, seconds) = try await interrupt(command, with: SIGINT) {
                            try await output.waitUntilFull()
                            while try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n").count
                                < Self.count + 1
                            {
                                try await Task.sleep(for: .milliseconds(20))
                            }
                        }
                        #expect(run.exit == .code(130))
                        #expect(seconds < 10)
                        let kept = try String(contentsOfFile: journal, encoding: .utf8)
                        #expect(ids(in: kept.split(separator: "\n")).count == Self.count)
                    }
                }
            }
        }
    }

    /// Traces are written by the one thread that sends: it must notice a signal all the same.
    @Test(arguments: ["--verbose", "--progress=bar"])
    func aSignalEndsARunWhoseMessagesNobodyReads(option: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let pictures = try directory.pictures(Self.count)
                let arguments = ["upload", "--to", "eachlabs", "--limit-rate", "10K", option] + pictures
                try await withUnreadPipe(2) { pipe in
                    let command = pipe.taking(try hoist.command(arguments))
                    let (run, seconds) = try await interrupt(command, with: SIGINT) { try await pipe.waitUntilFull() }
                    #expect(run.exit == .code(130))
                    #expect(seconds < 10)
                    #expect(run.records.count == Self.count)
                }
            }
        }
    }

    /// What the command says at its end, when all the work is done and nothing waits for signals any more.
    @Test func aSignalEndsTheLastWord() async throws {
        try await withHoist { hoist in
            try await withUnreadPipe(2) { pipe in
                pipe.fill()
                let upload = ["upload", Media.shot, "--to", "figur", "--field", "nosuch", "--quiet"]
                let command = pipe.taking(try hoist.command(upload))
                let (signalled, finished) = try await command.withRunning { running in
                    for await _ in running.output { break }
                    try running.signal(SIGTERM)
                    return ContinuousClock.now
                }
                #expect(finished.exit == .code(143))
                #expect(ContinuousClock.now - signalled < .seconds(10))
            }
        }
    }

    @Test func aSignalEndsRecordsThatFollowOnStandardError() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                try await withUnreadPipe(2) { pipe in
                    // The records that standard output does not take follow on standard error.
                    let pictures = try directory.pictures(Self.count)
                    let arguments =
                        ["upload", "--to", "eachlabs", "--progress", "none", "--journal", journal] + pictures
                    var command = pipe.taking(try hoist.command(arguments))
                    command.arguments[1] += " >/dev/full"
                    let (run, seconds) = try await interrupt(command, with: SIGTERM) { try await pipe.waitUntilFull() }
                    #expect(run.exit == .code(143))
                    #expect(seconds < 10)
                }
            }
        }
    }
}
