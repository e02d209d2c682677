import Foundation
import TestSupport
import Testing

/// Certificates of a local CA, good and bad ones, and what old versions of TLS come to.
///
/// With `HOIST_TABLES_DIR` the table is written to `tls.md` there.
@Suite struct TLSTests {
    struct Row: Sendable {
        let name: String
        let server: String
        var environment: [String: String?] = [:]
        var arguments: [String] = []
        var exits: Set<Int32> = [0]
        var code: String?
        var says = ""
    }

    private static let rows: [Row] =
        [
            Row(name: "good, the CA in CURL_CA_BUNDLE", server: "good"),
            Row(
                name: "good, the CA in SSL_CERT_FILE", server: "good",
                environment: ["CURL_CA_BUNDLE": nil, "SSL_CERT_FILE": "@DIR/ca.pem"]),
            Row(
                name: "good, the CA in SSL_CERT_DIR", server: "good",
                environment: ["CURL_CA_BUNDLE": nil, "SSL_CERT_DIR": "@DIR/directory"]),
            Row(
                name: "good, the CA by --cacert", server: "good", environment: ["CURL_CA_BUNDLE": nil],
                arguments: ["--cacert", "@DIR/ca.pem"]),
            Row(
                name: "good, --cacert and another CA in the environment", server: "good",
                environment: ["CURL_CA_BUNDLE": "@DIR/self-signed.pem"], arguments: ["--cacert", "@DIR/ca.pem"]),
            Row(name: "TLS 1.2 with CBC suites", server: "cbc"),
        ]
        + [
            ("good, nobody says that its CA is to be trusted", "good", ["CURL_CA_BUNDLE": nil]),
            ("good, another CA is trusted", "good", ["CURL_CA_BUNDLE": "@DIR/self-signed.pem"]),
            ("good, but by another name", "good", ["FIGUR_BASE_URL": "https://127.0.0.1:@good"]),
            ("expired", "expired", [:]), ("not valid yet", "early", [:]), ("for another host", "wrong-host", [:]),
            ("self-signed", "self-signed", [:]),
        ].map { name, server, environment in
            Row(
                name: name, server: server, environment: environment, exits: [76], code: "certificate_refused",
                says: "did not prove who it is")
        } + [
            Row(
                name: "no such CA file", server: "good", environment: ["CURL_CA_BUNDLE": "@DIR/none.pem"], exits: [78],
                code: "bad_ca_file", says: "CURL_CA_BUNDLE"),
            Row(
                name: "a CA file that is none", server: "good", environment: ["CURL_CA_BUNDLE": "@DIR/ca.key"],
                exits: [78], code: "bad_ca_file", says: "CURL_CA_BUNDLE"),
            Row(
                name: "no such file for --cacert", server: "good", arguments: ["--cacert", "@DIR/none.pem"],
                exits: [78], code: "bad_ca_file", says: "--cacert"),
            Row(name: "TLS 1.1 only", server: "tls11", exits: [75, 76]),
            Row(name: "TLS 1.0 only", server: "tls10", exits: [75, 76]),
            Row(
                name: "TLS 1.1 only, and a system that allows it", server: "tls11",
                environment: ["OPENSSL_CONF": "@DIR/weak.cnf"], exits: [75, 76]),
            Row(name: "plain HTTP behind https", server: "talker", exits: [75, 76]),
        ]

    /// A system that takes every version there ever was.
    private static let weakSystem = """
        openssl_conf = a
        [a]
        ssl_conf = b
        [b]
        system_default = c
        [c]
        MinProtocol = TLSv1
        CipherString = DEFAULT@SECLEVEL=0
        """

    @Test func certificatesAndVersionsEndAsTheTableSays() async throws {
        try await withTLSLab { lab in
            try Self.weakSystem.write(toFile: lab.filled("@DIR/weak.cnf"), atomically: true, encoding: .utf8)
            var table = ["| server | exit | ms | line | requests that came through |", "|---|--:|--:|---|--:|"]
            for row in Self.rows { table.append(try await Self.check(row, in: lab)) }
            if let directory = ProcessInfo.processInfo.environment["HOIST_TABLES_DIR"] {
                let text = table.joined(separator: "\n") + "\n"
                try text.write(toFile: "\(directory)/tls.md", atomically: true, encoding: .utf8)
            }
        }
    }

