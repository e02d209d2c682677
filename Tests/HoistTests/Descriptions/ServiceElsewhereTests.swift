import Foundation
import TestSupport
import Testing

/// A service on another machine, which a proxy plays: its replies cannot lead to this machine, and its key stays with it.
@Suite struct ServiceElsewhereTests {
    private static func withService(
        _ rows: [DescriptionRow], _ check: @escaping @Sendable (DescriptionRun) throws -> Void
    ) async throws {
        try await require("openssl", from: "openssl")
        try await withTemporaryDirectory { directory in
            let certificate = directory.path("certificate.pem")
            let made = try await Command(
                "openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=service.example", "-addext",
                    "subjectAltName=DNS:service.example,DNS:evil.example,DNS:localhost,IP:127.0.0.1", "-keyout",
                    certificate, "-out", certificate + ".crt",
                ]
            ).run()
            try #require(made.exit == .code(0), "\(made.errors)")
            let both =
                try String(contentsOfFile: certificate, encoding: .utf8)
                + String(contentsOfFile: certificate + ".crt", encoding: .utf8)
            try both.write(toFile: certificate, atomically: false, encoding: .utf8)
            let rows = rows.map {
                $0.with(
                    \.environment,
                    ["HTTPS_PROXY": "http://127.0.0.1:@PROXY", "CURL_CA_BUNDLE": certificate + ".crt"])
            }
            let results = try await withRecordingServer(rows, certificate: certificate) { server in
                try await DescriptionRun.all(rows, in: directory, server, base: "https://service.example/@NAME")
            }
            for result in results {
                result.expectNoProblems()
                try check(result)
            }
        }
    }

    @Test func theKeyStaysWithTheService() async throws {
        let answer = ServerAnswer.json(
            #"{"id":"1","headers":{"X-A":"b"},"upload_url":"https://evil.example/@NAME/o"}"#)
        let row = DescriptionRow(
            name: "elsewhere", description: SampleDescription.presigned, service: [answer], exit: 0, requests: 1,
            lines: 0)
        try await Self.withService([row]) { result in
            #expect(result.toService.map(\.place) == ["service.example:443"])
            #expect(result.toService.first?.head.values("Authorization") == ["Bearer " + HostileKey.text])
            #expect(result.toOthers.map(\.place) == ["evil.example:443"])
            #expect(result.toOthers.first?.head.values("Authorization") == [])
        }
    }

    private static let urls = [
        "http://127.0.0.1:@OTHER/@NAME/o", "https://127.0.0.1/@NAME/o", "https://localhost/@NAME/o",
        "https://127.1/@NAME/o",
        "https://2130706433/@NAME/o", "https://0x7f000001/@NAME/o", "https://0177.0.0.1/@NAME/o",
        "https://[::1]/@NAME/o",
        "https://LOCALHOST:@OTHER/@NAME/o", "http://service.example/@NAME/o", "https://127.255.255.254/@NAME/o",
        "https://user:pw@evil.example/@NAME/o",
        // Other ways to write this machine's address.
        "https://localhost./@NAME/o", "https://0.0.0.0/@NAME/o", "https://0/@NAME/o", "https://[::]/@NAME/o",
        "https://[::ffff:127.0.0.1]/@NAME/o", "https://a.localhost/@NAME/o", "https://[0:0:0:0:0:0:0:1]/@NAME/o",
    ]

    @Test func aReplyDoesNotLeadToThisMachine() async throws {
        let rows = Self.urls.map { url in
            DescriptionRow(
                name: url, description: SampleDescription.presigned,
                service: [.json(#"{"id":"1","headers":{},"upload_url":"\#(url)"}"#)], exit: 76, requests: 1)
        }
        try await Self.withService(rows) { #expect($0.toOthers.isEmpty, "\($0.row.name)") }
    }

    @Test(arguments: [
        "https://127.0.0.1/@NAME/o", "http://127.0.0.1:@OTHER/@NAME/o", "http://evil.example/o",
        "http://service.example/",
    ])
    func aRedirectOfStorageDoesNotLeadToThisMachine(location: String) async throws {
        let answer = ServerAnswer.json(#"{"id":"1","headers":{},"upload_url":"https://evil.example/@NAME/o"}"#)
        let row = DescriptionRow(
            name: location, description: SampleDescription.presigned, service: [answer],
            other: [.init(status: "307 Temporary", headers: ["Location: \(location)"])], exit: 76, says: ["redirects"],
            requests: 1)
        try await Self.withService([row]) { result in
            #expect(result.toOthers.map(\.place) == ["evil.example:443"])
        }
    }

    @Test func aRedirectOfTheServiceIsNotFollowed() async throws {
        let row = DescriptionRow(
            name: "redirect", description: SampleDescription.form,
            service: [.init(status: "307 Temporary", headers: ["Location: https://evil.example/@NAME/files"])],
            exit: 76,
            says: ["redirects", "evil.example"], requests: 1)
        try await Self.withService([row]) { result in
            #expect(result.toOthers.isEmpty)
        }
    }
}
