import Foundation
import TestSupport
import Testing

@Suite struct PutTests {
    private static let audio = """
        {"owner":"org-1","uploader":"customer","file_type":"audio","content_type":"audio/mp4","audio_duration_seconds":1}
        """

    static let requiredHeaders = [
        "Content-Type", "x-amz-meta-file-id", "x-amz-meta-expires-at", "x-amz-meta-audio-duration-seconds",
        "x-amz-tagging",
    ]

    /// A sandbox, an initiated audio upload and a small file to go with it.
    private func withUpload(
        _ body: @escaping @Sendable (Sandbox, Initiated, String) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.m4a", Array("not really audio".utf8))
                try await body(sandbox, try await sandbox.initiated(Self.audio), file)
            }
        }
    }

    @Test(arguments: [0, 1, 70_000, 3_000_000])
    func storesTheBytes(count: Int) async throws {
        try await withUpload { sandbox, upload, _ in
            try await withTemporaryDirectory { directory in
                let noise = try #require(FileHandle(forReadingAtPath: "/dev/urandom"))
                let content = try noise.read(upToCount: count) ?? Data()
                let file = try directory.file("a", content)
                let before = try await curl(upload.public_url)
                #expect(before.status == 404)
                #expect(before.text.contains("<Code>NoSuchKey</Code>"))

                let reply = try await sandbox.put(upload, file: file)
                #expect(reply.status == 200)
                #expect(reply.body.isEmpty)
                #expect(reply.header("ETag")?.wholeMatch(of: /"[0-9a-f]{32}"/) != nil)

                let after = try await curl(upload.public_url)
                #expect(after.status == 200)
                #expect(Data(after.body) == content)
                #expect(after.header("Content-Type") == "audio/mp4")
                #expect(try await sandbox.status(upload.id)["size_bytes"] == String(count))
                let seen = try #require(try await sandbox.requests().first { $0.kind == "put" })
                #expect(try Data(contentsOf: URL(filePath: #require(seen.bodyPath))) == content)
            }
        }
    }

    @Test(arguments: requiredHeaders)
    func refusesAMissingHeader(name: String) async throws {
        try await withUpload { sandbox, upload, file in
            let headers = upload.required_headers.filter { $0.key != name }
            #expect(headers.count == Self.requiredHeaders.count - 1)
            let reply = try await sandbox.put(upload, file: file, headers: headers)
            #expect(reply.status == 403)
            #expect(reply.text.contains("<Code>SignatureDoesNotMatch</Code>"))
            #expect(try await sandbox.status(upload.id)["status"] == "PENDING")
        }
    }

    @Test(arguments: requiredHeaders)
    func refusesAnAlteredHeader(name: String) async throws {
        try await withUpload { sandbox, upload, file in
            var headers = upload.required_headers
            headers[name]? += "0"
            let reply = try await sandbox.put(upload, file: file, headers: headers)
            #expect(reply.status == 403)
            #expect(reply.text.contains("<Code>SignatureDoesNotMatch</Code>"))
        }
    }

    @Test(arguments: requiredHeaders)
    func refusesAHeaderSentTwice(name: String) async throws {
        try await withUpload { sandbox, upload, file in
            let value = try #require(upload.required_headers[name])
            let reply = try await sandbox.put(upload, file: file, ["-H", "\(name): \(value)"])
            #expect(reply.status == 403)
            #expect(reply.text.contains("<Code>SignatureDoesNotMatch</Code>"))
        }
    }

    @Test(arguments: ["x-amz-meta-more", "X-Amz-Meta-Video-Bitrate-Kbps", "x-amz-acl", "x-amz-content-sha256"])
    func refusesAnUnsignedHeader(name: String) async throws {
        try await withUpload { sandbox, upload, file in
            let reply = try await sandbox.put(upload, file: file, ["-H", "\(name): 1"])
            #expect(reply.status == 403)
            #expect(reply.header("Content-Type") == "application/xml")
            #expect(reply.text.hasPrefix(#"<?xml version="1.0" encoding="UTF-8"?>"#))
            #expect(reply.text.contains("<Code>AccessDenied</Code>"))
            #expect(reply.text.contains("There were headers present in the request which were not signed"))
            #expect(reply.text.contains("<HeadersNotSigned>\(name.lowercased())</HeadersNotSigned>"))
            #expect(try await sandbox.status(upload.id)["status"] == "PENDING")
        }
    }

    @Test(arguments: ["Authorization: Bearer sk_test_sandbox", "X-API-Key: sandbox-key"])
    func refusesKeys(header: String) async throws {
        try await withUpload { sandbox, upload, file in
            let reply = try await sandbox.put(upload, file: file, ["-H", header])
            #expect(reply.status == 400)
            #expect(reply.text.contains("<Code>InvalidArgument</Code>"))
        }
    }

    @Test(arguments: [
        (#"\?.*"#, "", 403), ("&X-Amz-Signature=.*", "", 403), (".$", "z", 403), ("Expires=900", "Expires=901", 403),
        ("$", "&more=1", 403), ("127.0.0.1", "localhost", 403), ("[0-9a-f].m4a", "z.m4a", 404), (".m4a", ".mp3", 404),
    ])
    func refusesAnotherURL(pattern: String, replacement: String, status: Int) async throws {
        try await withUpload { sandbox, upload, file in
            let url = upload.upload_url.replacing(try Regex(pattern), with: replacement, maxReplacements: 1)
            #expect(url != upload.upload_url)
            let headers = upload.required_headers.flatMap { ["-H", "\($0.key): \($0.value)"] }
            let reply = try await curl(url, ["-T", file] + headers)
            #expect(reply.status == status)
            #expect(reply.text.contains(status == 404 ? "NoSuchKey" : "SignatureDoesNotMatch"))
        }
    }

    @Test func refusesALapsedURL() async throws {
        try await withSandbox("--url-lifetime", "0") { sandbox in
            let reply = try await sandbox.put(try await sandbox.initiated())
            #expect(reply.status == 403)
            #expect(reply.text.contains("<Code>AccessDenied</Code><Message>Request has expired</Message>"))
            #expect(reply.text.contains(/<Expires>\d{4}-.*Z<\/Expires><ServerTime>\d{4}-.*Z<\/ServerTime>/))
        }
    }

    @Test func wantsALength() async throws {
        try await withUpload { sandbox, upload, file in
            let reply = try await sandbox.put(upload, file: file, ["-H", "Transfer-Encoding: chunked"])
            #expect(reply.status == 411)
            #expect(reply.text.contains("<Code>MissingContentLength</Code>"))
        }
    }

    @Test(arguments: [(5 << 30, "SignatureDoesNotMatch"), (5 << 30 + 1, "EntityTooLarge")])
    func takesFiveGibibytes(size: Int, code: String) async throws {
        try await withUpload { sandbox, upload, _ in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("large", bytes: size)
                // Only the one that is too large goes with its headers: the other must not be sent for real.
                let headers = code == "EntityTooLarge" ? upload.required_headers : [:]
                let reply = try await sandbox.put(upload, file: file, headers: headers)
                #expect(reply.text.contains("<Code>\(code)</Code>"))
                let seen = try #require(try await sandbox.requests().last)
                #expect(seen.values("Content-Length") == [String(size)])
                #expect(seen.bodyBytes == 0)
            }
        }
    }

    @Test func sends100ContinueOnlyAfterTheHeadIsAccepted() async throws {
        try await withUpload { sandbox, upload, file in
            let expecting = ["-H", "Expect: 100-continue"]
            let refused = try await sandbox.put(upload, file: file, headers: [:], expecting)
            #expect(refused.status == 403)
            #expect(!refused.heads.contains("100 Continue"))
            let accepted = try await sandbox.put(upload, file: file, expecting)
            #expect(accepted.status == 200)
            #expect(accepted.heads.hasPrefix("HTTP/1.1 100 Continue\r\n"))
        }
    }

    /// A client that looks for a reply only after it has sent everything must find the refusal, not a reset.
    @Test func letsARefusedClientFinish() async throws {
        try await withUpload { sandbox, upload, _ in
            try await withTemporaryDirectory { directory in
                let head = "PUT /storage/uploads/x HTTP/1.1\r\nHost: x\r\nContent-Length: \(20 << 20)\r\n\r\n"
                let body = try directory.sparseFile("body", bytes: 20 << 20)
                let script = "exec 3<>/dev/tcp/127.0.0.1/\(sandbox.port); cat - \(body) >&3 && cat <&3"
                let finished = try await Command("bash", ["-c", script], input: Array(head.utf8)).run()
                #expect(finished.exit == .code(0))
                #expect(finished.output.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
            }
        }
    }

    /// Without `Expect` the client is in the middle of its body when the refusal comes.
    @Test func refusesBeforeTheBodyIsRead() async throws {
        try await withUpload { sandbox, upload, _ in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("large", bytes: 300 << 20)
                let reply = try await sandbox.put(upload, file: file, headers: [:], ["-H", "Expect:"])
                #expect(reply.status == 403)
                #expect(reply.header("Connection") == "close")
                #expect(try await sandbox.requests().last?.bodyBytes == 0)
            }
        }
    }

    @Test func storesNothingOfABodyThatBreaksOff() async throws {
        try await withUpload { sandbox, upload, _ in
            let target = upload.upload_url.dropFirst(sandbox.eachLabsBaseURL.count)
            let headers = upload.required_headers.map { "\($0.key): \($0.value)\r\n" }.joined()
            let head =
                "PUT \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(sandbox.port)\r\nContent-Length: 10\r\n\(headers)\r\n"
            try await sandbox.sendAndHangUp(head + "12345")
            let seen = try #require(try await sandbox.wait(on: "put", ended: 1).last)
            #expect(seen.bodyBytes == 5)
            #expect(seen.status == nil)
            #expect(try await sandbox.status(upload.id)["status"] == "UPLOADING")
            #expect(try await curl(upload.public_url).status == 404)
        }
    }
}
