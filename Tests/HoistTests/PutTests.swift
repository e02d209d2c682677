import Foundation
import TestSupport
import Testing

/// `hoist put`: what it reads, what it sends, what it refuses.
@Suite struct PutTests {
    /// The environment of `put`: it needs no key and gets none.
    private func put(_ arguments: [String], input: String = "") async throws -> Run {
        Run(try await Command(try Binaries.hoist, ["put"] + arguments, input: Array(input.utf8)).run())
    }

    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    @Test func repliesAreMatchedByNameWhateverTheirOrder() async throws {
        try await withHoist { hoist in
            let presigned = try await hoist.run(["presign", Media.shot, Media.photo, Media.clip])
            let shuffled = presigned.lines.reversed().joined(separator: "\n")
            let files = [Media.photo, Media.clip, Media.shot]
            let run = try await put(files, input: shuffled)
            #expect(run.exit == .code(0))
            for (file, record) in zip(files, run.records) {
                #expect(try await fetch(record.text("public_url") ?? "") == Media.bytes(file))
            }
        }
    }

    @Test func anArrayOrAPrettyPrintedReplyWillDo() async throws {
        try await withHoist { hoist in
            for filter in ["-s", "."] {
                let presigned = try await hoist.run(["presign", Media.shot]).output
                let text = try await Command("jq", [filter], input: Array(presigned.utf8)).run().output
                let run = try await put([Media.shot], input: text)
                #expect(run.exit == .code(0), "\(run.errors)")
            }
        }
    }

