import Foundation
import TestSupport
import Testing

/// Trouble on the way: what is tried again, what is given up, and what is left behind.
@Suite struct TransportTests {
    @Test(arguments: [
        #"{"on":"figur","action":"reply","status":503,"body":"","count":2}"#,
        #"{"on":"figur","action":"reply","status":500,"headers":{"Retry-After":"0"},"body":"","count":2}"#,
        #"{"on":"figur","action":"close","after_bytes":null,"count":2}"#,
        #"{"on":"figur","action":"reset","after_bytes":100,"count":2}"#,
        #"{"on":"figur","action":"truncate","count":2}"#,
    ])
    func temporaryTroubleIsTriedAgain(fault: String) async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(fault)
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(0))
            let record = run.record
            #expect(record.number("attempts") == 3)
            #expect(try await fetch(record.text("image_url") ?? "") == Media.bytes(Media.shot))
            #expect(run.errorLines.count == 2, "one notice for each new attempt")
        }
    }

    @Test func thePutIsTriedAgainFromItsFirstByte() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.file("noise.bin", (0..<3_000_000).map { _ in UInt8.random(in: 0...255) })
                try await hoist.sandbox.fault(
                    #"[{"on":"put","action":"reset","after_bytes":1500000},{"on":"put","action":"close","after_bytes":2000000}]"#
                )
                let run = try await hoist.upload(path, "--to", "eachlabs")
                #expect(run.exit == .code(0))
                #expect(run.record.number("attempts") == 3)
                #expect(try await fetch(run.record.text("public_url") ?? "") == Media.bytes(path))
            }
        }
    }

    @Test(arguments: [
        #"{"on":"figur","action":"close","after_bytes":null,"count":null}"#,
        #"{"on":"figur","action":"reset","after_bytes":0,"count":null}"#,
        #"{"on":"figur","action":"reply","status":500,"body":"","count":null}"#,
    ])
    func whatStaysTemporaryIs75AfterTheRetries(fault: String) async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(fault)
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--retries", "1")
            #expect(run.exit == .code(75))
            let record = run.record
            #expect(record.number("attempts") == 2)
            #expect(record.error["retryable"] as? Bool == true)
            #expect(try await hoist.sandbox.requests().count == 2)
        }
    }

    @Test func whatTheServiceRefusesIsNotTriedAgain() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"figur","action":"reply","status":400,"body":"{\"detail\":\"no\"}"}"#)
            #expect(try await hoist.upload(Media.shot, "--to", "figur").record.number("attempts") == 1)
            #expect(try await hoist.sandbox.requests().count == 1)
        }
    }

    @Test func aLongRetryAfterIsReportedRatherThanWaitedFor() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":429,"headers":{"Retry-After":"3600"},"body":""}"#)
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(75))
            #expect(run.record.number("attempts") == 1)
            #expect(run.errors.contains("run it again in 3600 s"))
        }
    }

    /// The service said when it wants to hear more: what was not sent by then is not sent.
    @Test(arguments: ["4", "auto"])
    func aLongRetryAfterEndsWhatIsSentToThatServer(jobs: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try await hoist.sandbox.fault(
                    #"{"on":"figur","action":"reply","status":429,"headers":{"Retry-After":"3600"},"body":"","count":null}"#
                )
                let files = try directory.pictures(60)
                let run = try await hoist.run(["upload", "--to", "figur", "--jobs", jobs] + files)
                #expect(run.exit == .code(75))
                #expect(run.records.map { $0.text("file") } == files)
                let codes = run.records.map { $0.error.text("code") }
                let sent = try await hoist.sandbox.requests().count
                #expect(sent <= 16, "those that were under way when it was said")
                #expect(codes.count { $0 == "rate_limited" } == sent)
                #expect(codes.count { $0 == "not_attempted" } == files.count - sent)
                let last = try #require(run.records.last?.error.text("message"))
                #expect(last.contains("wants no more requests for now; run it again in 3600 s"))
            }
        }
    }

    @Test func aServerThatStopsReadingIsGivenUp() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try await hoist.sandbox.fault(#"{"on":"put","action":"stall","after_bytes":100000,"count":null}"#)
                let path = try directory.sparseFile("film.bin", bytes: 64 << 20)
                let run = try await hoist.upload(path, "--to", "eachlabs", "--timeout", "1", "--retries", "0")
                #expect(run.exit == .code(75))
                #expect(run.record.error.text("code") == "timeout")
                #expect(run.record.text("id") != nil)
            }
        }
    }

    /// libcurl's own limits would call a finished upload stalled while the service still works on it (measured).
    @Test func aServiceMayTakeLongerToReplyThanBytesMayTakeToMove() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"figur","action":"delay","milliseconds":2000}"#)
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--timeout", "0.5")
            #expect(run.exit == .code(0))
            #expect(run.record.number("attempts") == 1)
        }
    }

    /// Bytes that come in drops are no progress: a reply has its time limit as a whole.
    @Test(arguments: ["HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nDRIP", "HTTP/1.1 200 OK\r\nX-A:DRIP"])
    func aReplyInDropsIsGivenUp(reply: String) async throws {
        try await withRawServer(replies: [reply]) { server in
            let environment = ["FIGUR_API_KEY": "sk_test_drip", "FIGUR_BASE_URL": server.baseURL]
            let command = Command(
                try Binaries.hoist, ["upload", Media.shot, "--timeout", "300ms", "--retries", "0"],
                environment: environment, timeLimit: .seconds(20))
            let run = Run(try await command.run())
            #expect(run.exit == .code(75))
            #expect(run.record.error.text("code") == "timeout")
        }
    }

    /// Servers close connections that nobody used for a while. libcurl by itself sends a request again then, five times for
    /// one handle, whatever files those were (measured); hoist counts each, and takes no retry for it.
    @Test func aConnectionThatIsFoundClosedCostsNoRetry() async throws {
        let good = RawServer.json(#"{"upload_key":"k","file_name":"f","file_size":1,"image_url":"http://127.0.0.1/f"}"#)
        // The first request of each connection is answered, the second one is not.
        try await withRawServer(replies: (0..<10).flatMap { _ in [good, ""] }) { server in
            try await withTemporaryDirectory { directory in
                let command = Command(
                    try Binaries.hoist,
                    ["upload", "--to", "figur", "--jobs", "1", "--retries", "0"] + (try directory.pictures(9)),
                    environment: ["FIGUR_BASE_URL": server.baseURL, "FIGUR_API_KEY": "figur-key"])
                let run = Run(try await command.run())
                #expect(run.exit == .code(0))
                #expect(run.errorLines.count == 1, "nothing but the summary")
                #expect(run.records.map { $0.number("attempts") } == [1] + Array(repeating: 2, count: 8))
                #expect(try await server.heads(17).count == 17)
            }
        }
    }

    @Test func aConnectionThatIsLostCostsARetry() async throws {
        try await withRawServer(replies: [""]) { server in
            let command = Command(
                try Binaries.hoist, ["upload", Media.shot, "--to", "figur", "--retries", "1"],
                environment: ["FIGUR_BASE_URL": server.baseURL, "FIGUR_API_KEY": "figur-key"])
            let run = Run(try await command.run())
            #expect(run.exit == .code(75))
            #expect(run.record.number("attempts") == 2)
        }
    }

    /// At this rate most of the file lies in the kernel's send buffer all the time, where it counts as sent for libcurl.
    @Test func aThinLinkIsNoStall() async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.noise("picture.png", bytes: 250_000)
            try await withServer("slow_reader.py", ["50000"]) { server in
                let command = Command(
                    try Binaries.hoist,
                    ["put", file, "--url", server.baseURL + "/o", "--timeout", "2", "--reply-timeout", "2"])
                let run = Run(try await command.run())
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.record.number("attempts") == 1)
                let sum = try await Command("sha256sum", [file]).run().output
                #expect(await server.lines(1) == [String(sum.prefix(64))])
            }
        }
    }

    @Test func nobodyListens() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                Media.shot, "--to", "figur", "--base-url", "http://127.0.0.1:1", "--retries", "0")
            #expect(run.exit == .code(75))
            #expect(run.errors.contains("127.0.0.1:1"))
        }
    }

    @Test func anEarlyRefusalIsReadAlthoughTheBodyIsNotTaken() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.sparseFile("film.bin", bytes: 64 << 20)
                try await hoist.sandbox.fault(
                    #"{"on":"put","action":"reject_early","status":403,"body":"<Error><Code>AccessDenied</Code><Message>No</Message></Error>"}"#
                )
                let run = try await hoist.upload(path, "--to", "eachlabs", "--retries", "0")
                #expect(run.exit == .code(77))
                #expect(run.record.error.text("code") == "AccessDenied")
            }
        }
    }

    @Test func largeBodiesAskFirstAndSmallOnesDoNot() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let small = try directory.sparseFile("small.bin", bytes: 1 << 20)
                let large = try directory.sparseFile("large.bin", bytes: (1 << 20) + 1)
                #expect(try await hoist.upload(small, large, "--to", "eachlabs", "--jobs", "1").exit == .code(0))
                let puts = try await hoist.sandbox.requests().filter { $0.kind == "put" }
                #expect(puts.map { $0.values("expect") } == [[], ["100-continue"]])
                #expect(puts.map { $0.values("transfer-encoding") } == [[], []])
            }
        }
    }

    /// Memory stays flat: the file is streamed from its descriptor.
    @Test func oneGiBTakesAtMost40MiB() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.sparseFile("film.bin", bytes: 1 << 30)
                try await hoist.sandbox.fault(#"{"on":"put","action":"stall","after_bytes":1073741824}"#)
                let command = try hoist.command(["upload", path, "--to", "eachlabs"])
                let (peak, finished) = try await command.withRunning { running in
                    try await hoist.sandbox.wait(on: "put", requests: 1, bodyBytes: 1 << 30, timeout: .seconds(50))
                    let status = try String(contentsOfFile: "/proc/\(running.processID)/status", encoding: .utf8)
                    try running.signal(SIGTERM)
                    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
                    return try #require(Int(line.split(whereSeparator: { !$0.isNumber }).first ?? ""))
                }
                #expect(peak <= 40 << 10, "kilobytes")
                #expect(finished.exit == .code(143))
            }
        }
    }
}

/// Replies that no HTTP library would send.
@Suite struct HostileReplyTests {
    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nHTTP/x: 99999\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 99999 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n" + String(repeating: "a:\r\n", count: 66_000) + "\r\n",
        "SSH-2.0-OpenSSH_9.2\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\nConnection: close\r\n\r\nabcd",
        "\u{0}\u{0}Connection: close",
    ])
    func neverCrashHoist(reply: String) async throws {
        try await withRawServer(replies: [reply]) { server in
            let environment = ["FIGUR_API_KEY": "sk_test_raw", "FIGUR_BASE_URL": server.baseURL]
            let command = Command(
                try Binaries.hoist, ["upload", Media.shot, "--retries", "0", "--timeout", "2"], environment: environment
            )
            let run = Run(try await command.run())
            #expect([.code(75), .code(76)].contains(run.exit))
            #expect(run.record.isOK == false)
        }
    }
}
