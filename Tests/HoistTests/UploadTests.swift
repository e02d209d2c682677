import Foundation
import TestSupport
import Testing

@Suite struct UploadTests {
    @Test(arguments: [(Media.shot, "image/png"), (Media.photo, "image/jpeg"), (Media.picture, "image/webp")])
    func figurStoresTheSameBytes(file: String, type: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(file, "--to", "figur")
            #expect(run.exit == .code(0))
            #expect(run.errors.isEmpty)
            let record = run.record
            #expect(record.isOK == true)
            #expect(record.text("file") == file)
            #expect(record.text("service") == "figur")
            #expect(record.text("content_type") == type)
            #expect(record.text("file_type") == "image")
            #expect(record.number("bytes") == Media.bytes(file).count)
            #expect(record.number("attempts") == 1)
            #expect(record.text("upload_key")?.isEmpty == false)
            #expect(try await fetch(record.text("image_url") ?? "") == Media.bytes(file))
        }
    }

    @Test(arguments: [
        (Media.clip, "video/mp4", "video"), (Media.shot, "image/png", "image"), (Media.tone, "audio/mp4", "audio"),
    ])
    func eachLabsStoresTheSameBytes(file: String, type: String, kind: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(file, "--to", "eachlabs")
            #expect(run.exit == .code(0))
            let record = run.record
            #expect(record.text("content_type") == type)
            #expect(record.text("file_type") == kind)
            #expect(record.text("id").flatMap(UUID.init(uuidString:)) != nil)
            #expect(record.text("status") == "PENDING")
            #expect(record["upload_url"] == nil, "the signature is a secret while it lives")
            #expect(try await fetch(record.text("public_url") ?? "") == Media.bytes(file))
        }
    }

    @Test func initiateSaysAllThatIsKnown() async throws {
        try await withHoist { hoist in
            let options = ["--video-duration", "12.5", "--video-bitrate", "800", "--owner", "org-x"]
            let callback = ["--callback-url", "\(hoist.sandbox.eachLabsBaseURL)/hook"]
            let run = try await hoist.run(["upload", Media.clip, "--to", "eachlabs"] + options + callback)
            #expect(run.exit == .code(0))
            let seen = try await hoist.sandbox.requests()
            let body = try #require(seen.first { $0.kind == "initiate" }?.body)
            let sent = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
            #expect(sent.text("owner") == "org-x")
            #expect(sent.text("uploader") == "customer")
            #expect(sent.text("file_type") == "video")
            #expect(sent.text("content_type") == "video/mp4")
            #expect(sent["video_duration_seconds"] as? Double == 12.5)
            #expect(sent["video_bitrate_kbps"] as? Double == 800)
            #expect(sent.text("callback_url") == callback[1])
            #expect(sent.count == 7)
        }
    }

    @Test func putCarriesTheRequiredHeadersAndNoKey() async throws {
        try await withHoist { hoist in
            #expect(
                try await hoist.upload(Media.tone, "--to", "eachlabs", "--audio-duration", "1008.32").exit == .code(0))
            let put = try #require(try await hoist.sandbox.requests().first { $0.kind == "put" })
            let names = Set(put.headers.map { $0.name.lowercased() })
            #expect(
                names == [
                    "host", "content-type", "content-length", "x-amz-meta-file-id", "x-amz-meta-expires-at",
                    "x-amz-meta-audio-duration-seconds", "x-amz-tagging",
                ])
            #expect(put.values("content-type") == ["audio/mp4"])
            #expect(put.values("x-amz-meta-audio-duration-seconds") == ["1008.32"])
            #expect(put.values("x-amz-tagging") == ["uploader=customer&ttl_days=30"])
        }
    }

    @Test func severalFilesGiveOneRecordEachInOrder() async throws {
        try await withHoist { hoist in
            let files = [Media.shot, "/nowhere/a.png", Media.loop, Media.photo, Media.shot]
            let run = try await hoist.run(["upload", "--to", "figur", "--progress", "none"] + files)
            let records = run.records
            #expect(records.map { $0.text("file") } == files)
            #expect(records.map(\.isOK) == [true, false, false, true, true])
            #expect(run.exit == .code(1), "failed in different ways")
            #expect(run.errorLines.count == 2)
        }
    }

    @Test func theServiceIsTheOneNamedOrTheOnlyOneWithAKey() async throws {
        try await withHoist { hoist in
            let onlyFigur = hoist.with(["EACHLABS_API_KEY": nil])
            #expect(try await onlyFigur.upload(Media.shot).record.text("service") == "figur")
            let named = hoist.with(["HOIST_TO": "eachlabs"])
            #expect(try await named.upload(Media.shot).record.text("service") == "eachlabs")
            #expect(try await named.upload(Media.shot, "--to", "figur").record.text("service") == "figur")
            let both = try await hoist.upload(Media.shot)
            #expect(both.exit == .code(64))
            #expect(both.errors.contains("figur") && both.errors.contains("eachlabs"))
        }
    }

    /// What browsers send (WHATWG HTML): quotes and line breaks percent-encoded, everything else as it is.
    @Test(arguments: [
        ("a \"b\"\r\n.png", "a %22b%22%0D%0A.png"), ("back\\slash.png", "back\\slash.png"),
        ("naïve 写真 🖼.png", "naïve 写真 🖼.png"), ("semi;colon=1.png", "semi;colon=1.png"), ("100%.png", "100%.png"),
        ("x\"; name=\"evil.png", "x%22; name=%22evil.png"),
    ])
    func fileNamesArriveAndInjectNothing(name: String, expected: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file(name, Media.bytes(Media.shot))
                let run = try await hoist.upload(file, "--to", "figur")
                #expect(run.exit == .code(0))
                #expect(run.lines.count == 1)
                let seen = try #require(try await hoist.sandbox.requests().first { $0.kind == "figur" })
                let form = try Data(contentsOf: URL(filePath: try #require(seen.bodyPath)))
                let head = "Content-Disposition: form-data; name=\"file\"; filename=\"\(expected)\"\r\n"
                #expect(form.range(of: Data(head.utf8)) != nil)
            }
        }
    }

    @Test func unknownFieldsOfTheServicePassThrough() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"merge","fields":{"studio":{"b":[1,2.50,null]},"n":12345678901234567890,"ok":false}}"#
            )
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(0))
            #expect(run.output.contains(#""n":12345678901234567890"#))
            let record = run.record
            #expect((record["studio"] as? [String: Any])?["b"] as? [Any] != nil)
            #expect(record.isOK == true, "hoist's own keys are its own")
        }
    }
}
