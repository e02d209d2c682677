import Foundation
import TestSupport
import Testing

/// Replies that come before the file has gone: libcurl stops sending and reports success, and nothing was stored.
@Suite struct EarlyReplyTests {
    /// 20 MB do not fit into the kernel's buffers; 300 kB do, and count as sent for libcurl as soon as they are there.
    @Test(arguments: ["1.0", "1.1"], [20_000_000, 300_000])
    func anOKBeforeTheBodyIsSentIsNone(version: String, bytes: Int) async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.noise("big.png", bytes: bytes)
            try await withServer("early_reply.py", [version, "1000"]) { server in
                let run = Run(try await upload(file, to: server, "--retries", "1").run())
                #expect(run.exit == .code(75))
                #expect(run.record.isOK == false)
                #expect(run.record.error.text("code") == "early_reply")
                #expect(run.record.number("attempts") == 2)
                #expect(run.record.text("upload_key") == nil)
                #expect(await server.lines(2) == ["early", "early"])
            }
        }
    }

    @Test func itIsSentAgainUntilItIsTakenWhole() async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.noise("big.png", bytes: 2_000_000)
            try await withServer("early_reply.py", ["1.1", "2"]) { server in
                let run = Run(try await upload(file, to: server).run())
                #expect(run.exit == .code(0))
                #expect(run.record.number("attempts") == 3)
                let lines = await server.lines(3)
                #expect(lines.prefix(2) == ["early", "early"] && lines.last?.count == 64)
            }
        }
    }

    private func upload(_ file: String, to server: ProgramServer, _ options: String...) throws -> Command {
        Command(
            try Binaries.hoist, ["upload", file, "--to", "figur"] + options,
            environment: ["FIGUR_API_KEY": "sk_test_early", "FIGUR_BASE_URL": server.baseURL])
    }
}
