import Foundation
import HoistCore
import HoistServices
import TestSupport
import Testing

/// Hoist's reader of TOML against Python's: the same values in the same order, and the same documents refused.
@Suite struct TOMLTests {
    private static func compare(_ texts: [String]) async throws {
        let input = JSONValue.array(texts.map(JSONValue.string)).bytes
        let finished = try await Python.command("toml_values.py", input: input).run()
        guard case .array(let expected)? = JSONValue(parsing: finished.outputBytes), expected.count == texts.count
        else {
            Issue.record("\(finished.errors)")
            return
        }
        let reader = TOMLReader(file: "a", code: "c")
        for (text, expected) in zip(texts, expected) {
            let value = (try? reader.document(Array(text.utf8))).map(tagged) ?? .null
            #expect(value == expected, "\(JSONValue.string(text))")
        }
    }

    private static func tagged(_ node: TOMLNode) -> JSONValue {
        switch node.value {
        case .text(let text): .array([.string("text"), .string(text)])
        case .integer(let integer): .array([.string("integer"), .string(String(integer))])
        case .decimal(let decimal):
            .array([
                .string("decimal"),
                .string(decimal.isNaN ? "nan" : Hexadecimal.text(of: bytes(of: decimal))),
            ])
        case .flag(let flag): .array([.string("flag"), .bool(flag)])
        case .array(let elements): .array([.string("list"), .array(elements.map(tagged))])
        case .table(let members):
            .array([
                .string("table"),
                .array(members.map { member in .array([.string(member.name), tagged(member.node)]) }),
            ])
        case .other: .array([.string("date")])
        }
    }

    private static func bytes(of decimal: Double) -> [UInt8] {
        withUnsafeBytes(of: decimal.bitPattern.bigEndian, Array.init)
    }

    private static func descriptions() throws -> [String] {
        let catalogue = Catalogue(environment: ["HOME": "/nonexistent"])
        return try Catalogue.builtIn.map { String(decoding: try catalogue.text(of: $0), as: UTF8.self) }
    }

    @Test func everyBuiltInDescription() async throws {
        let texts = try Self.descriptions()
        #expect(texts.count >= 20)
        try await Self.compare(texts)
    }

