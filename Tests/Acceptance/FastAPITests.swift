import Foundation
import TestSupport
import Testing

/// `hoist upload` to Figur's own framework, with the contract's schema.
@Suite struct FastAPITests {
    struct Server: Decodable, Sendable {
        let base_url: String
        let key: String
    }

    struct Seen: Decodable {
        let filename: String
        let content_type: String
        let bytes: Int
        let sha256: String
    }

    private func upload(_ file: String, to base: String, key: String) async throws -> Finished {
        let environment = ["FIGUR_API_KEY": key, "FIGUR_BASE_URL": base]
        return try await Command(try Binaries.hoist, ["upload", file, "--retries", "0"], environment: environment).run()
    }

    private static let shot = URL(filePath: #filePath).appending(path: "../../Media/shot.png").standardizedFileURL.path

    /// FastAPI's parser decodes nothing: the name arrives as browsers encode it.
    @Test(arguments: [
        ("shot.png", "shot.png"), ("naïve 写真 🖼.png", "naïve 写真 🖼.png"), ("a\"b.png", "a%22b.png"),
        ("line\r\nbreak.png", "line%0D%0Abreak.png"), ("semi;colon='x'.png", "semi;colon='x'.png"),
    ])
    func itsOwnParserSeesNameTypeAndBytes(name: String, seenAs: String) async throws {
        try await Python.withServer("figur_server.py") { (server: Server) in
            try await withTemporaryDirectory { directory in
                let file = try directory.file(name, try Data(contentsOf: URL(filePath: Self.shot)))
                let finished = try await upload(file, to: server.base_url, key: server.key)
                #expect(finished.exit == .code(0), "\(finished.errors)")
                let answer = try await Command("curl", ["-sS", "\(server.base_url)/seen"]).run()
                let seen = try JSONDecoder().decode(Seen.self, from: Data(answer.outputBytes))
                let digest = try await sha256(of: Self.shot)
                #expect(seen.filename == seenAs)
                #expect(seen.content_type == "image/png")
                #expect(seen.sha256 == digest)
                #expect(finished.output.contains(#""upload_key":"inputs/\#(digest.prefix(12))""#))
            }
        }
    }

    @Test func itsOwn422IsReadable() async throws {
        try await Python.withServer("figur_server.py") { (server: Server) in
            let finished = try await upload(Self.shot, to: "\(server.base_url)/strict", key: server.key)
            #expect(finished.exit == .code(69))
            #expect(finished.errors.contains("body.project: Field required; body.tags: Field required"))
        }
    }

    @Test func itsOwn401And404AreReadable() async throws {
        try await Python.withServer("figur_server.py") { (server: Server) in
            let unauthorized = try await upload(Self.shot, to: server.base_url, key: "sk_test_wrong")
            #expect(unauthorized.exit == .code(77))
            #expect(unauthorized.errors.contains("Invalid API key"))
            let notFound = try await upload(Self.shot, to: "\(server.base_url)/elsewhere", key: server.key)
            #expect(notFound.exit == .code(69))
            #expect(notFound.errors.contains("Not Found"))
        }
    }
}
