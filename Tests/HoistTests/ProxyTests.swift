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

    @Test(arguments: [("proxy407", Int32(77), "407"), ("proxy403", 77, "403"), ("proxy502", 75, "502")])
    func whatAProxySaysToCONNECTIsReportedAsTheProxys(proxy: String, exit: Int32, status: String) async throws {
        try await withTLSLab { lab in
            let environment = [
                "HTTPS_PROXY": "http://somebody:hunter2secret@127.0.0.1:@\(proxy)",
                "FIGUR_BASE_URL": try lab.url("good"),
            ]
            let retries = exit == 75 ? ["--retries", "0"] : []
            let run = try await lab.hoist(["upload", Media.shot, "--to", "figur"] + retries, environment)
            #expect(run.exit == .code(exit), "\(run.errors)")
            #expect(run.errorLines.count == 1)
            #expect(run.errors.contains("127.0.0.1:\(try lab.port(proxy))") && run.errors.contains(status))
            #expect(run.errors.contains("proxy"))
            #expect(!run.errors.contains("hunter2secret") && !run.output.contains("hunter2secret"))
            #expect(run.record.error.text("class") == (exit == 77 ? "not_allowed" : "temporary"))
            #expect(run.record.number("attempts") == 1)
            let heads = try await lab.heads()
            #expect(heads["good"] == nil)
            #expect(heads[proxy]?.joined().joined().contains(TLSLab.key) == false)
        }
    }

    @Test func aProxyThatHangsUpIsTemporary() async throws {
        try await withTLSLab { lab in
            let environment = ["HTTPS_PROXY": "http://127.0.0.1:@proxyreset", "FIGUR_BASE_URL": try lab.url("good")]
            let run = try await lab.hoist(["upload", Media.shot, "--to", "figur", "--retries", "0"], environment)
            #expect(run.exit == .code(75))
            #expect(run.errorLines.count == 1)
        }
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