    /// One place changed each: what is still TOML has to come to the same, and what is none has to be refused.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func descriptionsWithAMistake(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "", "\"", "'", "\"\"\"", "[", "]", "[[", "{", "}", "=", ".", ",", "#", "\n", "\r\n", "\r", " ", "\\",
            "\\u00e9", "1", "_",
            "-", "0x", "e5", "true", "inf", "a", "\u{0}", "\u{E9}", "a.b = 1\n", "[upload]\n", "[[result]]\n",
            "x = {a = 1}\n",
        ]
        var texts: [String] = []
        for text in try Self.descriptions() {
            var scalars = Array(text.unicodeScalars)
            for _ in 0..<12 {
                let whole = scalars
                let place = Int.random(in: 0..<scalars.count, using: &generator)
                let end = min(scalars.count, place + Int.random(in: 0...2, using: &generator))
                scalars.replaceSubrange(
                    place..<end, with: (pieces.randomElement(using: &generator) ?? "").unicodeScalars)
                texts.append(String(String.UnicodeScalarView(scalars)))
                scalars = whole
            }
        }
        try await Self.compare(texts)
    }

    @Test func trickyDocuments() async throws {
        try await Self.compare(Self.tricky)
    }

    private static let tricky: [String] = [
        "", "\n", "# only", "#\r\na=1\r\n", "a = 1 # c", "a=1\n\n\n", "\ta\t=\t1\t", "a = 1\rb = 2", "a = 'x\r'",
        // Keys
        "1 = 1", "-_ = 1", "1.2 = 3", "\"\" = 1", "'' = 1", "\"a.b\" = 1", "a . b = 1", "'a'.\"b\".c = 1", "a..b = 1",
        ".a = 1", "a. = 1", "\"a\\u0062\" = 1\nab = 2", "true = 1", "a b = 1", "a = 1\n\"a\" = 2", "'\u{E9}' = 1",
        "= 1",
        // Texts
        #"a = "\b\t\n\f\r\"\\\u00e9\U0001F600""#, #"a = "\e""#, #"a = "\x41""#, #"a = "\u12""#, #"a = "\uD83D\uDE00""#,
        "a = '\\n'", "a = ''", "a = \"\"", "a = \"\"\"\"\"\"", "a = ''''''", "a = \"\"\"\n\nx\"\"\"",
        "a = \"\"\"\r\nx\r\ny\"\"\"",
        "a = \"\"\"x\\\n   \n  y\"\"\"", "a = \"\"\"x\\   \n y\"\"\"", "a = \"\"\"x\\ y\"\"\"",
        "a = \"\"\"a\"\"b\"\"\"", "a = \"\"\"a\"\"\"\"\"",
        "a = \"\"\"a\"\"\"\"\"\"", "a = '''a'''''", "a = '''a''''''", "a = '''x\\\n y'''", "a = \"\"\"\\\"\"\"\"",
        "a = \"\"\"x", "a = '''\u{1}'''",
        "a = \"\t\"", "a = \"\u{7F}\"", "a = '\u{80}'", "a = \"\"\"\\\n\"\"\"", "a = \"\"\"\r\"\"\"",
        "a = \"\u{1F468}\u{200D}\u{1F469}\"",
        // Numbers
        "a = 0", "a = +0", "a = -0", "a = 00", "a = +1", "a = -1", "a = 1_000", "a = _1", "a = 1_", "a = 1__0",
        "a = 0xDEAD_beef",
        "a = 0XFF", "a = 0x_1", "a = +0x1", "a = 0o17", "a = 0o8", "a = 0b101", "a = 0b2", "a = 0x",
        "a = 9223372036854775807",
        "a = -9223372036854775808", "a = 9223372036854775808", "a = 0x7fffffffffffffff", "a = 0xffffffffffffffff",
        "a = 1.0", "a = 1.", "a = .1", "a = -0.0", "a = 1e5", "a = 1E+5", "a = 1e-5", "a = 1e05", "a = 1.5e3",
        "a = 1.e3", "a = 1e", "a = 1e1.0",
        "a = 0e0", "a = 00.1", "a = 1_0.0_1e1_0", "a = 1._0", "a = 1_.0", "a = 0.1", "a = 3.141592653589793",
        "a = 5e-324", "a = 1e-400",
        "a = inf", "a = +inf", "a = -inf", "a = nan", "a = +nan", "a = Inf", "a = infinity",
        "a = 1.7976931348623157e308", "a = 2.5e+1_0",
        // Flags and dates
        "a = true", "a = false", "a = True", "a = tru", "a = truee", "a = 1979-05-27", "a = 1979-05-27T07:32:00Z",
        "a = 1979-05-27 07:32:00",
        "a = 07:32:00", "a = 07:32:00.999", "a = 1979-05-27T00:32:00.999999-07:00", "a = [1979-05-27, 07:32:00]",
        "a = 1979-05-27 # c",
        // Lists
        "a = []", "a = [ ]", "a = [,]", "a = [1,]", "a = [1,,2]", "a = [1\n,\n2 # c\n,\n]",
        "a = [1, 'x', [2.0, {}], true]", "a = [",
        "a = [1", "a = [1]]", "a = [\n# c\n]", "a = [[],[[]]]",
        // Tables in braces
        "a = {}", "a = { }", "a = {b=1}", "a = {b=1,}", "a = {,}", "a = {b.c=1, b.d=2}", "a = {b=1, b=2}",
        "a = {b={c=1}, b.d=2}",
        "a = {b=1\n}", "a = {\n}", "a = {b=[\n1\n]}", "a = {b='''\n'''}", "a = {b=1}\na.c=1", "a = {b=1}\n[a]",
        "a = {b={}}\n[a.b]",
        "a = {b = 1 # c\n}", "a = {'b' = 1, \"c\".d = 2}", "a = {b.c=1, b=2}", "a = [{b=1},{b=2}]\n[[a]]",
        // Headers
        "[a]", "[ a ]", "[a.b.c]\nd=1", "[a.\"b\".'c']", "[a]\n[a]", "[a.b]\n[a]\n[a.b]", "[a.b]\nc=1\n[a]\nd=2",
        "[a]\nb=1\n[a.b]", "[]", "[a",
        "[a]]", "[a]b=1", "[a] # c", "[a]\n[b]\n[a.c]", "a.b=1\n[a]", "a.b=1\n[a.c]", "[a]\nb.c=1\n[a.b]",
        "[a]\nb.c=1\n[a.b.d]",
        "[a.b]\n[a]\nb.c=1", "[a]\n[a.b]\n[a]", "[a.b.c]\n[a.b]\n[a]", "[a.b]\nx=1\n[a]\nb.y=1",
        "a.b.c=1\na.b.d=2\na.e=3", "a.b=1\na.b.c=2",
        "[\n a]", "[a.]", "[.a]", "[a b]", "x=1\n[y]\nx=2", "[a]\nx.y=1\nx.z=2\n[a.x.w]",
        // Lists of tables
        "[[a]]", "[[a]]\nx=1\n[[a]]\nx=2", "[[a]]\n[a.b]\n[[a]]\n[a.b]", "[[a.b]]\n[a]\nx=1", "[a]\n[[a]]",
        "[[a]]\n[a]", "a=[]\n[[a]]", "[[a]",
        "[ [a]]", "[[a] ]", "[[ a . b ]]", "[[a]]\nb=1\n[[a.b]]", "[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]",
        "[a.b]\n[[a.b]]", "[[a]]\na.b=1",
        "[[a]]\n[a.b]\n[a.b]", "[[a.b]]\n[[a]]", "[x.a]\n[[x.a.b]]\n[x.a.b.c]",
    ]
}
