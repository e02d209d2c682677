import Testing

@testable import HoistKit

@Suite struct JSONTextTests {
    private static let filler = String(repeating: #"{"text": "a } ] \" {"}, "#, count: 4000)

    @Test(arguments: [
        ("[" + filler, "application/json"), (" [ [ " + filler, "application/json"),
        (#"{"a": ["# + filler, "application/json"),
        (String(repeating: "{\"a\": [1]}\n", count: 8000), "application/x-ndjson"),
        (String(repeating: "[2024-01-01] started {\"a\": 1}\n", count: 4000), nil),
        (String(repeating: "[section]\na=b\n", count: 8000), nil), (String(repeating: "{a: b}\n", count: 20_000), nil),
        (String(repeating: "{", count: 70_000), nil), (String(repeating: "[", count: 70_000), nil),
        ("{\"" + String(repeating: "a", count: 70_000), nil), (#"[{"a": 1}]"#, nil),
    ])
    func long(_ text: String, _ expected: String?) async throws {
        #expect(try await type(by: JSONText.type, of: Array(text.utf8)) == expected)
    }
}
