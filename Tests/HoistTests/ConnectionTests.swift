import Foundation
import TestSupport
import Testing

/// Which connections requests go on, by the log of a server that everybody knows.
@Suite struct ConnectionTests {
    @Test func callsShareOneConnectionOverHTTP2() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(16)
                let (run, log) = try await withNginx(before: hoist.sandbox.port, isTLS: true) { nginx in
                    let hoist = hoist.with([
                        "EACHLABS_BASE_URL": "https://localhost:\(nginx.port)", "SSL_CERT_FILE": nginx.certificate,
                    ])
                    return try await hoist.run(["upload", "--to", "eachlabs", "--jobs", "16"] + files)
                }
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.count { $0.isOK == true } == 16)
                #expect(log.count == 16)
                #expect(log.allSatisfy { $0.method == "POST" && $0.path == "/api/v1/uploads" && $0.status == "200" })
                #expect(Set(log.map(\.version)) == ["HTTP/2.0"])
                #expect(Set(log.map(\.connection)).count == 1)
                // Storage is another server; what it was sent did not pass nginx.
                let puts = try await hoist.sandbox.requests().filter { $0.kind == "put" }
                #expect(
                    puts.map { $0.values("host") } == Array(repeating: ["127.0.0.1:\(hoist.sandbox.port)"], count: 16))
                #expect(Set(try await hoist.sandbox.storedBodies()) == Set(files.map(Media.bytes)))
            }
        }
    }

    /// The calls that are on their way then were not taken: that is no failure of theirs.
    @Test func anHTTP2ServerMayEndItsConnections() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(100)
                let (run, log) = try await withNginx(
                    before: hoist.sandbox.port, isTLS: true, requestsPerConnection: 10
                ) { nginx in
                    let hoist = hoist.with([
                        "EACHLABS_BASE_URL": "https://localhost:\(nginx.port)", "SSL_CERT_FILE": nginx.certificate,
                    ])
                    return try await hoist.run(
                        ["upload", "--to", "eachlabs", "--jobs", "32", "--progress", "none"] + files)
                }
                #expect(run.exit == .code(0))
                #expect(run.errors.isEmpty)
                #expect(run.records.map { $0.number("attempts") } == Array(repeating: 1, count: 100))
                #expect(Set(log.map(\.version)) == ["HTTP/2.0"])
                #expect(Set(log.map(\.connection)).count >= 10)
            }
        }
    }

    /// HTTP/2 makes long bodies on one connection wait for each other.
    @Test func formsGoOverHTTP1AlthoughTheServerSpeaksHTTP2() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let noise = Data((0..<150_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) })
                let files = try (0..<12).map {
                    try directory.file("\($0).png", Media.bytes(Media.shot) + noise + Data("\($0)".utf8))
                }
                let (run, log) = try await withNginx(before: hoist.sandbox.port, isTLS: true) { nginx in
                    let hoist = hoist.with([
                        "FIGUR_BASE_URL": "https://localhost:\(nginx.port)", "SSL_CERT_FILE": nginx.certificate,
                    ])
                    return try await hoist.run(["upload", "--to", "figur"] + files)
                }
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(log.count == 12)
                #expect(Set(log.map(\.version)) == ["HTTP/1.1"])
                #expect(Set(log.map(\.connection)).count <= 8, "no more than there are jobs")
                for (file, record) in zip(files, run.records) {
                    #expect(try await fetch(record.text("image_url") ?? "") == Media.bytes(file))
                }
            }
        }
    }

    @Test func connectionsAreUsedAgainOverHTTP1() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(60)
                let (run, log) = try await withNginx(before: hoist.sandbox.port, isTLS: false) { nginx in
                    let hoist = hoist.with(["FIGUR_BASE_URL": "http://127.0.0.1:\(nginx.port)"])
                    return try await hoist.run(["upload", "--to", "figur", "--jobs", "4"] + files)
                }
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(log.count == 60)
                #expect(Set(log.map(\.version)) == ["HTTP/1.1"])
                #expect(Set(log.map(\.connection)).count <= 4, "no more than there are jobs")
            }
        }
    }
}
