import Foundation
import TestSupport
import Testing

/// A service that `hoist` has never heard of, by one file and nothing else.
@Suite struct OwnServiceTests {
    private struct Server: Decodable, Sendable {
        let base_url: String
        let key: String
    }

    private struct Seen: Decodable {
        struct Call: Decodable, Equatable {
            let call: String
            let status: Int
        }

        struct File: Decodable {
            let filename: String
            let mime_type: String
            let sha256: String
        }

        let calls: [Call]
        let files: [String: File]
    }

    private static let tests = URL(filePath: #filePath).appending(path: "../..").standardizedFileURL

    /// Runs `body` with a server and a directory of services that has the description in it.
    private func withService(
        _ body:
            @escaping @Sendable (Server, _ hoist: @Sendable ([String]) async throws -> Finished) async throws -> Void
    ) async throws {
        try await Python.withServer("anthropic_server.py") { (server: Server) in
            try await withTemporaryDirectory { directory in
                let description = Self.tests.appending(path: "Acceptance/Programs/anthropic_files.toml")
                _ = try directory.file("anthropic-files.toml", try Data(contentsOf: description))
                let environment = [
                    "HOIST_SERVICES": directory.path, "ANTHROPIC_API_KEY": server.key,
                    "ANTHROPIC_FILES_BASE_URL": server.base_url,
                ]
                try await body(server) { arguments in
                    try await Command(try Binaries.hoist, arguments, environment: environment).run()
                }
            }
        }
    }

    @Test func uploadsAndDeletesByOneFile() async throws {
        try await withService { server, hoist in
            let shot = Self.tests.appending(path: "Media/shot.png").path
            let uploaded = try await hoist(["upload", shot, "--to", "anthropic-files", "--field", "id"])
            #expect(uploaded.exit == .code(0), "\(uploaded.errors)")
            let id = uploaded.output.trimmingCharacters(in: .newlines)
            let stored = try await seen(by: server).files[id]
            #expect(stored?.filename == "shot.png")
            #expect(stored?.mime_type == "image/png")
            #expect(stored?.sha256 == (try await sha256(of: shot)))

            // Its key is the only one, so its name need not be said.
            let deleted = try await hoist(["delete", id])
            #expect(deleted.exit == .code(0), "\(deleted.errors)")
            #expect(deleted.output.contains(#""outcome":"deleted""#))
            let again = try await hoist(["delete", id])
            #expect(again.output.contains(#""outcome":"already_gone""#))
            let path = "/v1/files/\(id)?beta=true"
            let calls = try await seen(by: server).calls.filter { !$0.call.hasPrefix("GET") }
            #expect(
                calls == [
                    .init(call: "POST /v1/files?beta=true", status: 200), .init(call: "DELETE \(path)", status: 200),
                    .init(call: "DELETE \(path)", status: 404),
                ])
        }
    }

    @Test func isListedShownAndFoundByItsName() async throws {
        try await withService { _, hoist in
            let listed = try await hoist(["services", "--json"])
            let line = listed.output.split(separator: "\n").first { $0.contains(#""name":"anthropic-files""#) }
            for part in [
                #""title":"Anthropic Files""#, #""verbs":["upload","delete"]"#, #""ready":true"#, #""built_in":false"#,
                #""tested_against":"nothing""#,
            ] {
                #expect(line?.contains(part) == true, "\(part) in \(line ?? "")")
            }
            #expect(listed.output.split(separator: "\n").count == BuiltInService.all.count + 1)
            let shown = try await hoist(["services", "show", "anthropic-files"])
            #expect(shown.output.contains(#"title = "Anthropic Files""#))
            let named = try await hoist(["upload", "--to", "Anthropic Files", "/nowhere.png"])
            #expect(named.exit == .code(66), "\(named.errors)")
        }
    }

    @Test func itsRefusalIsReadable() async throws {
        try await withService { server, hoist in
            let shot = Self.tests.appending(path: "Media/shot.png").path
            let elsewhere = try await hoist([
                "upload", shot, "--to", "anthropic-files", "--base-url", "\(server.base_url)/other",
            ])
            #expect(elsewhere.exit == .code(69))
            #expect(elsewhere.errors.contains("Anthropic Files refused it: /other/v1/files?beta=true (HTTP 404)"))
            #expect(elsewhere.output.contains(#""code":"not_found_error""#))
            #expect(elsewhere.output.contains(#""request_id":"req_standin""#))
        }
    }

    private func seen(by server: Server) async throws -> Seen {
        let answer = try await Command("curl", ["-sS", "\(server.base_url)/seen"]).run()
        return try JSONDecoder().decode(Seen.self, from: Data(answer.outputBytes))
    }
}
