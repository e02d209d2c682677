import Foundation
import TestSupport
import Testing

/// A service that is away for ten seconds, as one that is restarted, loses no file.
@Suite struct OutageTests {
    private static let outage = Duration.seconds(10)

    /// - Parameter away: how it is away: connections are refused, or answered 503.
    @Test(.timeLimit(.minutes(3)), arguments: ["figur", "eachlabs"], ["refuse", "503"])
    func aBatchLosesNoFile(service: String, away: String) async throws {
        try await withProxy(away: away) { hoist, proxy in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(300)
                let command = try hoist.command(
                    // So slowly that it is in the middle when the service leaves.
                    ["upload", "--to", service, "--requests-per-second", "60", "--progress", "none"] + files)
                let kind = service == "figur" ? "figur" : "put"
                let (_, finished) = try await command.withRunning { _ in
                    try await hoist.sandbox.wait(on: kind, ended: 50)
                    try await Self.beAway(proxy)
                }
                let run = Run(finished)
                let comment = run.complaints
                #expect(run.exit == .code(0), comment)
                #expect(run.records.map { $0.text("file") } == files)
                #expect(run.records.count { $0.isOK == true } == files.count, comment)
                try await expectStoredBytes(of: run.records.filter { $0.isOK == true }, directory, comment)
                // After the eight that were under way, one asks for all of them. Refused connections nobody can count.
                let asked = try proxy.drawn().count { $0.kind == "away" }
                #expect(asked < 30 && (asked > 0 || away == "refuse"), "\(asked) requests while it was away")
            }
        }
    }

    @Test(.timeLimit(.minutes(3)), arguments: ["upload", "status"], ["refuse", "503"])
    func waitingOutlivesIt(verb: String, away: String) async throws {
        try await withProxy(away: away, processing: 8000) { hoist, proxy in
            var arguments = ["upload", Media.clip, "--to", "eachlabs"]
            if verb == "status" {
                let uploaded = try await hoist.run(arguments)
                arguments = ["status", try #require(uploaded.record.text("id"))]
            }
            let command = try hoist.command(arguments + ["--wait", "--wait-interval", "200ms...1s", "--quiet"])
            let (_, finished) = try await command.withRunning { _ in
                try await hoist.sandbox.wait(on: "status", ended: 1)
                try await Self.beAway(proxy)
            }
            let run = Run(finished)
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(run.record.text("status") == "COMPLETED")
        }
    }

    private static func beAway(_ proxy: ChaosProxy) async throws {
        try await proxy.leave()
        // Not a wait for something: the time is what is tried out.
        try await Task.sleep(for: outage)
        try await proxy.comeBack()
    }

    private func withProxy(
        away: String, processing: Int = 200, _ body: @escaping @Sendable (Hoist, ChaosProxy) async throws -> Void
    ) async throws {
        try await withSandbox("--processing-ms", "\(processing)") { sandbox in
            try await withChaosProxy(before: sandbox, ["--probability", "0", "--away", away]) { proxy in
                let environment = ["FIGUR_BASE_URL": proxy.apiURL, "EACHLABS_BASE_URL": proxy.apiURL]
                try await body(Hoist(sandbox: sandbox, changes: environment), proxy)
            }
        }
    }
}
