import Foundation
import TestSupport
import Testing

/// each::labs API v1: presign, PUT, delete.
@Suite struct APIVersion1Tests {
    private func presign(_ sandbox: Sandbox, _ body: String, key: String? = nil) async throws -> Response {
        try await curl(
            "\(sandbox.eachLabsBaseURL)/v1/upload/presign",
            [
                "-H", "Authorization: Bearer \(key ?? sandbox.eachLabsKey)", "-H", "Content-Type: application/json",
                "-d", body,
            ])
    }

    private func delete(_ sandbox: Sandbox, _ id: String) async throws -> Response {
        try await curl(
            "\(sandbox.eachLabsBaseURL)/v1/files/\(id)",
            ["-X", "DELETE", "-H", "Authorization: Bearer \(sandbox.eachLabsKey)"])
    }

    /// The required headers of the reply, and the type beside them.
    private func headers(_ reply: Response, type: String) throws -> [String] {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any])
        let required = try #require(json["required_headers"] as? [String: String])
        #expect(!required.keys.contains("Content-Type"))
        return (required.map { "\($0.key): \($0.value)" } + ["Content-Type: \(type)"]).flatMap { ["-H", $0] }
    }

    private static let content = Array("not really a picture".utf8)

    /// PUTs the content with these options.
    private func put(_ url: String, _ options: [String]) async throws -> Response {
        try await withTemporaryDirectory { directory in
            try await curl(url, ["-T", try directory.file("x.png", Self.content)] + options)
        }
    }

    @Test func aFileIsLiveWhenItsPutReturnsAndCannotBeDeletedWhileItIsProcessed() async throws {
        try await withSandbox("--processing-ms", "600000") { sandbox in
            let reply = try await presign(sandbox, #"{"content_type":"image/png","file_type":"image"}"#)
            #expect(reply.status == 200)
            let (id, url) = (try #require(reply["id"]), try #require(reply["presigned_url"]))
            #expect(try await put(url, try headers(reply, type: "image/png")).status == 200)
            let publicURL = try #require(reply["public_url"])
            #expect(try await curl(publicURL).body == Self.content)
            #expect(try await delete(sandbox, id).status == 409)
            #expect(try await curl(publicURL).body == Self.content)
        }
    }

    @Test func aFileCanBeDeletedOnceItIsProcessed() async throws {
        try await withSandbox("--processing-ms", "50") { sandbox in
            let reply = try await presign(sandbox, #"{"content_type":"image/png","file_type":"image"}"#)
            let (id, url) = (try #require(reply["id"]), try #require(reply["presigned_url"]))
            #expect(try await put(url, try headers(reply, type: "image/png")).status == 200)
            let publicURL = try #require(reply["public_url"])
            // 204 comes with the end of the processing; the deadline only bounds a broken sandbox.
            let deadline = ContinuousClock.now + .seconds(60)
            var deleted = try await delete(sandbox, id)
            while deleted.status == 409, ContinuousClock.now < deadline { deleted = try await delete(sandbox, id) }
            #expect(deleted.status == 204 && deleted.body.isEmpty)
            #expect(try await curl(publicURL).status == 404)
            #expect(try await delete(sandbox, id).status == 204, "what is gone already")
        }
    }

    @Test func thePutNeedsTheType() async throws {
        try await withSandbox { sandbox in
            let reply = try await presign(sandbox, #"{"content_type":"image/png"}"#)
            let url = try #require(reply["presigned_url"])
            let without = Array(try headers(reply, type: "image/png").dropLast(2)) + ["-H", "Content-Type:"]
            #expect(try await put(url, without).status == 403)
        }
    }

    @Test(arguments: [
        (#"{}"#, 400), (#"{"content_type":"png"}"#, 400), (#"{"content_type":"image/png","owner":"org-1"}"#, 400),
        (#"{"content_type":"image/png","file_type":"picture"}"#, 400),
        (#"{"content_type":"image/png","expires_in_seconds":"7d"}"#, 400), ("[]", 400),
    ])
    func whatBreaksTheContractIsRefused(_ body: String, _ status: Int) async throws {
        try await withSandbox { sandbox in
            let reply = try await presign(sandbox, body)
            #expect(reply.status == status)
            #expect(reply["error"]?.isEmpty == false)
        }
    }

    @Test func aWrongKeyIs401AndAnEmptyObject() async throws {
        try await withSandbox { sandbox in
            let reply = try await presign(sandbox, #"{"content_type":"image/png"}"#, key: "another-key")
            #expect(reply.status == 401 && reply.text == "{}")
            #expect(try await delete(sandbox, "no-uuid").status == 400)
        }
    }
}
