import HTTPTypes
import Testing

@testable import HoistCore
@testable import HoistServices

@Suite struct TemplateTests {
    private static func reference(_ text: String) throws -> Reference? { try Template("{\(text)}").alone }

    @Test func everyReference() throws {
        let url = try #require(ValuePath("data.items[0].url"))
        let header = try #require(HTTPField.Name("ETag"))
        let references: [(String, Reference)] = [
            ("key", .key), ("uuid", .uuid), ("settings.owner", .setting("owner")), ("id", .handle("id")),
            ("prepare.body.data.items[0].url", .body(.prepare, url)), ("upload.header.ETag", .header(.upload, header)),
            ("upload.text", .text(.upload)),
        ]
        for (text, expected) in references { #expect(try Self.reference(text) == expected) }
        for fact in FileFact.allCases { #expect(try Self.reference("file.\(fact)") == .file(fact)) }
    }

    @Test func textAndValuesTakeTurns() throws {
        let template = try Template("a{key}b{uuid}{id|path}")
        #expect(
            template.parts == [
                .text("a"), .value(.key, nil), .text("b"), .value(.uuid, nil), .value(.handle("id"), .path),
            ])
        #expect(template.references == [.key, .uuid, .handle("id")])
        #expect(template.alone == nil && template.constant == nil)
        #expect(try Template("{key|base64}").alone == nil, "a filter makes a text of it")
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("{{", "{"), ("}}", "}"), ("{{a}}", "{a}"), ("{{{{", "{{"), ("é{{", "é{"),
    ])
    func constants(_ text: String, _ constant: String) throws {
        #expect(try Template(text).constant == constant)
    }

    @Test func twoBracesBesideAValue() throws {
        #expect(try Template("{{{key}}}").parts == [.text("{"), .value(.key, nil), .text("}")])
    }

    @Test(arguments: [
        ("{", "a brace without its partner"), ("}", "a brace without its partner"),
        ("a{key", "a brace without its partner"),
        ("{key}}", "a brace without its partner"), ("{{key}", "a brace without its partner"),
        ("{}", "unknown template {}"),
        ("{kee}", ""), ("{file.nam}", "did you mean 'file.name'?"), ("{file}", ""),
        ("{file.size.x}", "unknown template"),
        ("{settings}", ""), ("{settings.}", "unknown template"), ("{settings.a-b}", "unknown template"),
        ("{settings.a.b}", "unknown template"), ("{prepare.body}", "unknown template"),
        ("{prepare.body.}", "unknown template"),
        ("{prepare.header.}", "unknown template"), ("{prepare.header.a b}", "unknown template"),
        ("{prepare.text.x}", "unknown template"),
        ("{env.HOME}", "unknown template"), ("{list.body.a}", "unknown template"), ("{Key.x}", "unknown template"),
        ("{key|md5}", "unknown filter 'md5'"), ("{key|}", "unknown filter ''"),
        ("{key|path|path}", "one filter at most"),
        ("{ key }", "unknown template"), ("{key\n}", "unknown template"), ("{prepare.body.a[}", "unknown template"),
        ("{prepare.body.a[-1]}", "unknown template"),
    ])
    func whatIsNone(_ text: String, _ problem: String) throws {
        // A single word is the name of a handle, which the whole description decides about.
        guard !problem.isEmpty else {
            guard case .handle? = try Template(text).alone else { throw Failure.interrupted }
            return
        }
        let found = #expect(throws: TemplateProblem.self) { _ = try Template(text) }
        #expect(found?.message.contains(problem) == true, "\(found?.message ?? "")")
    }
}

@Suite struct ValuePathTests {
    @Test(arguments: [
        ("a", #"1"#), ("b.c", #""x""#), ("l[0]", #"{"u":1}"#), ("l[0].u", "1"), ("l[1][1]", "3"), ("b", #"{"c":"x"}"#),
        ("n", "null"),
        ("d e", "5"),
    ])
    func values(_ path: String, _ found: String) throws {
        let json = try #require(
            JSONValue(parsing: Array(#"{"a":1,"b":{"c":"x"},"l":[{"u":1},[2,3]],"n":null,"d e":5}"#.utf8)))
        let path = try #require(ValuePath(path))
        #expect(path.value(in: json)?.description == found)
    }

    @Test(arguments: ["a.b", "x", "l[9]", "l[0].v", "b[0]", "l.u", "n.x", "[0]", "l[9223372036854775807]"])
    func whatIsNotThere(_ path: String) throws {
        let json = try #require(JSONValue(parsing: Array(#"{"a":1,"b":{"c":"x"},"l":[{"u":1}],"n":null}"#.utf8)))
        #expect(try #require(ValuePath(path)).value(in: json) == nil)
        #expect(try #require(ValuePath(path)).value(in: nil) == nil)
    }

    @Test func theDocumentMayBeAList() throws {
        let json = try #require(JSONValue(parsing: Array(#"[["a"],{"b":2}]"#.utf8)))
        #expect(try #require(ValuePath("[0][0]")).value(in: json) == .string("a"))
        #expect(try #require(ValuePath("[1].b")).value(in: json) == .number("2"))
    }

    @Test(arguments: [
        "", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[1", "a]", "a[1]b", "a.[0]", "a[0].[1]",
        "a[99999999999999999999]",
    ])
    func noPaths(_ text: String) {
        // A closing bracket alone is a letter of a name like any other.
        #expect((ValuePath(text) == nil) == (text != "a]"))
    }

    @Test(arguments: ["a", "a.b[0].c", "[1].x", "a[1][2]"])
    func descriptionIsWhatWasRead(_ text: String) {
        #expect(ValuePath(text)?.description == text)
    }

    @Test(arguments: [("a.b[0].c", "c"), ("a[1]", "a"), ("[0]", nil)] as [(String, String?)])
    func leaf(_ text: String, _ name: String?) throws {
        #expect(try #require(ValuePath(text)).leaf == name)
    }

    @Test(arguments: [
        ("a", #"{"b":{"c":1,"d":2},"l":[{"u":1},2]}"#), ("b.c", #"{"a":0,"b":{"d":2},"l":[{"u":1},2]}"#),
        ("l[0]", #"{"a":0,"b":{"c":1,"d":2},"l":[null,2]}"#), ("l[0].u", #"{"a":0,"b":{"c":1,"d":2},"l":[{},2]}"#),
        ("x.y", #"{"a":0,"b":{"c":1,"d":2},"l":[{"u":1},2]}"#), ("l[7]", #"{"a":0,"b":{"c":1,"d":2},"l":[{"u":1},2]}"#),
    ])
    func removed(_ path: String, _ rest: String) throws {
        let json = try #require(JSONValue(parsing: Array(#"{"a":0,"b":{"c":1,"d":2},"l":[{"u":1},2]}"#.utf8)))
        #expect(try Self.removed(path, from: json).description == rest)
    }

    private static func removed(_ path: String, from json: JSONValue) throws -> JSONValue {
        let path = try #require(ValuePath(path))
        guard case .object(let fields) = json else { throw Failure.interrupted }
        return .object(fields.compactMap(path.removed))
    }

    /// A name that is there twice is there once more for whoever looks for the second.
    @Test func removedWhereverItIs() throws {
        let json = try #require(JSONValue(parsing: Array(#"{"u":1,"u":2}"#.utf8)))
        #expect(try Self.removed("u", from: json) == .object([]))
    }
}
