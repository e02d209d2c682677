import Foundation
import TestSupport
import Testing

/// SIGINT ends a run within seconds whatever it waits for, and what was uploaded before is in the records.
@Suite struct InterruptedPhasesTests {
    /// The time limits of the waits themselves are a minute or more.
    private static let fewSeconds = Duration.seconds(5)

    /// What a server can let somebody wait for, as a fault for the second file.
    struct Phase: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let kind: String
        let fault: String
        /// What of the second file's request arrives before the signal is sent.
        var bodyBytes = 0
        var ended = 0
        /// Whether the second file has a handle by then.
        var hasHandle = true
    }

    private static let phases = [
        Phase(
            testDescription: "initiate reply", kind: "initiate",
            fault: #"{"on":"initiate","skip":1,"action":"delay","milliseconds":600000}"#, bodyBytes: 1,
            hasHandle: false),
        Phase(
            testDescription: "PUT body", kind: "put",
            fault: #"{"on":"put","skip":1,"action":"stall","after_bytes":65536}"#, bodyBytes: 65536),
        Phase(
            testDescription: "PUT reply", kind: "put",
            fault: #"{"on":"put","skip":1,"action":"delay","milliseconds":600000}"#, bodyBytes: 8 << 20),
        Phase(
            testDescription: "retry", kind: "put",
            fault: #"{"on":"put","skip":1,"action":"reply","status":503,"headers":{"Retry-After":"60"}}"#, ended: 2),
    ]

    @Test(arguments: phases)
    func uploading(phase: Phase) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try await hoist.sandbox.fault(phase.fault)
                let large = try directory.file("large.png", Media.bytes(Media.shot) + Data(count: 8 << 20))
                let command = try hoist.command(
                    ["upload", Media.photo, large, "--to", "eachlabs", "--jobs", "1", "--progress", "none"])
                let run = try await interrupted(command) { _ in
                    try await hoist.sandbox.wait(
                        on: phase.kind, requests: 2, ended: phase.ended, bodyBytes: phase.bodyBytes)
                }
                let records = run.records
                #expect(records.map { $0.text("file") } == [Media.photo, large])
                #expect(records.map(\.isOK) == [true, false])
                #expect(records.first?.text("id") != nil)
                #expect(records.last?.error.text("code") == "interrupted")
                #expect((records.last?.text("id") != nil) == phase.hasHandle)
            }
        }
    }

    @Test func waitingForTheStatus() async throws {
        try await withSandbox("--processing-ms", "600000") { sandbox in
            let hoist = Hoist(sandbox: sandbox)
            let command = try hoist.command([
                "upload", Media.photo, Media.shot, "--to", "eachlabs", "--wait", "--wait-interval", "60s...60s",
                "--progress", "none",
            ])
            let run = try await interrupted(command) { _ in try await sandbox.wait(on: "status", ended: 2) }
            #expect(run.records.compactMap { $0.text("id") }.count == 2)
        }
    }

    @Test func readingStandardInput() async throws {
        try await withHoist { hoist in
            try await withHeldInput { held in
                let command = held.feeding(
                    try hoist.command(["upload", Media.photo, "-", "--to", "figur", "--progress", "none"]))
                let run = try await interrupted(command) { running in
                    // The first file is done, and what is left is standard input.
                    for await _ in running.output.prefix(1) {}
                }
                let records = run.records
                #expect(records.map(\.isOK) == [true, false])
                #expect(records.first?.text("upload_key") != nil)
                #expect(records.last?.error.text("code") == "interrupted")
            }
        }
    }

    @Test(arguments: ["connect", "tls"])
    func connecting(phase: String) async throws {
        try await Command("python3", [Self.silentServer, phase]).withRunning { server in
            var lines = server.output.makeAsyncIterator()
            let port = try #require(await lines.next())
            let command = Command(
                try Binaries.hoist, ["upload", Media.shot, "--to", "figur", "--progress", "none"],
                environment: ["FIGUR_API_KEY": "sk_test_phases", "FIGUR_BASE_URL": "https://127.0.0.1:\(port)"])
            let run = try await interrupted(command) { _ in
                for await _ in server.output.prefix(1) {}
            }
            #expect(run.record.error.text("code") == "interrupted")
            try server.signal(SIGKILL)
        }
    }

    /// In namespaces of its own, where the name server is one that never answers.
    @Test func resolvingTheName() async throws {
        let command = Command(
            "unshare",
            ["--map-root-user", "--mount", "--net", "python3", Self.silentServer, "names", try Binaries.hoist]
                + ["upload", Media.shot, "--to", "figur", "--progress", "none"],
            environment: ["FIGUR_API_KEY": "sk_test_phases", "FIGUR_BASE_URL": "https://api.example"])
        let run = try await interrupted(command) { running in
            for await line in running.errors where line == "asked" { break }
        }
        #expect(run.record.error.text("code") == "interrupted")
    }

    private static let silentServer = URL(filePath: #filePath)
        .appending(path: "../../TestSupport/Programs/silent_server.py").standardizedFileURL.path

    /// Sends SIGINT once `moment` has come, and expects a quick end.
    private func interrupted(
        _ command: Command, when moment: @escaping @Sendable (Running) async throws -> Void
    ) async throws -> Run {
        let clock = ContinuousClock()
        let (sent, finished) = try await command.withRunning { running in
            try await moment(running)
            try running.signal(SIGINT)
            return clock.now
        }
        #expect(finished.exit == .code(130), "\(finished.errors)")
        #expect(sent.duration(to: clock.now) < Self.fewSeconds)
        return Run(finished)
    }
}
