import Foundation
import TestSupport
import Testing

/// Each kind of fault, as a client sees it. The numbers are curl's exit codes: 18 a partial body, 28 a timeout,
/// 52 an empty reply, 55 and 56 a failure to send or receive.
@Suite struct FaultTests {
    private func withFault(
        _ fault: String,
        _ body: @escaping @Sendable (Sandbox) async throws -> Void
    ) async throws {
        try await withSandbox("--fault", fault) { try await body($0) }
    }

    @Test func replies() async throws {
        let fault = #"""
            {"on":"initiate","action":"reply","status":503,"headers":{"Retry-After":"0","Content-Type":"text/html"},
             "body":"<p>","body_repeat":3}
            """#
        try await withFault(fault) { sandbox in
            let faulty = try await sandbox.initiate()
            #expect(faulty.status == 503)
            #expect(faulty.header("Retry-After") == "0")
            #expect(faulty.header("Content-Type") == "text/html")
            #expect(faulty.text == "<p><p><p>")
            #expect(try await sandbox.initiate().status == 200)
            #expect(try await sandbox.requests().map(\.status) == [503, 200])
        }
    }

    @Test func repliesOnlyAfterTheBody() async throws {
        try await withFault(#"{"on":"put","action":"reply","status":500}"#) { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("a", bytes: 1 << 20)
                #expect(try await sandbox.put(try await sandbox.initiated(), file: file).status == 500)
                #expect(try await sandbox.requests().last?.bodyBytes == 1 << 20)
            }
        }
    }

    @Test func repliesWithALargeBody() async throws {
        let fault = #"{"on":"figur","action":"reply","status":200,"body":"0123456789abcdef","body_repeat":327680}"#
        try await withFault(fault) { sandbox in
            let reply = try await sandbox.figur(["-d", "x"])
            #expect(reply.body.count == 5 << 20)
        }
    }

    @Test func merges() async throws {
        let fault =
            #"{"on":"initiate","action":"merge","fields":{"status":"READY","more":{"a":[1]},"expires_at":null}}"#
        try await withFault(fault) { sandbox in
            let reply = try await sandbox.initiate()
            #expect(reply.status == 200)
            #expect(reply["status"] == "READY")
            #expect(reply["more.a.0"] == "1")
            #expect(reply["expires_at"] == nil)
            #expect(try await sandbox.status(try #require(reply["id"])).status == 200)
        }
    }

    /// The last one is after the whole body: a plain close would be an empty reply there, not a failure to receive.
    @Test(arguments: [0, 100_000, 10 << 20])
    func resets(bytes: Int) async throws {
        try await withFault(#"{"on":"put","action":"reset","after_bytes":\#(bytes)}"#) { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("a", bytes: 10 << 20)
                let upload = try await sandbox.initiated()
                let reply = try await sandbox.put(upload, file: file, ["-H", "Expect:"])
                #expect([55, 56].contains(reply.curlExit))
                let seen = try #require(try await sandbox.wait(on: "put", ended: 1).last)
                #expect(seen.status == nil)
                #expect((bytes...(bytes + 1 << 20)).contains(seen.bodyBytes))
                #expect(try await sandbox.status(upload.id)["status"] == "PENDING")
            }
        }
    }

    @Test(arguments: [("null", 1 << 20), ("1000", 1000)])
    func closes(bytes: String, least: Int) async throws {
        try await withFault(#"{"on":"put","action":"close","after_bytes":\#(bytes)}"#) { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("a", bytes: 1 << 20)
                let upload = try await sandbox.initiated()
                let reply = try await sandbox.put(upload, file: file, ["-H", "Expect:"])
                #expect([52, 55, 56].contains(reply.curlExit))
                #expect(reply.status == 0)
                #expect(try #require(try await sandbox.wait(on: "put", ended: 1).last).bodyBytes >= least)
                #expect(try await sandbox.status(upload.id)["status"] == "PENDING")
            }
        }
    }

    @Test func stalls() async throws {
        try await withFault(#"{"on":"put","action":"stall","after_bytes":1000}"#) { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("a", bytes: 100 << 20)
                let upload = try await sandbox.initiated()
                async let put = sandbox.put(upload, file: file, ["--max-time", "1"])
                let stalled = try #require(try await sandbox.wait(on: "put", bodyBytes: 1000).last)
                #expect(!stalled.ended)
                #expect(stalled.status == nil)
                #expect(try await put.curlExit == 28)
                #expect(try #require(try await sandbox.requests().last).bodyBytes < 1 << 20)
            }
        }
    }

    @Test func delays() async throws {
        try await withFault(#"{"on":"status","action":"delay","milliseconds":400}"#) { sandbox in
            let upload = try await sandbox.initiated()
            let start = ContinuousClock.now
            #expect(try await sandbox.status(upload.id).status == 200)
            #expect(ContinuousClock.now - start >= .milliseconds(400))
        }
    }

    @Test func truncates() async throws {
        try await withFault(#"{"on":"initiate","action":"truncate"}"#) { sandbox in
            let reply = try await sandbox.initiate()
            #expect(reply.status == 200)
            #expect(reply.curlExit == 18)
            let length = try #require(reply.header("Content-Length").flatMap { Int($0) })
            #expect(reply.body.count == length / 2)
        }
    }

    @Test func garblesJSON() async throws {
        try await withFault(#"{"on":"initiate","action":"malformed"}"#) { sandbox in
            let reply = try await sandbox.initiate()
            #expect(reply.status == 200)
            #expect(reply.curlExit == 0)
            #expect(reply.text.hasPrefix("{"))
            #expect(reply["id"] == nil)
        }
    }

    @Test func handsOutALapsedURL() async throws {
        try await withFault(#"{"on":"initiate","action":"expired"}"#) { sandbox in
            let lapsed = try await sandbox.put(try await sandbox.initiated())
            #expect(lapsed.status == 403)
            #expect(lapsed.text.contains("Request has expired"))
            #expect(try await sandbox.put(try await sandbox.initiated()).status == 200)
        }
    }

    @Test func answersAPutAsLapsed() async throws {
        try await withFault(#"{"on":"put","action":"expired"}"#) { sandbox in
            let upload = try await sandbox.initiated()
            let lapsed = try await sandbox.put(upload)
            #expect(lapsed.status == 403)
            #expect(lapsed.text.contains("Request has expired"))
            #expect(try await sandbox.put(upload).status == 200)
        }
    }

    @Test func rejectsEarly() async throws {
        try await withFault(#"{"on":"put","action":"reject_early","status":429,"body":"slow down"}"#) { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("a", bytes: 100 << 20)
                let reply = try await sandbox.put(try await sandbox.initiated(), file: file, ["-H", "Expect:"])
                #expect(reply.status == 429)
                #expect(reply.text == "slow down")
                #expect(try await sandbox.requests().last?.bodyBytes == 0)
            }
        }
    }
}
