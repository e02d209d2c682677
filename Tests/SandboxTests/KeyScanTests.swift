import Foundation
import TestSupport
import Testing

/// The check of every other run can fail.
@Suite struct KeyScanTests {
    private static let key = "sk_test/scan+0123456789"

    @Test(arguments: [
        "echo \"$A_API_KEY\"", "echo \"$A_API_KEY\" >&2", "printf 'user:%s' \"$A_API_KEY\" | base64",
        "printf %s \"$A_API_KEY\" | jq -sRr '@uri, @html'", "printf %s \"$A_API_KEY\" | sed 's,/,\\\\/,'",
        "printf %s \"$A_API_KEY\" | od -An -tx1 | tr -d '\\n' | tr ' ' %",
    ])
    func aKeyThatIsPrintedFailsTheRun(line: String) async throws {
        await #expect(throws: (any Error).self) {
            try await Command("bash", ["-c", line], environment: ["A_API_KEY": Self.key]).run()
        }
    }

    @Test func aKeyInAFileFailsTheTestThatHasTheDirectory() async throws {
        await #expect(throws: (any Error).self) {
            try await withTemporaryDirectory { directory in
                let line = "mkdir \"$0/a\"; echo \"x$A_API_KEY\" > \"$0/a/journal\""
                _ = try await Command("bash", ["-c", line, directory.path], environment: ["A_API_KEY": Self.key]).run()
            }
        }
    }

    @Test func whatATestWritesItselfIsItsOwn() async throws {
        try await withTemporaryDirectory { directory in
            let file = try directory.file("key", Self.key.utf8)
            let line = "wc -c \"$0\"; printf %s \"$A_API_KEY\" | wc -c"
            let finished = try await Command("bash", ["-c", line, file], environment: ["A_API_KEY": Self.key]).run()
            #expect(finished.exit == .code(0))
        }
    }
}
