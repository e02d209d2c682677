import HoistTestSupport
import Testing

@testable import HoistCore

@Suite struct JSONParsingTests {
    @Test(arguments: [
        ("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false)), ("0", .number("0")),
        ("1", .number("1")), (#""""#, .string("")), (#""1""#, .string("1")), ("[]", .array([])), ("{}", .object([])),
        (" \t\r\n[ 1 , true ] \n", .array([.number("1"), .bool(true)])),
        (
            #"{"b":[null],"a":{"c":""}}"#,
            .object([.init("b", .array([.null])), .init("a", .object([.init("c", .string(""))]))])
        ),
    ])
    func wholeValues(_ text: String, _ value: JSONValue) {
        #expect(JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0000\u001b\u007f\u009b""#, "\0\u{1B}\u{7F}\u{9B}"),
        (#""\u2028\u202e""#, "\u{2028}\u{202E}"), (#""\ud83c\udfac""#, "\u{1F3AC}"), ("\"\u{1F3AC}é\"", "\u{1F3AC}é"),
        (#""e\u0301""#, "e\u{301}"),
    ])
    func escapes(_ text: String, _ expected: String) throws {
        let parsed = try #require(JSONValue(parsing: text)?.text)
        // Scalar by scalar: Swift's own comparison takes canonically equivalent texts for the same.
        #expect(parsed.unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    /// A service's number is repeated and never calculated with: it stays as it was written.
    @Test(arguments: [
        "1008.32", "0.1", "-1", "-0", "1e3", "1E+3", "1.50", "12345678901234567890", "-98765432109876543210",
        "123456789012345678901234567890123456789012345678901234567890", "1e400", "1e-400", "0.30000000000000004",
    ])
    func numbersAreKept(_ literal: String) {
        #expect(JSONValue(parsing: literal)?.description == literal)
        #expect(JSONValue(parsing: #"{"a":[\#(literal)]}"#)?.description == #"{"a":[\#(literal)]}"#)
    }

    /// One number that cannot be calculated with is no reason to lose the handle beside it.
    @Test func hugeNumberDoesNotLoseTheReply() {
        #expect(JSONValue(parsing: #"{"upload_key":"k","score":1e400}"#)?["upload_key"]?.text == "k")
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"""#, #""abc"#, "tru", "nul", "-", "1.", "1e",
        #""\"#, #""\u12"#,
    ])
    func truncated(_ text: String) {
        #expect(JSONValue(parsing: text) == nil)
    }

    @Test(arguments: [
        "{}x", "[] []", "1 2", "null,", #""a""b""#, "[1,]", #"{"a":1,}"#, #"{a:1}"#, "'a'", "[1 2]", #"{"a" 1}"#, "01",
        ".5", "+1", "0x10", "NaN", "Infinity", "True", "// note\n1", "\"a\nb\"", "\"\u{1}\"", #""\x41""#,
        "<html></html>",
    ])
    func notJSON(_ text: String) {
        #expect(JSONValue(parsing: text) == nil)
    }

    /// Half a character is replaced, and what stands around it stays.
    @Test(arguments: [
        (#""\ud83c""#, "\u{FFFD}"), (#""\udce9""#, "\u{FFFD}"), (#""\udfac\ud83c""#, "\u{FFFD}\u{FFFD}"),
        (#""a\ud83cb""#, "a\u{FFFD}b"), (#""\ud83c\n""#, "\u{FFFD}\n"), (#""\ud83c\\u""#, "\u{FFFD}\\u"),
        (#""\ud83c\u0041""#, "\u{FFFD}A"), (#""\ud83c\ud83c\udfac""#, "\u{FFFD}\u{1F3AC}"),
        (#""\ud83c\"""#, "\u{FFFD}\""), (#""\ud83cé""#, "\u{FFFD}é"), (#""\uD83C\uDFAC\uDFAC""#, "\u{1F3AC}\u{FFFD}"),
    ])
    func loneSurrogatesAreReplaced(_ text: String, _ expected: String) throws {
        let parsed = try #require(JSONValue(parsing: text)?.text)
        #expect(parsed.unicodeScalars.elementsEqual(expected.unicodeScalars))
        #expect(JSONValue(parsing: #"{\#(text):{"upload_key":"k"}}"#)?[expected]?["upload_key"]?.text == "k")
    }

    @Test(arguments: [#""\ud83c\""#, #""\ud83c\u""#, #""\ud83c\uZZZZ""#, #""\ud83c\x""#, #""\ud83c"#])
    func whatFollowsHalfACharacterIsStillRead(_ text: String) {
        #expect(JSONValue(parsing: text) == nil)
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x80, 0x22], [0xFF, 0xFE], [0x5B, 0x22, 0xE2, 0x82],
        ] as [[UInt8]]
    )
    func invalidUTF8(_ bytes: [UInt8]) {
        #expect(JSONValue(parsing: bytes) == nil)
    }

    /// A server must not be able to exhaust the stack.
    @Test(arguments: [("[", ""), (#"{"a":"#, ""), ("[", "]")])
    func bottomlessNestingIsRefused(_ opening: String, _ closing: String) {
        let text = String(repeating: opening, count: 100_000) + String(repeating: closing, count: 100_000)
        #expect(JSONValue(parsing: text) == nil)
    }

    @Test func deepNestingIsRead() {
        let text = String(repeating: "[", count: 200) + "1" + String(repeating: "]", count: 200)
        #expect(JSONValue(parsing: text)?.description == text)
    }

    @Test func membersKeepTheirOrder() {
        let text = #"{"upload_url":"u","id":"i","Z":1,"a":2,"a_b":3}"#
        #expect(JSONValue(parsing: text)?.description == text)
    }

    @Test func repeatedMemberYieldsOne() {
        guard case .object(let members)? = JSONValue(parsing: #"{"a":1,"a":2}"#) else { return }
        #expect(members.count == 1)
    }

    @Test func subscriptAndText() {
        let value = JSONValue(parsing: #"{"a":"x","n":1,"z":null}"#)
        #expect(value?["a"]?.text == "x")
        #expect(value?["n"]?.text == nil)
        #expect(value?["z"] == .null)
        #expect(value?["b"] == nil)
        #expect(JSONValue.array([.string("a")])["a"] == nil)
    }
}
