import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistMedia
@testable import HoistServices
@testable import HoistTransport

/// Values in templates.
@Suite struct RendererTests {
    private static let settings = """
        [settings.text]
        [settings.count]
        type = "integer"
        [settings.long]
        type = "seconds"
        [settings.on]
        type = "boolean"
        [settings.audio]
        for = "audio"
        default = "{file.duration}"
        [settings.given]
        default = "d"
        """

    private static func description() throws -> ServiceDescription {
        try ServiceDescription(
            toml: """
                base_url = "https://h"
                key_env = "TEST_KEY"
                [upload]
                url = "/u"
                body = "raw"
                [result]
                id = "{upload.body.id}"
                \(settings)
                """)
    }

    /// A renderer after a reply to `prepare`.
    private static func renderer(
        _ reply: Reply = Reply(
            200, #"{"n":1.50,"t":"a b","o":{"x":[1,null]},"z":null,"e":"","s":"{\"a\":1}","b":false}"#),
        _ texts: [String: String] = [:], kind: String = "image/png", probe: MediaProbe? = nil
    ) async throws -> Renderer {
        try await withInputFile("12345".utf8, name: "my shot.png") { input throws in
            let description = try Self.description()
            let type = try #require(MediaType(kind))
            let media = MediaFile(input: input, type: type, fileType: type.fileType).probed(probe).media
            let context = UploadContext(
                file: FileFacts(media, of: input, kind: media.fileType, description), key: "sk",
                settings: SettingValues(description.settings, texts))
            context[.prepare] = .init(json: JSONValue(parsing: reply.body), reply: reply, credential: nil)
            context.id = "i/1"
            return Renderer(context: context)
        }
    }

    @Test(arguments: [
        ("{prepare.body.n}", "1.50"), ("{prepare.body.t}", #""a b""#), ("{prepare.body.o}", #"{"x":[1,null]}"#),
        ("{prepare.body.b}", "false"), ("{prepare.body.e}", #""""#), ("{prepare.body.o.x[0]}", "1"),
        ("{file.size}", "5"),
        ("{file.name}", #""my shot.png""#), ("{file.type}", #""image/png""#), ("{file.kind}", #""image""#),
        ("{file.ext}", #""png""#),
        ("{key}", #""sk""#), ("{id}", #""i/1""#), ("x{prepare.body.n}", #""x1.50""#),
        ("{prepare.body.o}!", #""{\"x\":[1,null]}!""#),
        ("{prepare.body.b}{file.size}", #""false5""#), ("{{{file.size}}}", #""{5}""#), ("constant", #""constant""#),
        ("", #""""#),
        ("{settings.given}", #""d""#), ("{file.size|base64}", #""NQ==""#), ("Basic {key|base64}", #""Basic c2s=""#),
        ("{file.name|base64}", #""bXkgc2hvdC5wbmc=""#),
    ])
    func aValueAloneKeepsItsType(_ template: String, _ json: String) async throws {
        #expect(try await Self.renderer().value(try Template(template))?.description == json)
    }

    /// What is not set is left out, with all that it is a part of.
    @Test(arguments: [
        "{prepare.body.z}", "{prepare.body.none}", "a{prepare.body.none}", "{upload.body.n}", "{upload.text}",
        "{prepare.header.ETag}",
        "{settings.text}", "{settings.audio}", "{settings.unknown}", "{file.md5}", "{file.duration}",
        "{settings.text|base64}",
    ])
    func notSet(_ template: String) async throws {
        let renderer = try await Self.renderer()
        #expect(renderer.value(try Template(template)) == nil)
        #expect(renderer.text(try Template(template)) == nil)
        #expect(renderer.path(try Template("/\(template)")) == nil)
        #expect(renderer.query([("a", try Template(template)), ("b", try Template("c"))]) == "b=c")
        let shape = Call.Shape.object([
            ("x", .value(try Template(template))),
            ("l", .array([.value(try Template(template)), .constant(.number("1"))])),
        ])
        #expect(renderer.json(shape)?.description == #"{"l":[1]}"#)
    }

    @Test func settingsKeepTheirTypes() async throws {
        let texts = ["count": "7", "long": "2h", "on": "true", "text": "7", "given": "g"]
        let renderer = try await Self.renderer(Reply(200, "{}"), texts)
        for (name, json) in ["count": "7", "long": "7200", "on": "true", "text": #""7""#, "given": #""g""#] {
            #expect(renderer.value(try Template("{settings.\(name)}"))?.description == json)
        }
    }

    @Test func aSettingIsForItsMedia() async throws {
        let probe = MediaProbe(duration: 12.5, bitrate: nil)
        let template = try Template("{settings.audio}")
        #expect(try await Self.renderer(kind: "audio/mpeg", probe: probe).value(template) == .number("12.5"))
        #expect(try await Self.renderer(kind: "video/mp4", probe: probe).value(template) == nil)
        #expect(
            try await Self.renderer(Reply(200, "{}"), ["audio": "9"], kind: "video/mp4", probe: probe).value(template)
                == nil)
        #expect(
            try await Self.renderer(Reply(200, "{}"), ["audio": "9"], kind: "audio/mpeg").value(template)
                == .string("9"))
    }

    @Test func headersAndTextOfAReply() async throws {
        let renderer = try await Self.renderer(Reply(200, " tok\n", headers: [("ETag", "\"e\""), ("X-Url", "u")]))
        #expect(renderer.text(try Template("{prepare.header.etag}")) == "\"e\"")
        #expect(renderer.text(try Template("{prepare.text}")) == "tok")
        #expect(try await Self.renderer(Reply(200, " \n")).value(try Template("{prepare.text}")) == nil)
    }

    @Test func uuidsDiffer() async throws {
        let renderer = try await Self.renderer()
        let texts = Set(try (0..<50).map { _ in try #require(renderer.text(try Template("{uuid}"))) })
        #expect(texts.count == 50)
        #expect(texts.allSatisfy { $0.wholeMatch(of: #/[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/#) != nil })
    }

    /// What a reply says is a value, and never a template.
    @Test func aReplyIsNoTemplate() async throws {
        let renderer = try await Self.renderer(Reply(200, #"{"t":"{key}","k":"{{key}}"}"#))
        #expect(renderer.text(try Template("{prepare.body.t}{prepare.body.k}")) == "{key}{{key}}")
    }

    // MARK: - Paths and queries

    @Test(
        arguments: [
            ("abc", "/f/abc", "/f/abc"), ("a/b", "/f/a%2Fb", "/f/a/b"), ("..", nil, nil), (".", nil, nil),
            ("../../admin", "/f/..%2F..%2Fadmin", nil), ("a/./b", "/f/a%2F.%2Fb", nil),
            ("a?b#c", "/f/a%3Fb%23c", "/f/a%3Fb%23c"),
            ("a%2Fb", "/f/a%252Fb", "/f/a%252Fb"), ("é", "/f/%C3%A9", "/f/%C3%A9"),
            ("a b\r\n", "/f/a%20b%0D%0A", "/f/a%20b%0D%0A"),
            ("-._~", "/f/-._~", "/f/-._~"), ("//h/x", "/f/%2F%2Fh%2Fx", "/f///h/x"),
            ("@h:1", "/f/%40h%3A1", "/f/%40h%3A1"),
        ] as [(String, String?, String?)])
    func anIDStaysASegment(_ id: String, _ path: String?, _ segments: String?) async throws {
        let renderer = try await Self.renderer()
        renderer.context.id = id
        #expect(renderer.path(try Template("/f/{id}")) == path)
        #expect(renderer.path(try Template("/f/{id|path}")) == segments)
    }

    /// Else it would be another path.
    @Test func anEmptySegmentIsNone() async throws {
        let renderer = try await Self.renderer()
        #expect(renderer.path(try Template("/f/{prepare.body.e}")) == nil)
        #expect(renderer.path(try Template("/f/{prepare.body.e|path}")) == nil)
        #expect(renderer.path(try Template("/f")) == "/f")
    }

    @Test func queries() async throws {
        let renderer = try await Self.renderer()
        let text = renderer.query([
            ("a b", try Template("{prepare.body.t}")), ("n", try Template("{prepare.body.n}")),
            ("e", try Template("{prepare.body.e}")),
            ("x", try Template("1&y=2#")),
        ])
        #expect(text == "a%20b=a%20b&n=1.50&e=&x=1%26y%3D2%23")
        #expect(renderer.query([]) == "")
    }

    // MARK: - JSON

    @Test func jsonOfAnyDepth() async throws {
        let shape = Call.Shape.object([
            ("b", .array([.object([("n", .value(try Template("{prepare.body.n}")))]), .constant(.bool(true))])),
            ("a", .value(try Template("x{file.size}"))), ("c", .object([])),
        ])
        #expect(try await Self.renderer().json(shape)?.description == #"{"b":[{"n":1.50},true],"a":"x5","c":{}}"#)
    }

    @Test func jsonInATextIsRead() async throws {
        let renderer = try await Self.renderer()
        #expect(renderer.members(.value(try Template("{prepare.body.s}"))) == [.init("a", .number("1"))])
        #expect(renderer.members(.value(try Template("{prepare.body.o}")))?.map(\.name) == ["x"])
        for template in ["{prepare.body.t}", "{prepare.body.n}", "{prepare.body.none}", "[1]", "{prepare.body.b}"] {
            #expect(renderer.members(.value(try Template(template))) == nil, "\(template)")
        }
    }

    @Test(
        arguments: [
            (JSONValue.null, nil), (.string("a"), "a"), (.number("1.0"), "1.0"), (.bool(true), "true"),
            (.array([.null]), "[null]"),
            (.object([.init("a", .string("\""))]), #"{"a":"\""}"#),
        ] as [(JSONValue, String?)])
    func aValueWithinAText(_ value: JSONValue, _ text: String?) {
        #expect(Renderer.text(of: value) == text)
    }
}
