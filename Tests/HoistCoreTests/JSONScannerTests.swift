import TestSupport
import Testing

@testable import HoistCore

/// What goes through a text without making values of it says what the parser says.
@Suite struct JSONScannerTests {
    private static let documents = [
        #"{"a":1,"b":[true,false,null],"c":{"d":"e\n\u00e9\ud83c\udfac"},"f":-1.5e+3,"g":""}"#,
        #" { "ok" : true , "error" : { "code" : "x" } , "ok" : false } "#, #"{"a":"é𝄞","\u0061":2,"e\u0301":"é"}"#,
        "{}",
        "[]", "[[],{}]", #"{"a":{}}"#, "null", "-0", #""\ud800""#, #""\udc00x""#, #"{"a":01}"#, #"{"a":1,}"#, "{",
        #"{"a":"\x"}"#, #"{"a":"\u12"}"#, "{\"a\":\"\n\"}", #"{"a":1}x"#, "", " ", #"{"a" 1}"#, #"{a:1}"#, "1.", "1e",
        "tru",
    ]

    /// Holds the scanner against the parser.
    private func compare(_ bytes: [UInt8]) {
        let parsed = JSONValue(parsing: bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(JSONScanner.isWhole(bytes) == (parsed != nil), "\(text)")
        var found: [JSONValue.Member] = []
        var areMembers = true
        // In the middle of something else, as in a file.
        let around = Array("[7,".utf8) + bytes + Array(",8]\n".utf8)
        let isObject = JSONScanner.visitMembers(of: around, in: 3..<3 + bytes.count) { name, value in
            guard let name = JSONValue(parsing: Array(around[name]))?.text,
                let value = JSONValue(parsing: Array(around[value]))
            else {
                areMembers = false
                return
            }
            if !found.contains(where: { $0.name == name }) { found.append(.init(name, value)) }
        }
        guard case .object(let members)? = parsed else {
            #expect(!isObject, "\(text)")
            return
        }
        #expect(isObject && areMembers, "\(text)")
        #expect(found == members, "\(text)")
        for (name, written) in [("a", "a" as StaticString), ("ok", "ok"), ("error", "error"), ("none", "none")] {
            let range = JSONScanner.member(written, of: around, in: 3..<3 + bytes.count)
            #expect(range.flatMap { JSONValue(parsing: Array(around[$0])) } == parsed?[name], "\(text)")
        }
    }

    @Test(arguments: documents)
    func asTheParserHasIt(document: String) { compare(Array(document.utf8)) }

    /// Bytes are changed, left out, doubled and put in, so that most are no JSON any more, and some are.
    @Test(arguments: 0..<100 as Range<UInt64>)
    func whateverBecomesOfIt(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces =
            [
                "\"", "\\", "\\u0061", "\\ud83c", "{", "}", "[", "]", ",", ":", "0", "1", "-", ".", "e", "E", "+", " ",
                "\n", "\t",
                "true", "null", "\u{0}", "\u{7F}", "é", "\"a\":", "\"ok\":true,",
            ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]
        for document in Self.documents {
            var bytes = Array(document.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let start = Int.random(in: 0...bytes.count, using: &generator)
                let end = min(bytes.count, start + Int.random(in: 0...3, using: &generator))
                let isLeftOut = Bool.random(using: &generator)
                bytes.replaceSubrange(start..<end, with: isLeftOut ? [] : pieces.randomElement(using: &generator) ?? [])
            }
            compare(bytes)
        }
    }

    @Test(arguments: 0..<20)
    func plainTextEndsWhereSomethingElseIs(offset: Int) {
        for byte in UInt8.min...UInt8.max {
            for distance in 0..<20 {
                var bytes = [UInt8](repeating: UInt8(ascii: "!"), count: 45)
                bytes[offset + distance] = byte
                let isPlain = byte >= 0x20 && byte < 0x80 && ![UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(byte)
                let end = JSONScanner.endOfPlainText(in: bytes, from: offset, to: bytes.count)
                // Whatever is plain may be left for who looks byte by byte, but not more than that is taken.
                #expect(isPlain ? end > offset + 20 : end == offset + distance)
            }
        }
    }

    @Test(arguments: [1, 511, 512, 513, 2000])
    func asDeepAsTheParserGoes(depth: Int) {
        for (start, end) in [("[", "]"), (#"{"a":"#, "}")] {
            let text = String(repeating: start, count: depth) + "1" + String(repeating: end, count: depth)
            let isWhole = JSONScanner.isWhole(Array(text.utf8))
            #expect(isWhole == (JSONValue(parsing: text) != nil))
        }
    }
}
