import Foundation
import TestSupport
import Testing

/// What is refused before anything is sent, or while it is sent.
@Suite struct InputTests {
    private func expectRefusal(
        _ run: Run, code: Int32, error: String, on sandbox: Sandbox, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(run.exit == .code(code), sourceLocation: sourceLocation)
        let record = run.record
        #expect(record.isOK == false, sourceLocation: sourceLocation)
        #expect(record.number("attempts") == 0, sourceLocation: sourceLocation)
        #expect(record.error.text("code") == error, sourceLocation: sourceLocation)
        #expect(record.error["http_status"] is NSNull, sourceLocation: sourceLocation)
        #expect(run.errorLines.filter { !$0.contains("warning") }.count == 1, sourceLocation: sourceLocation)
        #expect(try await sandbox.requests().isEmpty, "nothing may be sent", sourceLocation: sourceLocation)
    }

    @Test func missingFile() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("/nowhere/shot.png", "--to", "figur")
            try await expectRefusal(run, code: 66, error: "not_found", on: hoist.sandbox)
        }
    }

    @Test func directory() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("/", "--to", "figur")
            try await expectRefusal(run, code: 66, error: "not_a_regular_file", on: hoist.sandbox)
            #expect(run.errors.contains("directory"))
        }
    }

    @Test func fifoDoesNotHang() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = directory.path("pipe.png")
                #expect(mkfifo(path, 0o600) == 0)
                let run = try await hoist.upload(path, "--to", "figur")
                try await expectRefusal(run, code: 66, error: "not_a_regular_file", on: hoist.sandbox)
            }
        }
    }

    @Test func unreadableFile() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.file("secret.png", Media.bytes(Media.shot))
                #expect(chmod(path, 0) == 0)
                var command = try hoist.command(["upload", path, "--to", "figur"])
                if geteuid() == 0 {
                    // Root reads everything: the capability that lets it has to go.
                    command.arguments =
                        ["--bounding-set=-all", "--inh-caps=-all", "--", command.program] + command.arguments
                    command.program = "setpriv"
                }
                let run = Run(try await command.run())
                try await expectRefusal(run, code: 66, error: "not_readable", on: hoist.sandbox)
            }
        }
    }

    @Test(arguments: ["figur", "eachlabs"])
    func emptyFile(service: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let run = try await hoist.upload(directory.file("empty.png", []), "--to", service)
                try await expectRefusal(run, code: 65, error: "empty_file", on: hoist.sandbox)
            }
        }
    }

    @Test func tooLargeForFigur() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.file("large.png", Media.bytes(Media.shot))
                #expect(truncate(path, 26 << 20) == 0)
                let run = try await hoist.upload(path, "--to", "figur")
                try await expectRefusal(run, code: 65, error: "too_large", on: hoist.sandbox)
                #expect(truncate(path, 25 << 20) == 0)
                #expect(try await hoist.upload(path, "--to", "figur").exit == .code(0), "25 MiB are within the limit")
            }
        }
    }

    @Test func tooLargeForOnePut() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.sparseFile("film.bin", bytes: (5 << 30) + 1)
                let run = try await hoist.upload(path, "--to", "eachlabs")
                try await expectRefusal(run, code: 65, error: "too_large", on: hoist.sandbox)
            }
        }
    }

    @Test func gifToFigur() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.loop, "--to", "figur")
            try await expectRefusal(run, code: 65, error: "unsupported_type", on: hoist.sandbox)
            #expect(run.errors.contains("JPEG, PNG or WebP, not GIF; convert it first: convert \(Media.loop)"))
        }
    }

    @Test func theContentDecidesNotTheName() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.file("shot.jpg", Media.bytes(Media.shot))
                let run = try await hoist.upload(path, "--to", "figur")
                #expect(run.exit == .code(0))
                let record = run.record
                #expect(record.text("content_type") == "image/png")
                #expect((record["warnings"] as? [String])?.count == 1)
                #expect(run.errors.contains("warning: \(path): named .jpg but contains PNG; sending as image/png"))
                #expect(try await hoist.upload(path, "--to", "figur", "--quiet").errors.isEmpty)
            }
        }
    }

    @Test func proseIsNoTable() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("prose.txt", Array("Hello, world\nGoodbye, moon\nWell, then\n".utf8))
                let run = try await hoist.run(["inspect", file])
                #expect(run.record.text("content_type") == "text/plain")
            }
        }
    }

    /// libmagic stops following, and calls it an error; nothing was unreadable.
    @Test func contentThatNestsTooDeepIsNotUnreadable() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let tag: [UInt8] = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 0]
                let file = try directory.file("chain.mp3", Array(repeatElement(tag, count: 10_000).joined()))
                let run = try await hoist.run(["inspect", file, "--probe", "off"])
                #expect(run.exit == .code(0), "\(run.errors)")
            }
        }
    }

    @Test func aSymbolicLinkIsFollowed() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                #expect(symlink(Media.shot, directory.path("link.png")) == 0)
                let run = try await hoist.upload(directory.path("link.png"), "--to", "figur")
                #expect(run.record.text("content_type") == "image/png")
            }
        }
    }

    @Test func overridesCount() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                Media.shot, "--to", "eachlabs", "--content-type", "Video/X-Test; v=1", "--file-type", "video",
                "--video-duration", "3")
            #expect(run.exit == .code(0))
            let put = try #require(try await hoist.sandbox.requests().first { $0.kind == "put" })
            #expect(put.values("content-type") == ["video/x-test; v=1"])
            let record = run.record
            #expect(record.text("file_type") == "video")
        }
    }

    /// libcurl would send the first part and report success (measured).
    @Test(arguments: ["30M", "10M"])
    func changedWhileSent(size: String) async throws {
        try await withTemporaryDirectory { directory in
            let path = try directory.sparseFile("film.bin", bytes: 20 << 20)
            let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            try await withRawServer(replies: [ok], beforeReply: ["truncate", "-s", size, path]) { server in
                let reply = #"{"id":"x-1","url":"\#(server.baseURL)/x"}"#
                let run = Run(try await Command(try Binaries.hoist, ["put", path], input: Array(reply.utf8)).run())
                #expect(run.exit == .code(65))
                #expect(run.record.error.text("code") == "changed_while_sent")
                #expect(run.record.text("id") == "x-1", "a handle that the service gave is never lost")
            }
        }
    }

    /// Size and modification time are as they were, and what was stored is a mixture of both contents.
    @Test(arguments: [
        #"head -c 2097152 /dev/zero | tr '\0' x | dd of="$0" conv=notrunc status=none"#,
        #"fallocate --punch-hole --offset 0 --length 1M "$0""#,
    ])
    func rewrittenWhileSentWithItsTimePutBack(rewrite: String) async throws {
        try await withTemporaryDirectory { directory in
            let path = try directory.file("film.bin", Data(repeating: UInt8(ascii: "a"), count: 2 << 20))
            let script = #"touch -r "$0" "$0.time" && \#(rewrite) && touch -r "$0.time" "$0""#
            let reply = RawServer.json(#"{"upload_key":"k-1","image_url":"https://example.com/i"}"#)
            try await withRawServer(
                replies: [reply, reply], beforeReply: ["bash", "-c", script, path]
            ) { server in
                let presigned = #"{"id":"x-1","url":"\#(server.baseURL)/x"}"#
                let put = Run(try await Command(try Binaries.hoist, ["put", path], input: Array(presigned.utf8)).run())
                #expect(put.exit == .code(65))
                #expect(put.record.error.text("code") == "changed_while_sent")
                #expect(put.record.text("id") == "x-1")
                let picture = try directory.file("shot.png", Media.bytes(Media.shot) + Data(count: 2 << 20))
                _ = try directory.file("film.bin", [])
                #expect(rename(picture, path) == 0)
                let environment = ["FIGUR_API_KEY": "sk-of-a-test", "FIGUR_BASE_URL": server.baseURL]
                let upload = Run(
                    try await Command(
                        try Binaries.hoist, ["upload", path, "--to", "figur"], environment: environment
                    ).run())
                #expect(upload.exit == .code(65))
                #expect(upload.record.error.text("code") == "changed_while_sent")
                #expect(upload.record.text("upload_key") == "k-1", "a handle that the service gave is never lost")
            }
        }
    }

    /// The bytes that libcurl waits for never come: it would wait until the server gives up (measured).
    @Test func cutShortBeforeItIsSent() async throws {
        try await withTemporaryDirectory { directory in
            let path = try directory.sparseFile("film.bin", bytes: 20 << 20)
            let redirect = "HTTP/1.1 307 R\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n"
            try await withRawServer(replies: [redirect], beforeReply: ["truncate", "-s", "1M", path]) { server in
                let reply = #"{"url":"\#(server.baseURL)/x"}"#
                let run = Run(try await Command(try Binaries.hoist, ["put", path], input: Array(reply.utf8)).run())
                #expect(run.exit == .code(65))
            }
        }
    }

    /// Files in /proc have the size 0, and what is read of them: an empty body would be sent, or nothing.
    @Test func aFileThatDoesNotSayItsSizeIsNotEmpty() async throws {
        try await withHoist { hoist in
            let presigned = #"{"url":"\#(hoist.sandbox.eachLabsBaseURL)/x"}"#
            let verbs = [
                ["upload", "--to", "eachlabs"], ["inspect"], ["presign"], ["put", "--no-expiry-check"],
            ]
            for verb in verbs {
                let run = try await hoist.run(verb + ["/proc/self/status"], input: Array(presigned.utf8))
                #expect(run.exit == .code(66))
                #expect(run.record.error.text("code") == "not_a_regular_file")
                #expect(run.errors.contains("cat FILE | hoist upload -"))
            }
            #expect(try await hoist.sandbox.requests().isEmpty)
            // It has fewer bytes than it says, and nobody has changed it.
            let short = try await hoist.run(["put", "/sys/kernel/uevent_seqnum"], input: Array(presigned.utf8))
            #expect(short.exit == .code(66))
            #expect(short.record.error.text("code") == "not_a_regular_file")
            let piped = try await Command(
                "bash", ["-c", "cat /proc/self/status | '\(try Binaries.hoist)' upload - --to eachlabs"],
                environment: hoist.environment
            ).run()
            #expect(piped.exit == .code(0))
        }
    }

    /// File names are bytes; the shell passes them on as they are.
    @Test func aNameThatIsNotUTF8IsFound() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let script = "cp '\(Media.shot)' $'caf\\xe9.png' && '\(try Binaries.hoist)' upload --to figur caf*.png"
                let command = Command(
                    "bash", ["-c", script], environment: hoist.environment, workingDirectory: directory.path)
                let run = Run(try await command.run())
                #expect(run.exit == .code(0))
                #expect(run.record.text("file") == "caf\u{FFFD}.png")
            }
        }
    }
}
