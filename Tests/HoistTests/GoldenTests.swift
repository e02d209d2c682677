import Foundation
import TestSupport
import Testing

/// The exact header lines of every kind of request, as a raw recorder saw them.
///
/// `HOIST_RECORD=1` writes them anew, and fails, so that a recording is never taken for a passed test.
@Suite struct GoldenTests {
    private static let reply =
        #"{"id":"550e8400-e29b-41d4-a716-446655440000","upload_url":"http://127.0.0.1:1/b/x.mp4?X-Amz-Signature=s","status":"PENDING","required_headers":{"Content-Type":"video/mp4","x-amz-meta-file-id":"550e8400-e29b-41d4-a716-446655440000","x-amz-tagging":"uploader=customer&ttl_days=30"}}"#
    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    private func expectGolden(_ name: String, _ heads: [[String]], port: Int) throws {
        let text =
            heads.map { head in
                head.map { line in
                    line.replacing("127.0.0.1:\(port)", with: "HOST").replacing(
                        /boundary=\S+/, with: "boundary=BOUNDARY")
                }.joined(separator: "\n")
            }.joined(separator: "\n\n") + "\n"
        let file = URL(filePath: #filePath).appending(path: "../Golden/\(name).txt").standardizedFileURL
        if ProcessInfo.processInfo.environment["HOIST_RECORD"] != nil {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(name)")
            return
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        #expect(text == golden)
    }

    private func run(_ arguments: [String], _ server: RawServer, input: String = "") async throws -> Run {
        let environment = [
            "FIGUR_API_KEY": "sk_test_golden", "FIGUR_BASE_URL": server.baseURL, "EACHLABS_API_KEY": "golden-key",
            "EACHLABS_BASE_URL": server.baseURL, "EACHLABS_OWNER": "org-golden",
        ]
        return Run(
            try await Command(try Binaries.hoist, arguments, environment: environment, input: Array(input.utf8)).run())
    }

    @Test func figur() async throws {
        let reply = RawServer.json(#"{"upload_key":"k","image_url":"u"}"#)
        try await withRawServer(replies: [reply]) { server in
            #expect(try await run(["upload", Media.shot, "--to", "figur"], server).exit == .code(0))
            try expectGolden("figur", try await server.heads(1), port: server.port)
        }
    }

    @Test func initiate() async throws {
        try await withRawServer(replies: [RawServer.json(Self.reply)]) { server in
            #expect(try await run(["presign", Media.clip, "--probe", "off"], server).exit == .code(0))
            try expectGolden("initiate", try await server.heads(1), port: server.port)
        }
    }

    @Test func put() async throws {
        try await withRawServer(replies: [Self.ok]) { server in
            let reply = Self.reply.replacing("127.0.0.1:1/", with: "127.0.0.1:\(server.port)/")
            #expect(try await run(["put", Media.clip], server, input: reply).exit == .code(0))
            try expectGolden("put", try await server.heads(1), port: server.port)
        }
    }

    @Test func putOfALargeFile() async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.sparseFile("large.bin", bytes: (1 << 20) + 1)
            try await withRawServer(replies: [Self.ok]) { server in
                #expect(try await run(["put", file, "--url", "\(server.baseURL)/x"], server).exit == .code(0))
                try expectGolden("put-large", try await server.heads(1), port: server.port)
            }
        }
    }

    @Test func status() async throws {
        let id = "550e8400-e29b-41d4-a716-446655440000"
        try await withRawServer(replies: [RawServer.json(#"{"id":"\#(id)","status":"COMPLETED"}"#)]) { server in
            #expect(try await run(["status", id], server).exit == .code(0))
            try expectGolden("status", try await server.heads(1), port: server.port)
        }
    }
}
