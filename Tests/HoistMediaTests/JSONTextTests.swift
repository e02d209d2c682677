import HoistTestSupport
import Testing

@testable import HoistMedia

@Suite struct JSONTextTests {
    private static let filler = String(repeating: #"{"text": "a } ] \" {"}, "#, count: 4000)

    @Test(arguments: [
        ("[" + filler, "application/json"), (" [ [ " + filler, "application/json"),
        (#"{"a": ["# + filler, "application/json"),
        (String(repeating: "{\"a\": [1]}\n", count: 8000), "application/x-ndjson"),
        (String(repeating: "[2024-01-01] started {\"a\": 1}\n", count: 4000), nil),
        (String(repeating: "[section]\na=b\n", count: 8000), nil), (String(repeating: "{a: b}\n", count: 20_000), nil),
        (String(repeating: "{", count: 70_000), nil),
        (String(repeating: "[", count: 70_000), nil),
        ("{\"" + String(repeating: "a", count: 70_000), nil), (#"[{"a": 1}]"#, nil),
    ])
    func long(_ text: String, _ expected: String?) async throws {
        #expect(try await type(by: JSONText.type, of: Array(text.utf8)) == expected)
    }

    /// What it begins with, and what follows over and over.
    @Test(
        arguments: [
            ("[", "0.7919,-1e3, ", "application/json"), ("[", "[0,0],\n[], ", "application/json"),
            (#"[""#, #"]\" x "#, "application/json"), ("[", "null, true,false,", "application/json"),
            ("", "[1, \"a\"]\n", "application/x-ndjson"), ("", "[1] a footnote\n", nil), ("", "[12:30] hello\n", nil),
            ("[", "1 2, ", nil), ("", "1, ", nil), ("[", "nil, ", nil), ("[1]]", ", 1", nil),
        ] as [(String, String, String?)])
    func longArrays(_ start: String, _ rest: String, _ expected: String?) async throws {
        let text = start + String(repeating: rest, count: 70_000 / rest.utf8.count)
        #expect(try await type(by: JSONText.type, of: Array(text.utf8)) == expected)
    }
}
