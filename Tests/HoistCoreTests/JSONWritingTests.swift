import HoistTestSupport
import TestSupport
import Testing

@testable import HoistCore

@Suite struct JSONWritingTests {
    @Test(arguments: [
        (JSONValue.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.number("1e3"), "1e3"),
        (.number(-7), "-7"), (.number(Int64.max), "9223372036854775807"), (.string(""), #""""#), (.array([]), "[]"),
        (.object([]), "{}"), (.string(orNull: nil), "null"), (.string(orNull: "x"), #""x""#),
        (.array([.null, .array([.bool(true)])]), "[null,[true]]"),
        (.object([.init("b", .number(1)), .init("a", .object([.init("c", .null)]))]), #"{"b":1,"a":{"c":null}}"#),
    ])
    func compactInTheOrderGiven(_ value: JSONValue, _ text: String) {
        #expect(value.description == text)
    }

    @Test(arguments: [
        ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\n", #""\n""#), ("\r", #""\r""#), ("\r\n", #""\r\n""#),
        ("\t", #""\t""#), ("\0", #""\u0000""#), ("\u{8}", #""\u0008""#), ("\u{1B}[2J", #""\u001b[2J""#),
        ("\u{7F}", #""\u007f""#), ("\u{80}", #""\u0080""#), ("\u{9B}", #""\u009b""#), ("\u{9F}", #""\u009f""#),
        ("\u{A0}", "\"\u{A0}\""), ("é", #""é""#), ("e\u{301}", "\"e\u{301}\""), ("\u{1F3AC}", "\"\u{1F3AC}\""),
        ("\u{2028}", #""\u2028""#), ("\u{2029}", #""\u2029""#), ("\u{202E}", #""\u202e""#), ("\u{2066}", #""\u2066""#),
        ("\u{200F}", #""\u200f""#), ("\u{FEFF}", #""\ufeff""#), ("a\u{1B}\u{301}", "\"a\\u001b\u{301}\""),
        // The Arabic letter mark reorders like the two marks at U+200E.
        ("\u{61C}", #""\u061c""#),
        // Not seen: a soft hyphen, zero-width characters, a variation selector, the blocks of tags and their selectors.
        ("a\u{AD}b", #""a\u00adb""#), ("\u{200B}", #""\u200b""#), ("\u{200D}", #""\u200d""#),
        ("\u{2060}", #""\u2060""#),
        ("\u{FE0F}", #""\ufe0f""#), ("\u{3164}", #""\u3164""#), ("\u{E0041}", #""\udb40\udc41""#),
        ("\u{E0100}", #""\udb40\udd00""#), ("\u{1D173}", #""\ud834\udd73""#),
    ])
    func escaping(_ text: String, _ written: String) {
        let line = JSONValue.string(text).description
        #expect(line.unicodeScalars.elementsEqual(written.unicodeScalars), "\(line)")
        let member = JSONValue.object([.init(text, .null)]).description
        #expect(member.unicodeScalars.elementsEqual("{\(written):null}".unicodeScalars), "\(member)")
    }

    @Test func noControlCharacterGetsOut() {
        let every = String(String.UnicodeScalarView((0..<0x3000).compactMap(Unicode.Scalar.init(_:))))
        let line = JSONValue.object([.init(every, .string(every))]).description
        #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
        #expect(JSONValue(parsing: line)?[every]?.text == every)
    }

    @Test(arguments: [
        ("plain é \u{1F3AC}", "plain é \u{1F3AC}"), ("\u{1B}[31m", #"\u{1b}[31m"#), ("a\nb", #"a\u{a}b"#),
        ("\u{9B}2J", #"\u{9b}2J"#), ("\u{202E}gpj", #"\u{202e}gpj"#), ("a\u{AD}\u{200B}b", #"a\u{ad}\u{200b}b"#),
        ("\u{E0041}", #"\u{e0041}"#),
        ("\\u{1b}", #"\u{1b}"#),
    ])
    func safeForTerminal(_ text: String, _ safe: String) {
        #expect(text.safeForTerminal == safe)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func whatIsWrittenIsReadBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = JSONValue.random(using: &generator, depth: 4)
        let text = value.description
        let parsed = try #require(JSONValue(parsing: text), "\(text)")
        #expect(parsed == value)
        #expect(parsed.description.utf8.elementsEqual(text.utf8))
        #expect(!text.contains { $0.isNewline })
    }
}

extension JSONValue {
    /// Any value; an object's members have different names and are in the order in which parsing brings them.
    fileprivate static func random(using generator: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .number(Int64.random(in: .min ... .max, using: &generator))
        case 3:
            let fraction = Int.random(in: 0..<1000, using: &generator) * 10 + 1
            return .number("\(Int.random(in: 1...9999, using: &generator)).\(fraction)")
        case 4: return .string(randomText(using: &generator))
        case 5:
            let count = Int.random(in: 0..<5, using: &generator)
            return .array((0..<count).map { _ in random(using: &generator, depth: depth - 1) })
        default:
            let names = Set((0..<4).map { _ in randomText(using: &generator) }).sorted()
            return .object(names.map { Member($0, random(using: &generator, depth: depth - 1)) })
        }
    }

    private static func randomText(using generator: inout SeededGenerator) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x20...0x7E, 0x7F...0x9F, 0x300...0x36F, 0x2000...0x2070, 0xD7F0...0xD7FF, 0xE000...0xFFFF,
            0x1F000...0x1FAFF, 0xE0000...0xE01FF, 0x10FFF0...0x10FFFF,
        ]
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            let range = ranges[Int.random(in: 0..<ranges.count, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}
