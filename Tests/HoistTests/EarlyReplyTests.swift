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
            try await withServer("early_reply.py", [version, "1000", "hold"]) { server in
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

    /// A server that closes a connection with bytes unread resets it: its kernel had taken them all the same.
    @Test(arguments: ["1.0", "1.1"], [(100_000, 90_000), (100_000, 1), (20_000_000, 1), (20_000_000, 1_000_000)])
    func anOKWithBytesUnreadIsNone(version: String, bytes: (all: Int, unread: Int)) async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.noise("big.png", bytes: bytes.all)
            try await withServer("early_reply.py", [version, "1000", "\(bytes.unread)"]) { server in
                for _ in 0..<5 {
                    let run = Run(try await upload(file, to: server, "--retries", "0").run())
                    #expect(run.exit == .code(75), "\(run.output)")
                    #expect(run.record.text("upload_key") == nil)
                }
            }
        }
    }

    /// All of 3 MB fits into the kernel's buffers, and is sent behind the reply that has come already.
    @Test func anOKThatComesWithPermissionToBeginIsNone() async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.noise("big.png", bytes: 3_000_000)
            try await withServer("early_reply.py", ["1.1", "1000", "continue"]) { server in
                let run = Run(try await upload(file, to: server, "--retries", "0").run())
                #expect(run.exit == .code(75), "\(run.output)")
            }
        }
    }

    /// A good upload is never called bad: this server reads all, and closes.
    @Test(arguments: ["1.0", "1.1"])
    func anOKThatEndsTheConnectionIsOne(version: String) async throws {
        try await withTemporaryDirectory { directory in
            let files = [
                try directory.noise("a.png", bytes: 1000), try directory.noise("b.png", bytes: 300_000),
                try directory.noise("c.png", bytes: 20_000_000),
            ]
            for file in files {
                try await withServer("early_reply.py", [version, "0", "1"]) { server in
                    for _ in 0..<5 {
                        let run = Run(try await upload(file, to: server, "--retries", "0").run())
                        #expect(run.exit == .code(0), "\(run.errors)")
                    }
                }
            }
        }
    }

    @Test func itIsSentAgainUntilItIsTakenWhole() async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.noise("big.png", bytes: 2_000_000)
            try await withServer("early_reply.py", ["1.1", "2", "hold"]) { server in
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