    @Test(arguments: [
        #"{"upload_url":"URL","required_headers":{"X-A":"1"}}"#, #"{"presigned_url":"URL","headers":{"X-A":"1"}}"#,
        #"{"url":"URL","headers":{"X-A":"1"},"method":"put"}"#, #"{"signed_url":"URL","required_headers":{"X-A":"1"}}"#,
    ])
    func anyPresignersReplyWillDo(reply: String) async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            let run = try await put(
                [Media.shot], input: reply.replacing("URL", with: "\(server.baseURL)/a//b/../c%2F?q=%20&x"))
            #expect(run.exit == .code(0), "\(run.errors)")
            let head = try await server.heads(1)[0]
            #expect(head[0] == "PUT /a//b/../c%2F?q=%20&x HTTP/1.1")
            #expect(head.contains("X-A: 1"))
        }
    }

    @Test(arguments: [
        (#"{"upload_url":"URL"}"#, 2, Int32(64)), (#"{"upload_url":"URL"}"# + "\n" + #"{"upload_url":"URL"}"#, 1, 64),
        ("", 1, 64), (#"{"upload_url":"URL","file":"other.png"}"#, 1, 64), ("nonsense", 1, 76), ("7", 1, 76),
        (#"{"id":"x"}"#, 1, 76), (#"{"url":"URL","method":"POST"}"#, 1, 76), (#"{"url":"URL","headers":[1]}"#, 1, 76),
    ])
    func whatDoesNotFitIsRefused(reply: String, files: Int, code: Int32) async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            let input = reply.replacing("URL", with: server.baseURL)
            let run = try await put(Array(repeating: Media.shot, count: files), input: input)
            #expect(run.exit == .code(code))
            #expect(!run.errors.isEmpty)
        }
    }

    @Test(arguments: [
        ["--url", "http://127.0.0.1:1/", "--presigned", "x"], ["-H", "A: b"],
        ["--url", "http://127.0.0.1:1/", "-H", "A"],
        ["--url", "http://127.0.0.1:1/", "-H", ": b"], ["--url", "http://127.0.0.1:1/", "second.png"],
        ["-", "--max-size", "1M"], ["--max-size", "many"], ["--content-type", "png"],
        ["--url", "http://127.0.0.1:1/", "-H", "A: \u{FFFD}"],
    ])
    func aWrongCommandLineIs64(arguments: [String]) async throws {
        let run = try await put([Media.shot] + arguments, input: "{}")
        #expect(run.exit == .code(64))
        #expect(run.output.isEmpty)
    }

    /// Nobody else than the user has said it.
    @Test(arguments: [
        ["--url", ""], ["--url-file", "/dev/null"], ["--url", "http://127.0.0.1:1/#a"], ["--url", "ftp://h/"],
        ["--url", "http://example.com/"], ["--url", "http://127.0.0.1:1/", "-H", "A: b\r\nC: d"],
        ["--url", "http://127.0.0.1:1/", "-H", "Content-Length: 3"],
    ])
    func whatCannotBeSentIs64WhereItIsSaidByHand(arguments: [String]) async throws {
        let run = try await put([Media.shot] + arguments)
        #expect(run.exit == .code(64))
        #expect(run.record.error.text("code") == "unusable_presigned_url")
        #expect(run.errorLines.count == 1 && !run.errors.contains("reply"))
    }

    @Test(arguments: ["--presigned", "--url-file"])
    func whatCannotBeReadIsNamed(option: String) async throws {
        try await withTemporaryDirectory { directory in
            let run = try await put([Media.shot, option, directory.path])
            #expect(run.exit == .code(66))
            #expect(run.errors.contains(directory.path))
        }
    }

    /// Wherever storage puts it.
    @Test func aSignatureThatStorageRepeatsIsTakenOut() async throws {
        let body = "wrong: 5ec2e75ec2e7"
        let reply =
            "HTTP/1.1 403 R\r\nX-Debug: 5ec2e75ec2e7\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        try await withRawServer(replies: [reply]) { server in
            let run = try await put([
                Media.shot, "--url", "\(server.baseURL)/x?X-Amz-Signature=5ec2e75ec2e7", "--verbose",
            ])
            #expect(run.exit == .code(77))
            #expect(run.errors.contains("X-Debug: [redacted]") && run.errors.contains("wrong: [redacted]"))
            #expect(!(run.output + run.errors).contains("5ec2e7"))
        }
    }

    /// Names and values byte for byte.
    @Test func headersGoOutVerbatim() async throws {
        let headers = [
            "Content-Type": "image/png; a=\"b c\"", "x-amz-meta-UPPER-lower": "a b  c&d=e,f;g",
            "x-amz-meta-utf8": "naïve 写真",
            "x-amz-meta-empty": "", "x-amz-tagging": "uploader=customer&ttl_days=30", "Cache-Control": "no-cache",
        ]
        try await withRawServer(replies: [Self.ok]) { server in
            let reply = try JSONSerialization.data(withJSONObject: ["url": server.baseURL + "/x", "headers": headers])
            let run = try await put([Media.shot], input: String(decoding: reply, as: UTF8.self))
            #expect(run.exit == .code(0), "\(run.errors)")
            let head = try await server.heads(1)[0].dropFirst()
            let expected = headers.map { name, value in
                // The server reads the bytes as Latin-1.
                let value = String(String.UnicodeScalarView(value.utf8.map { Unicode.Scalar($0) }))
                return value.isEmpty ? "\(name):" : "\(name): \(value)"
            }
            let own = ["Host: 127.0.0.1:\(server.port)", "Content-Length: \(Media.bytes(Media.shot).count)"]
            #expect(Set(head) == Set(expected + own))
        }
    }

    @Test func byHandWithAURLAndHeaders() async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            try await withTemporaryDirectory { directory in
                let url = try directory.file("url", Array("\(server.baseURL)/x?sig=1\n".utf8))
                let run = try await put([
                    Media.shot, "--url-file", url, "-H", "x-ms-blob-type: BlockBlob", "-H", "X-E:",
                ])
                #expect(run.exit == .code(0), "\(run.errors)")
                let head = try await server.heads(1)[0]
                #expect(head[0] == "PUT /x?sig=1 HTTP/1.1")
                #expect(head.contains("x-ms-blob-type: BlockBlob") && head.contains("X-E:"))
            }
        }
    }

    @Test func standardInputIsSpooledSoThatItHasALength() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let reply = try await hoist.run(["presign", "--content-type", "image/png"]).output
                let file = try directory.file("reply.json", Array(reply.utf8))
                let command = Command(
                    try Binaries.hoist, ["put", "-", "--presigned", file], environment: ["TMPDIR": directory.path],
                    input: Array(Media.bytes(Media.shot)))
                let run = Run(try await command.run())
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.record.text("file") == "-")
                #expect(try await fetch(run.record.text("public_url") ?? "") == Media.bytes(Media.shot))
                #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["reply.json"])
                var small = command
                small.arguments += ["--max-size", "1K"]
                let refused = Run(try await small.run())
                #expect(refused.exit == .code(65))
                #expect(refused.errors.contains("--max-size"))
            }
        }
    }

    @Test(arguments: [
        "X-Amz-Date=20200101T000000Z&X-Amz-Expires=900", "X-Goog-Date=20200101T000000Z&X-Goog-Expires=900",
        "sv=2020&se=2020-01-01T00%3A15%3A00Z&sig=x", "se=2020-01-01T00:15Z&sig=x",
        "se=2020-01-01&sig=x",
    ])
    func anExpiredURLIsRecognisedBeforeAByteIsSent(query: String) async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            let reply = #"{"url":"\#(server.baseURL)/x?\#(query)"}"#
            let run = try await put([Media.shot], input: reply)
            #expect(run.exit == .code(77))
            #expect(run.record.error.text("code") == "url_expired")
            #expect(run.record.number("attempts") == 0)
            let sent = try await put([Media.shot, "--no-expiry-check"], input: reply)
            #expect(sent.exit == .code(0))
        }
    }

    @Test func aClockThatIsAFewMinutesAheadIsAllowedFor() async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            let start = Date.now.addingTimeInterval(-1000)
            let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
            let query = "X-Amz-Date=\(start.formatted(style))&X-Amz-Expires=900"
            let run = try await put([Media.shot], input: #"{"url":"\#(server.baseURL)/x?\#(query)"}"#)
            #expect(run.exit == .code(0), "100 s over: storage judges")
        }
    }

    @Test func aContradictingContentTypeIs64() async throws {
        try await withHoist { hoist in
            let reply = try await hoist.run(["presign", Media.shot]).output
            let run = try await put([Media.shot, "--content-type", "image/jpeg"], input: reply)
            #expect(run.exit == .code(64))
            #expect(run.errors.contains("image/jpeg") && run.errors.contains("image/png"))
            #expect(try await put([Media.shot, "--content-type", "image/png"], input: reply).exit == .code(0))
        }
    }

    @Test func aFailedPresignStaysThatFailure() async throws {
        try await withHoist { hoist in
            let program = try Binaries.hoist
            let script =
                "'\(program)' presign /nowhere '\(Media.shot)' 2>/dev/null | '\(program)' put /nowhere '\(Media.shot)'"
            let run = Run(try await Command("bash", ["-c", script], environment: hoist.environment).run())
            #expect(run.exit == .code(66))
            #expect(run.records.map(\.isOK) == [false, true])
        }
    }

    @Test(arguments: [307, 308])
    func aRedirectOfThePutIsFollowed(status: Int) async throws {
        let redirect = "HTTP/1.1 \(status) R\r\nLocation: /there?x=1\r\nContent-Length: 0\r\n\r\n"
        try await withRawServer(replies: [redirect, Self.ok]) { server in
            let run = try await put([Media.shot], input: #"{"url":"\#(server.baseURL)/x","headers":{"X-A":"1"}}"#)
            #expect(run.exit == .code(0), "\(run.errors)")
            let heads = try await server.heads(2)
            #expect(heads[1][0] == "PUT /there?x=1 HTTP/1.1")
            #expect(heads[1].contains("X-A: 1") && heads[1].contains("Content-Length: 5274"))
        }
    }

    @Test(arguments: [
        ("307", "http://example.com/x"), ("307", "ftp://127.0.0.1/x"), ("302", "/there"), ("307", "/x"), ("303", "/x"),
    ])
    func otherRedirectsAreNot(status: String, location: String) async throws {
        let redirect = "HTTP/1.1 \(status) R\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n"
        try await withRawServer(replies: [redirect]) { server in
            let run = try await put([Media.shot], input: #"{"url":"\#(server.baseURL)/x"}"#)
            #expect(run.exit == .code(76))
            #expect(run.errors.contains("redirect"))
        }
    }

    @Test func aSignatureMismatchSaysWhichHeadersWereSent() async throws {
        try await withHoist { hoist in
            let reply = try await hoist.run(["presign", Media.shot]).output
            let altered = reply.replacing("ttl_days=30", with: "ttl_days=31")
            let run = try await put([Media.shot], input: altered)
            #expect(run.exit == .code(77))
            #expect(run.record.error.text("code") == "SignatureDoesNotMatch")
            #expect(run.record.number("attempts") == 1)
            for name in ["Content-Type", "x-amz-meta-file-id", "x-amz-tagging"] { #expect(run.errors.contains(name)) }
        }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 5 << 20])
    func everySizeArrivesWhole(bytes: Int) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("x.bin", (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) })
                let reply = try await hoist.run(["presign", "--content-type", "application/octet-stream"]).output
                let run = try await put([file], input: reply)
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(try await fetch(run.record.text("public_url") ?? "") == Media.bytes(file))
                let sent = try #require(try await hoist.sandbox.requests().first { $0.kind == "put" })
                #expect(sent.values("content-length") == ["\(bytes)"])
            }
        }
    }

    /// Standard input cannot be both, by whatever name.
    @Test(arguments: [["--presigned", "/dev/stdin"], ["--url-file", "-"], ["--url-file", "/dev/stdin"]])
    func standardInputIsOneThing(options: [String]) async throws {
        try await withHoist { hoist in
            let reply = try await hoist.run(["presign", "--content-type", "image/png"]).output
            let run = try await put(["-"] + options, input: reply)
            #expect(run.exit == .code(64))
            #expect(try await hoist.sandbox.requests().map(\.kind) == ["initiate"], "nothing is put")
        }
    }

    @Test func filesOfTheSameNameInOtherFoldersAreNeverGuessedAt() async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            try await withTemporaryDirectory { directory in
                for folder in ["one", "two"] {
                    try FileManager.default.createDirectory(
                        atPath: directory.path(folder), withIntermediateDirectories: true)
                    _ = try directory.file("\(folder)/a.png", Array(folder.utf8))
                }
                let replies = ["one", "two"].map { #"{"file":"\#($0)/a.png","url":"\#(server.baseURL)/\#($0)"}"# }
                let files = [directory.path("two/a.png"), directory.path("one/a.png")]
                let run = try await put(files, input: replies.joined(separator: "\n"))
                #expect(run.exit == .code(64))
                let single = try await put([files[0]], input: replies[1])
                #expect(single.exit == .code(0), "alone, the last part is enough: presigned here, put there")
            }
        }
    }

    /// Two files to the file system, one name to Swift.
    @Test func namesAreComparedByTheirBytes() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let composed = try directory.file("\u{E9}.png", Media.bytes(Media.shot))
                let decomposed = try directory.file("e\u{301}.png", Media.bytes(Media.photo))
                let replies = try await hoist.run(["presign", composed, decomposed, "--quiet"]).lines
                let run = try await put([composed, decomposed], input: replies.reversed().joined(separator: "\n"))
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.map { $0.text("content_type") } == ["image/png", "image/jpeg"])
                for (file, record) in zip([composed, decomposed], run.records) {
                    let stored = try await fetch(record.text("public_url") ?? "")
                    #expect(stored == Media.bytes(file))
                }
            }
        }
    }

    private func openFiles(of process: Int32) -> [String] {
        let directory = "/proc/\(process)/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\($0)") }
    }

    @Test func anInterruptionEndsTheWaitForStandardInput() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let reply = try await hoist.run(["presign", "--content-type", "image/png"]).output
                let file = try directory.file("reply.json", Array(reply.utf8))
                let program = try Binaries.hoist
                // A pipe that nobody writes to, and that stays open.
                let fifo = directory.path("fifo")
                #expect(mkfifo(fifo, 0o600) == 0)
                let command = Command(
                    "bash",
                    ["-c", "exec 3<>'\(fifo)'; echo ready >&2; exec '\(program)' put - --presigned '\(file)' <&3"])
                let (_, finished) = try await command.withRunning { running in
                    for await line in running.errors where line == "ready" { break }
                    // Until hoist has its unnamed file: from then on it reads standard input.
                    while !openFiles(of: running.processID).contains(where: { $0.hasSuffix("(deleted)") }) {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    try running.signal(SIGTERM)
                }
                let run = Run(finished)
                #expect(run.exit == .code(143))
                #expect(run.record.error.text("code") == "interrupted")
                #expect(run.record.text("id") != nil)
            }
        }
    }

    @Test func oneUnusableReplyFailsItsOwnFileOnly() async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            let run = try await put(
                [Media.shot, Media.photo], input: #"{"id":"x"}"# + "\n" + #"{"url":"\#(server.baseURL)/y"}"#)
            #expect(run.exit == .code(76))
            #expect(run.records.map(\.isOK) == [false, true])
        }
    }

    @Test(arguments: [
        #"{"url":"u","headers":["http://h/?X-Amz-Signature=SECRET"]}"#,
        #"{"url":"u","headers":[{"name":"Authorization","value":"Bearer SECRET"}]}"#,
        #"{"url":"u","method":"SECRET"}"#, #"{"url":"u","SECRET"}"#,
    ])
    func whatIsNotUnderstoodIsNotShown(reply: String) async throws {
        let run = try await put([Media.shot], input: reply)
        #expect(run.exit == .code(76))
        #expect(!(run.output + run.errors).contains("SECRET"))
    }

    @Test func aByteOrderMarkNumbersAndNullsAreTaken() async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            let reply =
                "\u{FEFF}" + #"{"url":"\#(server.baseURL)/x","method":null,"headers":{"Content-Length":5274,"X-N":7}}"#
            let run = try await put([Media.shot], input: reply)
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(try await server.heads(1)[0].contains("X-N: 7"))
        }
    }

    @Test func aRedirectToAnotherServerTakesNoCredentialsAlong() async throws {
        try await withRawServer(replies: [Self.ok]) { other in
            let redirect = "HTTP/1.1 307 R\r\nLocation: \(other.baseURL)/there\r\nContent-Length: 0\r\n\r\n"
            try await withRawServer(replies: [redirect]) { server in
                let headers = [
                    "-H", "Authorization: Bearer K", "-H", "Cookie: s=1", "-H", "X-API-Key: K", "-H", "x-amz-acl: a",
                ]
                let run = try await put([Media.shot, "--url", "\(server.baseURL)/x"] + headers)
                #expect(run.exit == .code(0), "\(run.errors)")
                let names = Set(try await other.heads(1)[0].dropFirst().map { $0.prefix { $0 != ":" }.lowercased() })
                #expect(names == ["host", "content-length", "x-amz-acl"])
            }
        }
    }

    @Test(arguments: [
        (400, "ExpiredToken", "The provided token has expired."), (403, "ExpiredRequest", "Request has expired"),
        (403, "AccessDenied", "There were headers present in the request which were not signed"),
    ])
    func storagesOtherWaysToSaySo(status: Int, code: String, message: String) async throws {
        let xml = "<Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
        let reply = "HTTP/1.1 \(status) R\r\nContent-Length: \(xml.utf8.count)\r\n\r\n\(xml)"
        try await withRawServer(replies: [reply]) { server in
            let run = try await put([Media.shot, "--url", "\(server.baseURL)/x", "-H", "X-Sent: 1"])
            #expect(run.exit == .code(77))
            #expect(run.errors.contains(message.contains("signed") ? "X-Sent" : "has expired"))
        }
    }
}
