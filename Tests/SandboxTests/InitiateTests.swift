import Foundation
import TestSupport
import Testing

@Suite struct InitiateTests {
    @Test func repliesAsDocumented() async throws {
        try await withSandbox("--url-lifetime", "600") { sandbox in
            let reply = try await sandbox.initiate(
                """
                {"owner":"org-your-org-id","uploader":"customer","file_type":"audio","content_type":"audio/mp4",
                 "audio_duration_seconds":1008.32}
                """
            )
            #expect(reply.status == 200)
            let fields = try #require(JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any])
            #expect(
                fields.keys.sorted() == [
                    "expires_at", "id", "public_url", "required_headers", "status", "upload_url",
                ]
            )
            let upload = try JSONDecoder().decode(Initiated.self, from: Data(reply.body))
            #expect(UUID(uuidString: upload.id) != nil)
            #expect(upload.status == "PENDING")
            #expect(upload.public_url == "\(sandbox.eachLabsBaseURL)/storage/uploads/\(upload.id).m4a")
            #expect(upload.upload_url.hasPrefix("\(upload.public_url)?X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
            #expect(upload.upload_url.contains("&X-Amz-Expires=600&"))
            #expect(upload.upload_url.contains(/&X-Amz-Date=\d{8}T\d{6}Z&/))
            #expect(upload.upload_url.contains(/&X-Amz-Signature=[0-9a-f]{64}$/))
            let expiry = try Date(upload.expires_at, strategy: .iso8601)
            #expect(abs(expiry.timeIntervalSinceNow - 30 * 86_400) < 60)
            #expect(
                upload.required_headers == [
                    "Content-Type": "audio/mp4",
                    "x-amz-meta-file-id": upload.id,
                    "x-amz-meta-expires-at": upload.expires_at,
                    "x-amz-meta-audio-duration-seconds": "1008.32",
                    "x-amz-tagging": "uploader=customer&ttl_days=30",
                ]
            )
        }
    }

    @Test func namesVideoPropertiesAndDefaults() async throws {
        try await withSandbox { sandbox in
            let upload = try await sandbox.initiated(
                """
                {"owner":"org-1","uploader":"customer","file_type":"video","video_duration_seconds":12,
                 "video_bitrate_kbps":4800.5,"callback_url":"https://example.com/hook"}
                """
            )
            #expect(upload.required_headers["Content-Type"] == "application/octet-stream")
            #expect(upload.required_headers["x-amz-meta-video-duration-seconds"] == "12")
            #expect(upload.required_headers["x-amz-meta-video-bitrate-kbps"] == "4800.5")
            let status = try await sandbox.status(upload.id)
            #expect(status["file_type"] == "video")
            #expect(status["status"] == "PENDING")
            #expect(status["size_bytes"] == nil)
        }
    }

    /// Fields put in place of, or next to, those of a good request.
    @Test(arguments: [
        ("owner", "null"), ("owner", "\"acme\""), ("owner", "\"org-\""), ("owner", "7"), ("uploader", "\"me\""),
        ("uploader", "null"), ("file_type", "\"text\""), ("file_type", "null"), ("content_type", "\"mp4\""),
        ("content_type", "\"video/\""), ("content_type", "\"video/mp4; \""), ("content_type", "\"vi deo/mp4\""),
        ("content_type", "\"a/b\\r\\nx: y\""), ("audio_duration_seconds", "1"), ("video_bitrate_kbps", "1"),
        ("video_duration_seconds", "1"), ("callback_url", "\"ftp://example.com/\""), ("callback_url", "\"hook\""),
        ("callback_url", "1"), ("colour", "\"red\""),
    ])
    func namesTheFieldThatIsWrong(field: String, value: String) async throws {
        try await withSandbox { sandbox in
            let good = ["owner": "\"org-1\"", "uploader": "\"customer\""]
            let fields = good.merging([field: value]) { _, wrong in wrong }
            let body = fields.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
            let reply = try await sandbox.initiate("{\(body)}")
            #expect(reply.status == 400)
            #expect(reply["status"] == "400")
            #expect(reply["code"] == "BAD_REQUEST")
            #expect(reply["request_id"]?.count == 32)
            #expect(reply["details.\(field)"] != nil)
        }
    }

    @Test(arguments: [
        ("audio", "audio_duration_seconds", "-1"), ("audio", "audio_duration_seconds", "\"12\""),
        ("audio", "audio_duration_seconds", "true"), ("audio", "video_duration_seconds", "1"),
        ("video", "video_bitrate_kbps", "-0.5"), ("video", "audio_duration_seconds", "1"),
        ("image", "video_duration_seconds", "1"),
    ])
    func checksTheMediaProperties(type: String, field: String, value: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.initiate(
                "{\"owner\":\"org-1\",\"uploader\":\"customer\",\"file_type\":\"\(type)\",\"\(field)\":\(value)}"
            )
            #expect(reply.status == 400)
            #expect(reply["details.\(field)"] != nil)
        }
    }

    @Test(arguments: [#"{"uploader":"customer"}"#, #"{"owner":"org-1"}"#, "[]", "{", "", "\"x\""])
    func wantsAnObjectWithTheRequiredFields(body: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await sandbox.initiate(body)
            #expect(reply.status == 400)
            #expect(reply["code"] == "BAD_REQUEST")
        }
    }

    @Test(arguments: [
        ([], 401), (["-H", "X-API-Key: wrong"], 401), (["-H", "Authorization: Bearer sandbox-key"], 400),
        (["-H", "X-API-Key: sandbox-key", "-H", "Authorization: Bearer sk_test_sandbox"], 400),
        (["-H", "X-API-Key: sandbox-key", "-H", "X-API-Key: sandbox-key"], 401),
    ])
    func checksTheKey(headers: [String], status: Int) async throws {
        try await withSandbox { sandbox in
            let url = "\(sandbox.eachLabsBaseURL)/api/v1/uploads"
            let json = ["-H", "Content-Type: application/json", "-d", Sandbox.upload]
            for reply in [
                try await curl(url, headers + json),
                try await curl("\(url)/550e8400-e29b-41d4-a716-446655440000", headers),
            ] {
                #expect(reply.status == status)
                #expect(reply["code"] == (status == 401 ? "UNAUTHORIZED" : "BAD_REQUEST"))
            }
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded"])
    func wantsJSON(type: String) async throws {
        try await withSandbox { sandbox in
            let reply = try await curl(
                "\(sandbox.eachLabsBaseURL)/api/v1/uploads",
                ["-H", "X-API-Key: \(sandbox.eachLabsKey)", "-H", "Content-Type: \(type)", "-d", Sandbox.upload]
            )
            #expect(reply.status == 400)
        }
    }

    @Test func takesACharset() async throws {
        try await withSandbox { sandbox in
            let reply = try await curl(
                "\(sandbox.eachLabsBaseURL)/api/v1/uploads",
                [
                    "-H", "X-API-Key: \(sandbox.eachLabsKey)", "-d", Sandbox.upload,
                    "-H", "Content-Type: application/json; charset=utf-8",
                ]
            )
            #expect(reply.status == 200)
        }
    }
}
