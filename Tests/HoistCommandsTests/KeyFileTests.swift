import Foundation
import TestSupport
import Testing

@testable import HoistCommands
@testable import HoistCore

@Suite struct KeyFileTests {
    private func withKeyFile(
        _ content: some Sequence<UInt8>,
        mode: mode_t = 0o600,
        _ body: (String) throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory throws in
            let path = try directory.file("key", content)
            try #require(chmod(path, mode) == 0)
            try body(path)
        }
    }

    @Test(arguments: ["sk_live_1", "sk_live_1\n", "sk_live_1\r\n", "  sk_live_1 \t\n\n"])
    func keyWithWhiteSpaceAround(_ content: String) async throws {
        try await withKeyFile(content.utf8) { path in
            let credential = try KeyFile.read(path)
            #expect(credential.secret == "sk_live_1")
        }
    }

    @Test(arguments: [0o600, 0o400, 0o700] as [mode_t])
    func readableByItsOwner(_ mode: mode_t) async throws {
        try await withKeyFile("12345678".utf8, mode: mode) { path in
            let credential = try KeyFile.read(path)
            #expect(credential.secret == "12345678")
        }
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o602] as [mode_t])
    func readableByOthers(_ mode: mode_t) async throws {
        try await withKeyFile("TOPSECRET".utf8, mode: mode) { path in
            expectRefusal(of: path, saying: "chmod 600")
        }
    }

    @Test(arguments: [
        ("", "is empty"), (" \n", "is empty"), ("a b", "must contain only the key"),
        ("FIGUR_API_KEY=sk_live_0123456789", "holds NAME=value"), ("export FAL_KEY=abc", "holds NAME=value"),
        ("clé", "must contain only the key"), ("sk_live", "too short"),
        ("k\n", "too short"), ("TOPSECRET\u{0}", "must contain only the key"),
    ])
    func noKey(_ content: String, _ why: String) async throws {
        try await withKeyFile(content.utf8) { path in
            expectRefusal(of: path, saying: why)
        }
    }

    @Test func notUTF8() async throws {
        try await withKeyFile([0x6B, 0xFF]) { path in
            expectRefusal(of: path, saying: "must contain only the key")
        }
    }

    @Test func missingOrDirectory() async throws {
        try await withTemporaryDirectory { directory throws in
            expectRefusal(of: directory.path("none"), saying: "No such file")
            try #require(chmod(directory.path, 0o700) == 0)
            expectRefusal(of: directory.path, saying: "directory")
        }
    }

    /// What a shell makes of `<(pass show figur)` is a pipe, whose permissions say nothing.
    @Test func pipe() throws {
        var ends: [Int32] = [0, 0]
        try #require(Glibc.pipe(&ends) == 0)
        defer { close(ends[0]) }
        try #require(write(ends[1], "sk_live_1\n", 10) == 10)
        close(ends[1])
        let credential = try KeyFile.read("/dev/fd/\(ends[0])")
        #expect(credential.secret == "sk_live_1")
    }

    private func expectRefusal(of path: String, saying why: String) {
        let failure = #expect(throws: Failure.self) { _ = try KeyFile.read(path) }
        #expect(failure?.kind == .notAllowed)
        #expect(failure?.code == "unusable_key")
        #expect(failure?.message.contains(why) == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("TOPSECRET") == false)
    }
}
