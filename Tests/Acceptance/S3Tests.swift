import Foundation
import TestSupport
import Testing

/// `hoist put` to a server that checks SigV4 signatures, with URLs that boto3 presigned.
@Suite(.s3Server) struct S3Tests {
    private static let metadata = ["file-id": "550e8400", "note": "a b,c;d=e&f", "expires-at": "2026-09-01T10:00:00Z"]
    private static let tagging = "uploader=customer&ttl_days=30"

    private func put(_ files: [String], reply: String, _ options: [String] = []) async throws -> Finished {
        try await Command(
            try Binaries.hoist, ["put"] + files + options, input: Array(reply.utf8), timeLimit: .seconds(120)
        )
        .run()
    }

    private func error(_ finished: Finished) throws -> [String: Any] {
        let record = try JSONSerialization.jsonObject(with: Data(finished.outputBytes)) as? [String: Any]
        return record?["error"] as? [String: Any] ?? [:]
    }

    @Test(arguments: [1, 65_535, 65_536, 65_537, 5 << 20, 300 << 20])
    func storesBytesMetadataAndTags(bytes: Int) async throws {
        try await withTemporaryDirectory { directory in
            let s3 = try S3.running()
            let key = "sizes/\(bytes).mp4"
            let file = directory.path("noise.mp4")
            _ = try await Command(
                "dd", ["if=/dev/urandom", "of=\(file)", "bs=1M", "iflag=count_bytes", "count=\(bytes)"]
            )
            .run()
            let reply = try await s3.presign(key, metadata: Self.metadata, tagging: Self.tagging)
            let finished = try await put([file], reply: reply)
            #expect(finished.exit == .code(0), "\(finished.errors)")
            let stored = try #require(try await s3.object(key))
            let digest = try await sha256(of: file)
            #expect(stored.sha256 == digest)
            #expect(stored.bytes == bytes)
            #expect(stored.content_type == "video/mp4")
            #expect(stored.metadata == Self.metadata)
            #expect(stored.tags == ["uploader": "customer", "ttl_days": "30"])
        }
    }

    @Test func anEmptyFileIsStoredWhereStorageTakesIt() async throws {
        try await withTemporaryDirectory { directory in
            let s3 = try S3.running()
            let finished = try await put([try directory.file("empty", [])], reply: try await s3.presign("empty"))
            #expect(finished.exit == .code(0), "\(finished.errors)")
            #expect(try await s3.object("empty")?.bytes == 0)
        }
    }

    @Test(arguments: [
        "a b.mp4", "plus+and&and=.mp4", "quote\"'.mp4", "naïve 写真 🖼.mp4", "per%cent.mp4", "semi;colon,comma.mp4",
        "dot..dot/.x.mp4", "tilde~(par)*.mp4", "hash#question?.mp4",
    ])
    func awkwardKeysArriveUnderTheirNames(key: String) async throws {
        try await withTemporaryDirectory { directory in
            let s3 = try S3.running()
            let file = try directory.file("x.mp4", Array(key.utf8))
            let finished = try await put([file], reply: try await s3.presign("names/" + key))
            #expect(finished.exit == .code(0), "\(finished.errors)")
            #expect(try await s3.object("names/" + key)?.bytes == key.utf8.count)
        }
    }

    @Test(arguments: ["dropped", "altered", "type", "query"])
    func whatIsNotAsItWasSignedIsASignatureMismatch(how: String) async throws {
        try await withTemporaryDirectory { directory in
            let s3 = try S3.running()
            let reply = try await s3.presign("altered/\(how)", metadata: Self.metadata, tagging: Self.tagging)
            let altered =
                switch how {
                case "dropped": reply.replacing(#""x-amz-meta-file-id": "550e8400", "#, with: "")
                case "altered": reply.replacing("550e8400", with: "550e8401")
                case "type": reply.replacing(#""Content-Type": "video/mp4""#, with: #""Content-Type": "video/webm""#)
                default: reply.replacing("X-Amz-Expires=900", with: "X-Amz-Expires=901")
                }
            #expect(altered != reply)
            let finished = try await put([try directory.file("x.mp4", [1, 2, 3])], reply: altered)
            #expect(finished.exit == .code(77))
            let error = try error(finished)
            #expect(error["code"] as? String == "SignatureDoesNotMatch")
            #expect(error["http_status"] as? Int == 403)
            #expect(finished.errors.contains("x-amz-tagging"), "it says which headers were sent")
            #expect(try await s3.object("altered/\(how)") == nil)
        }
    }

    @Test func anAddedHeaderIsRefused() async throws {
        try await withTemporaryDirectory { directory in
            let s3 = try S3.running()
            let reply = try await s3.presign("added", metadata: Self.metadata)
            let added = reply.replacing(#""Content-Type""#, with: #""x-amz-acl": "public-read", "Content-Type""#)
            let finished = try await put([try directory.file("x.mp4", [1, 2, 3])], reply: added)
            #expect(finished.exit == .code(77))
            #expect(try await s3.object("added") == nil)
        }
    }

    @Test func anExpiredURLIsRecognisedFromTheReplyToo() async throws {
        try await withTemporaryDirectory { directory in
            let s3 = try S3.running()
            let file = try directory.file("x.mp4", [1, 2, 3])
            let reply = try await s3.presign("expired", expires: 1)
            // Until storage itself says so: its clock decides, and it counts whole seconds.
            var finished = try await put([file], reply: reply, ["--no-expiry-check"])
            let deadline = ContinuousClock.now + .seconds(20)
            while finished.exit == .code(0), ContinuousClock.now < deadline {
                finished = try await put([file], reply: reply, ["--no-expiry-check"])
            }
            #expect(finished.exit == .code(77))
            #expect(try error(finished)["code"] as? String == "AccessDenied")
            #expect(finished.errors.contains("has expired"))
        }
    }

    @Test func severalFilesOfOnePresignersReplies() async throws {
        try await withTemporaryDirectory { directory in
            let s3 = try S3.running()
            var replies = ""
            var files: [String] = []
            for number in 1...5 {
                replies += try await s3.presign("several/\(number)") + "\n"
                files.append(try directory.file("\(number).mp4", Array(repeating: UInt8(number), count: number * 1000)))
            }
            let finished = try await put(files, reply: replies)
            #expect(finished.exit == .code(0), "\(finished.errors)")
            for number in 1...5 {
                #expect(try await s3.object("several/\(number)")?.bytes == number * 1000)
            }
        }
    }
}
