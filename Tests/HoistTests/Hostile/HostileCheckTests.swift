import Foundation
import TestSupport
import Testing

/// The check behind the table finds what it is for: without these, a table of green rows would say nothing.
@Suite struct HostileCheckTests {
    private static let good = """
        {"ok":true,"file":"shot.png","bytes":1,"content_type":"image/png","file_type":"image","service":"figur","attempts":1,\
        "seconds":0}
        """
    private static let failed = """
        {"ok":false,"file":"shot.png","bytes":1,"content_type":"image/png","file_type":"image","service":"figur","attempts":1,\
        "seconds":0,"error":{"class":"contract","code":"x","message":"m","retryable":false,"http_status":null,\
        "request_id":null}}
        """

    /// The problems of a program that writes that and ends so, where the server has got `digest`.
    private func problems(_ row: HostileRow, _ output: String, _ errors: String, _ end: String, digest: String = "d")
        async throws -> [String]
    {
        let script = #"printf '%s\n' "$0"; printf '%s' "$1" >&2; "# + end
        let run = Run(try await Command("bash", ["-c", script, output, errors]).run())
        let head = ["POST /s/r1/v1/uploads HTTP/1.1"]
        let request = HostileServer.Request(kind: "figur", head: head, bytes: 1, whole: true, sha256: digest)
        return HostileCheck(row: row, run: run, requests: [request], digests: ["shot.png": ["d"]]).problems
    }

    private let success = HostileRow.figur("good", [], exit: 0)
    private let refusal = HostileRow.figur("bad", [], exit: 76, code: "x", says: "what")

    @Test func whatIsRightHasNoProblem() async throws {
        #expect(try await problems(success, Self.good, "", "exit 0") == [])
        #expect(try await problems(refusal, Self.failed, "what happened\n", "exit 76") == [])
    }

    @Test func anOkForOtherBytesIsFound() async throws {
        #expect(try await problems(success, Self.good, "", "exit 0", digest: "e").contains { $0.contains("arrived") })
    }

    @Test func anotherEndIsFound() async throws {
        #expect(try await problems(success, Self.good, "", "exit 76").contains { $0.contains("exit") })
        #expect(try await problems(refusal, Self.failed, "what\n", "kill -SEGV $$").contains { $0.contains("signal") })
    }

    @Test func recordsThatAreNoneOrTooManyAreFound() async throws {
        #expect(try await problems(success, "{", "", "exit 0").contains { $0.contains("not a JSON object") })
        let two = Self.good + "\n" + Self.good
        #expect(try await problems(success, two, "", "exit 0").contains { $0.contains("records") })
        let bare = #"{"ok":true}"#
        #expect(try await problems(success, bare, "", "exit 0").contains("no service"))
    }

    @Test(arguments: HostileKey.traces)
    func theKeyIsFoundInEveryEncoding(trace: String) async throws {
        let leak = try await problems(refusal, Self.failed, "what: \(trace)\n", "exit 76")
        #expect(leak.contains { $0.hasPrefix("stderr has the key") })
    }

    @Test func whatChangesATerminalIsFound() async throws {
        for bad in ["\u{1B}[2J", "\u{200B}", "\u{E0041}", "\u{AD}", "\u{202E}"] {
            #expect(try await problems(refusal, Self.failed, "what \(bad)\n", "exit 76").contains { $0.contains("U+") })
        }
    }

    @Test func moreThanOneLineAndOtherWordsAreFound() async throws {
        let found = try await problems(refusal, Self.failed, "one\ntwo\n", "exit 76")
        #expect(found.contains { $0.contains("2 lines") })
        #expect(found.contains { $0.contains("no line says") })
    }
}