    /// The row's line of the table.
    private static func check(_ row: Row, in lab: TLSLab) async throws -> String {
        let before = try await lab.heads()[row.server]?.count ?? 0
        let environment = ["FIGUR_BASE_URL": "https://localhost:@\(row.server)"].merging(row.environment) { $1 }
        let start = ContinuousClock.now
        // What a certificate says is final: with retries, those would show.
        let retries = row.exits.contains(75) ? ["--retries", "0"] : []
        let run = try await lab.hoist(["upload", Media.shot, "--to", "figur"] + retries + row.arguments, environment)
        let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
        let after = try await lab.heads()[row.server]?.count ?? 0
        let isGood = row.exits == [0]
        let seen = Comment(rawValue: "\(row.name): \(run.exit) \(run.output)\(run.errors)")
        #expect(row.exits.contains { run.exit == .code($0) }, seen)
        #expect(run.record.isOK == isGood, seen)
        #expect(run.errorLines.count == (isGood ? 0 : 1), seen)
        if !row.says.isEmpty { #expect(run.errors.contains(row.says), seen) }
        if let code = row.code { #expect(run.record.error.text("code") == code, seen) }
        if !isGood { #expect(run.record.number("attempts") == 1, seen) }
        #expect(after - before == (isGood ? 1 : 0), "a head, and with it the key, came through: \(row.name)")
        let exit = if case .code(let code) = run.exit { "\(code)" } else { "\(run.exit)" }
        let line = lab.shown(run.errorLines.first ?? "").replacing(Media.shot, with: "shot.png")
        return "| \(row.name) | \(exit) | \(milliseconds) | \(line) | \(after - before) |"
    }

    /// Without these, a server that answers nobody would pass for one that hoist refuses.
    @Test(arguments: [("tls11", "1.1"), ("tls10", "1.0")])
    func theOldServersAnswerWhoSpeaksTheirVersion(server: String, version: String) async throws {
        try await withTLSLab { lab in
            let options = ["--tls-max", version, "--tlsv1.0", "--ciphers", "DEFAULT@SECLEVEL=0"]
            let url = try lab.url(server) + "/v1/uploads"
            let curl = Command("curl", ["-sS", "--fail", "--cacert", lab.certificates] + options + ["-d", "x", url])
            #expect(try await curl.run().output.contains("upload_key"))
        }
    }

    /// It was a crash in OpenSSL's cleanup in 20 to 70 % of runs.
    @Test(arguments: ["cbc", "good", "tls11"])
    func everyRunEndsByItself(server: String) async throws {
        try await withTLSLab { lab in
            let environment = ["EACHLABS_BASE_URL": try lab.url(server)]
            for _ in 0..<20 {
                let run = try await lab.hoist(
                    ["upload", Media.shot, Media.photo, "--to", "eachlabs", "--retries", "0"], environment)
                let expected: [Exit] = server == "tls11" ? [.code(75), .code(76)] : [.code(0)]
                #expect(expected.contains(run.exit), "\(run.errors)")
            }
        }
    }

    @Test func aPutIsNeverRedirectedFromHTTPSToPlainHTTP() async throws {
        try await withTLSLab { lab in
            let url = "https://localhost:@good/redirect?"
            let plain = try await lab.hoist(["put", Media.shot, "--url", url + "http://127.0.0.1:@plain/object"])
            #expect(plain.exit == .code(76))
            #expect(plain.record.error.text("code") == "redirected")
            let other = try await lab.hoist(["put", Media.shot, "--url", url + "https://localhost:@other/object"])
            #expect(other.exit == .code(0))
            let heads = try await lab.heads()
            #expect(heads["plain"]?.contains { $0[0].hasPrefix("PUT") } != true)
            #expect(heads["other"]?.map { $0[0] } == ["PUT /object HTTP/1.1"])
        }
    }

    @Test func aServerSeesTheKeyOnceAndStorageNever() async throws {
        try await withTLSLab { lab in
            let run = try await lab.hoist(
                ["upload", Media.shot, "--to", "eachlabs"], ["EACHLABS_BASE_URL": try lab.url("good")])
            #expect(run.exit == .code(0))
            let heads = try #require(try await lab.heads()["good"])
            #expect(heads.map { $0[0].prefix(4) } == ["POST", "PUT "])
            #expect(heads[0].values("X-API-Key") == [TLSLab.key])
            #expect(heads[0].values("Authorization").isEmpty)
            #expect(!heads[1].joined().contains(TLSLab.key))
        }
    }
}
