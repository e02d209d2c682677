import Foundation
import TestSupport
import Testing

/// Through a CONNECT proxy: what it says becomes a clear end, and it never sees what is for the server.
@Suite struct ProxyTests {
    @Test(arguments: ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
    func theProxySeesNoKeyAndTheServerSeesIt(variable: String) async throws {
        try await withTLSLab { lab in
            let environment = [
                variable: "http://somebody:hunter2secret@127.0.0.1:@proxy", "FIGUR_BASE_URL": try lab.url("good"),
            ]
            let run = try await lab.hoist(["upload", Media.shot, "--to", "figur", "--verbose"], environment)
            #expect(run.exit == .code(0), "\(run.errors)")
            let heads = try await lab.heads()
            let proxied = try #require(heads["proxy"])
            let served = try #require(heads["good"])
            #expect(proxied.map { $0[0] } == ["CONNECT localhost:\(try lab.port("good")) HTTP/1.1"])
            #expect(proxied[0].values("Proxy-Authorization") == ["Basic " + Self.base64("somebody:hunter2secret")])
            #expect(proxied[0].values("Authorization").isEmpty && proxied[0].values("X-API-Key").isEmpty)
            #expect(!proxied[0].joined().contains(TLSLab.key))
            #expect(served.count == 1)
            #expect(served[0].values("Authorization") == ["Bearer " + TLSLab.key])
            #expect(served[0].values("Proxy-Authorization").isEmpty)
            for secret in [TLSLab.key, Self.base64(TLSLab.key), "hunter2secret", Self.base64("somebody:hunter2secret")]
            {
                #expect(!run.output.contains(secret) && !run.errors.contains(secret))
            }
        }
    }

    @Test func throughAProxyEachServerSeesWhatIsItsOwn() async throws {
        try await withTLSLab { lab in
            let environment = ["HTTPS_PROXY": "http://127.0.0.1:@proxy", "EACHLABS_BASE_URL": try lab.url("good")]
            let run = try await lab.hoist(["upload", Media.shot, "--to", "eachlabs"], environment)
            #expect(run.exit == .code(0), "\(run.errors)")
            let heads = try await lab.heads()
            let served = try #require(heads["good"])
            #expect(served.map { $0[0].prefix(4) } == ["POST", "PUT "])
            #expect(served[0].values("X-API-Key") == [TLSLab.key])
            #expect(!served[1].joined().contains(TLSLab.key))
            #expect(heads["proxy"]?.allSatisfy { $0[0].hasPrefix("CONNECT ") } == true)
            #expect(heads["proxy"]?.joined().joined().contains(TLSLab.key) == false)
        }
    }

    struct Row: Sendable {
        let name: String
        /// Nil goes without one.
        let proxy: String?
        let exit: Int32
        var says: [String] = []
    }

    private static let rows = [
        Row(name: "no proxy", proxy: nil, exit: 0), Row(name: "200", proxy: "proxy", exit: 0),
        Row(name: "407", proxy: "proxy407", exit: 77, says: ["127.0.0.1:@proxy407", "407", "proxy"]),
        Row(name: "403", proxy: "proxy403", exit: 77, says: ["127.0.0.1:@proxy403", "403", "proxy"]),
        Row(name: "502", proxy: "proxy502", exit: 75, says: ["127.0.0.1:@proxy502", "502", "proxy"]),
        Row(name: "hangs up", proxy: "proxyreset", exit: 75),
    ]

    /// With `HOIST_TABLES_DIR` the table is written to `proxies.md` there.
    @Test func whatAProxySaysToCONNECTIsReportedAsTheProxys() async throws {
        try await withTLSLab { lab in
            var table = ["| the proxy | exit | line | the proxy saw | the server saw |", "|---|--:|---|---|---|"]
            for row in Self.rows { table.append(try await Self.check(row, in: lab)) }
            if let directory = ProcessInfo.processInfo.environment["HOIST_TABLES_DIR"] {
                let text = table.joined(separator: "\n") + "\n"
                try text.write(toFile: "\(directory)/proxies.md", atomically: true, encoding: .utf8)
            }
        }
    }

    /// The row's line of the table.
    private static func check(_ row: Row, in lab: TLSLab) async throws -> String {
        var environment: [String: String?] = ["FIGUR_BASE_URL": try lab.url("good")]
        if let proxy = row.proxy { environment["HTTPS_PROXY"] = "http://somebody:hunter2secret@127.0.0.1:@\(proxy)" }
        let before = try await lab.heads()["good"]?.count ?? 0
        // What is final is tried once: with retries, others would show.
        let retries = row.exit == 75 ? ["--retries", "0"] : []
        let run = try await lab.hoist(["upload", Media.shot, "--to", "figur"] + retries, environment)
        let seen = Comment(rawValue: "\(row.name): \(run.exit) \(run.output)\(run.errors)")
        #expect(run.exit == .code(row.exit), seen)
        #expect(run.errorLines.count == (row.exit == 0 ? 0 : 1), seen)
        for words in row.says { #expect(run.errors.contains(lab.filled(words)), seen) }
        #expect(!run.errors.contains("hunter2secret") && !run.output.contains("hunter2secret"), seen)
        #expect(run.record.number("attempts") == 1, seen)
        if row.exit == 77 { #expect(run.record.error.text("class") == "not_allowed", seen) }
        let heads = try await lab.heads()
        let proxied = row.proxy.flatMap { heads[$0] } ?? []
        let served = (heads["good"] ?? []).dropFirst(before)
        #expect(served.count == (row.exit == 0 ? 1 : 0), seen)
        #expect(!proxied.joined().joined().contains(TLSLab.key), seen)
        #expect(served.allSatisfy { $0.values("Authorization") == ["Bearer " + TLSLab.key] }, seen)
        let line = lab.shown(run.errorLines.first ?? "").replacing(Media.shot, with: "shot.png")
        return "| \(row.name) | \(row.exit) | \(line) | \(names(proxied)) | \(names(Array(served))) |"
    }

    /// The request lines' methods and the headers' names.
    private static func names(_ heads: [[String]]) -> String {
        heads.map { head in
            let names = head.dropFirst().map { $0.prefix { $0 != ":" } }
            return "`\(head[0].prefix { $0 != " " })` " + names.joined(separator: ", ")
        }.joined(separator: "; ")
    }

    @Test func certificatesCountThroughAProxyToo() async throws {
        try await withTLSLab { lab in
            let environment = ["HTTPS_PROXY": "http://127.0.0.1:@proxy", "FIGUR_BASE_URL": try lab.url("expired")]
            let run = try await lab.hoist(["upload", Media.shot, "--to", "figur"], environment)
            #expect(run.exit == .code(76))
            #expect(run.record.error.text("code") == "certificate_refused")
            #expect(try await lab.heads()["expired"] == nil)
        }
    }

    /// A proxy would be sent the key in the clear.
    @Test func plainHTTPToLoopbackGoesPastEveryProxy() async throws {
        try await withTLSLab { lab in
            let proxy = "http://127.0.0.1:@proxy"
            let environment = [
                "http_proxy": proxy, "HTTP_PROXY": proxy, "ALL_PROXY": proxy,
                "FIGUR_BASE_URL": "http://127.0.0.1:@plain",
            ]
            let run = try await lab.hoist(["upload", Media.shot, "--to", "figur"], environment)
            #expect(run.exit == .code(0))
            #expect(try await lab.heads()["proxy"] == nil)
        }
    }

    @Test func hostsOfNOPROXYGoPastTheProxy() async throws {
        try await withTLSLab { lab in
            let environment = [
                "HTTPS_PROXY": "http://127.0.0.1:@proxy403", "NO_PROXY": "localhost",
                "FIGUR_BASE_URL": try lab.url("good"),
            ]
            let run = try await lab.hoist(["upload", Media.shot, "--to", "figur"], environment)
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(try await lab.heads()["proxy403"] == nil)
        }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
