import Foundation
import TestSupport
import Testing

/// each::labs API v1 through hoist, and `hoist delete`.
@Suite struct DeleteTests {
    private static let to = ["--to", "eachlabs-v1"]

    @Test func uploadsKeepTheFileAsLongAsIsSaid() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["upload", Media.shot, "--expires-in", "7d"] + Self.to)
            #expect(run.exit == .code(0))
            let requests = try await hoist.sandbox.requests()
            #expect(requests.map(\.kind) == ["presign", "put"])
            #expect(
                requests[0].body == #"{"content_type":"image/png","file_type":"image","expires_in_seconds":604800}"#)
            #expect(requests[0].values("authorization") == ["Bearer \(hoist.sandbox.eachLabsKey)"])
            #expect(requests[1].values("content-type") == ["image/png"])
            #expect(requests[1].values("authorization") == [] && requests[1].values("x-api-key") == [])
            let url = try #require(run.record.text("public_url"))
            #expect(try await Command("curl", ["-sf", url]).run().outputBytes == Array(Media.bytes(Media.shot)))
        }
    }

    @Test(arguments: [("59s", "from 60 to"), ("366d", "from 60 to"), ("soon", "a time such as")])
    func aTimeThatTheServiceWouldNotTakeIsRefusedHere(_ time: String, _ says: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["upload", Media.shot, "--expires-in", time] + Self.to)
            #expect(run.exit == .code(64))
            #expect(run.errors.contains(says))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test func presignedURLsArePutWithTheTypeThatWasNotAmongTheHeaders() async throws {
        try await withHoist { hoist in
            let presigned = try await hoist.run(["presign", Media.clip] + Self.to)
            #expect(presigned.exit == .code(0))
            let put = try await hoist.run(["put", Media.clip], input: Array(presigned.output.utf8))
            #expect(put.exit == .code(0))
            #expect(try await hoist.sandbox.requests().last?.values("content-type") == ["video/mp4"])
        }
    }

    @Test func deletesAndSaysWhatItDid() async throws {
        try await withHoist { hoist in
            let id = try #require(try await hoist.run(["upload", Media.shot] + Self.to).record.text("id"))
            // Until it is processed the service says 409, which is tried again.
            let first = try await hoist.run(["delete", id] + Self.to)
            #expect(first.exit == .code(0))
            #expect(first.record.text("id") == id && first.record.text("outcome") == "deleted")
            let second = try await hoist.run(["delete", id, "550e8400-e29b-41d4-a716-446655440000"] + Self.to)
            #expect(second.exit == .code(0))
            #expect(second.records.count == 2)
        }
    }

    @Test func whatIsBeingProcessedIsTriedAgainAsTemporary() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"delete","action":"reply","status":409,"body":"{\"error\":\"still processing\"}","count":null}"#
            )
            let run = try await hoist.run(
                ["delete", "550e8400-e29b-41d4-a716-446655440000", "--retries", "1"] + Self.to)
            #expect(run.exit == .code(75))
            #expect(run.record.error["retryable"] as? Bool == true)
            #expect(run.record.error.text("message")?.contains("still processing") == true)
            #expect(try await hoist.sandbox.requests().count > 1)
        }
    }

    @Test func somebodyElsesFileIs69AndAServiceWithoutDeleteIs64() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"delete","action":"reply","status":404,"body":"{\"error\":\"not in your organisation\"}"}"#)
            let other = try await hoist.run(["delete", "550e8400-e29b-41d4-a716-446655440000"] + Self.to)
            #expect(other.exit == .code(69))
            let none = try await hoist.run(["delete", "x", "--to", "figur"])
            #expect(none.exit == .code(64))
            #expect(none.errors.contains("no way to delete"))
        }
    }

    @Test func theReasonOfAFailureReachesMessageAndRecord() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"put","action":"processing_fails","reason":"the codec is not supported"}"#)
            let run = try await hoist.run([
                "upload", Media.clip, "--to", "each::labs", "--wait", "--wait-interval", "50ms...50ms",
            ])
            #expect(run.exit == .code(69))
            #expect(run.record.text("status") == "ERROR")
            #expect(run.record.text("status_reason") == "the codec is not supported")
            #expect(run.errors.contains("its status is ERROR (the codec is not supported)"))
        }
    }

    @Test func aKeyAloneMeansVersion1AndAnOwnerTheStorage() async throws {
        try await withHoist { hoist in
            let alone = hoist.with(["FIGUR_API_KEY": nil, "EACHLABS_OWNER": nil])
            let first = try await alone.upload(Media.shot)
            #expect(first.record.text("service") == "eachlabs-v1")
            #expect(first.errors.contains("using eachlabs-v1: EACHLABS_API_KEY is set"))
            let second = try await alone.upload(Media.shot, "--owner", "org-1")
            #expect(second.record.text("service") == "eachlabs")
            #expect(second.errors.contains("using eachlabs: EACHLABS_API_KEY and owner are set"))
            #expect(try await alone.upload(Media.shot, "--quiet").errors.isEmpty)
        }
    }
}
