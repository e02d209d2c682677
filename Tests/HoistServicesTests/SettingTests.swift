import Testing

@testable import HoistCore
@testable import HoistMedia
@testable import HoistServices

@Suite struct SettingTests {
    private static func setting(_ lines: String) throws(Failure) -> Setting {
        let toml = TOMLReader(file: "a.toml", code: "bad_description")
        let root = try toml.document(Array("[settings.x]\n\(lines)".utf8))
        guard let setting = try SettingReader(toml: toml).settings(root["settings"]).first else { throw .interrupted }
        return setting
    }

    @Test func everyKey() throws {
        let setting = try Self.setting(
            """
            env = "X_Y1"
            type = "number"
            default = "2"
            choices = ["1", "2"]
            pattern = "[0-9]"
            min = 1
            max = 2.5
            for = ["audio", "video"]
            help = "h"
            """)
        #expect(setting.name == "x" && setting.variable == "X_Y1" && setting.kind == .number)
        #expect(
            setting.defaultTemplate?.constant == "2" && setting.choices == ["1", "2"] && setting.pattern == "[0-9]")
        #expect(
            setting.range == 1...2.5 && setting.kinds == [.audio, .video] && setting.help == "h" && !setting.isRequired)
        #expect(try Self.setting("required = true").isRequired)
        #expect(setting.advice == "--set x=VALUE or the variable X_Y1")
    }

    @Test func nothingIsNeeded() throws {
        let setting = try Self.setting("")
        #expect(setting.kind == .text && !setting.isRequired && !setting.hasDefault && setting.variable == nil)
        #expect(setting.problem(with: "anything at all") == nil)
        #expect(setting.advice == "--set x=VALUE")
    }

    @Test(arguments: [
        ("typ = 'text'", "did you mean 'type'?"),
        ("type = 'txt'", "type is one of text, number, integer, boolean, seconds"),
        ("env = 'a-b'", "is no variable's name"), ("env = '1A'", "is no variable's name"),
        ("env = ''", "is no variable's name"),
        ("env = 'OTHER_API_KEY'", "sounds like a secret"), ("env = 'github_token'", "sounds like a secret"),
        ("env = 'DB_PASSWORD'", "sounds like a secret"), ("env = 'AWS_SECRET_ACCESS'", "sounds like a secret"),
        ("default = '{key}'", "nothing but text and {file.…}"),
        ("default = '{settings.y}'", "nothing but text and {file.…}"),
        ("default = '{prepare.body.x}'", "nothing but text and {file.…}"),
        ("default = '{'", "a brace without its partner"),
        ("default = 'c'\nchoices = ['a', 'b']", "the default of x is one of a, b"),
        ("default = 'q'\ntype = 'integer'", "the default of x is a whole number"),
        ("pattern = '('", "no extended regular expression"),
        ("pattern = '\(String(repeating: "a", count: 201))'", "no extended regular expression"),
        ("min = 2\nmax = 1", "min is above max"),
        ("min = '1'", "min has to be a number"), ("max = inf", "max has to be a number"),
        ("for = 'audios'", "not 'audios'"),
        ("required = 1", "required has to be true or false"), ("help = 1", "help has to be text"),
        ("choices = [1]", "has to be text"),
    ])
    func badOnes(_ lines: String, _ what: String) throws {
        let failure = try #require(#expect(throws: Failure.self) { _ = try Self.setting(lines) })
        #expect(failure.kind == .configuration && failure.message.hasPrefix("a.toml, line "))
        #expect(failure.message.contains(what), "\(failure.message)")
    }

    @Test(arguments: ["base_url", "api_key_file", "a-b", "\"a b\"", "\"\""])
    func badNames(_ name: String) throws {
        let toml = TOMLReader(file: "a.toml", code: "bad_description")
        let root = try toml.document(Array("[settings.\(name)]".utf8))
        let failure = #expect(throws: Failure.self) { _ = try SettingReader(toml: toml).settings(root["settings"]) }
        #expect(failure?.message.contains("a setting cannot be called") == true)
    }

    // MARK: - Values

    @Test(arguments: [
        ("text", "", #""""#), ("text", "1", #""1""#), ("number", "1", "1"), ("number", "-0.5", "-0.5"),
        ("number", "1e3", "1000"),
        ("integer", "7", "7"), ("integer", "-9223372036854775808", "-9223372036854775808"), ("boolean", "true", "true"),
        ("boolean", "false", "false"), ("seconds", "90", "90"), ("seconds", "90s", "90"), ("seconds", "30m", "1800"),
        ("seconds", "12h", "43200"), ("seconds", "7d", "604800"), ("seconds", "0", "0"),
    ])
    func values(_ kind: String, _ text: String, _ json: String) throws {
        let setting = try Self.setting("type = '\(kind)'")
        #expect(setting.problem(with: text) == nil)
        #expect(setting.value(of: text)?.description == json)
    }

    @Test(arguments: [
        ("number", ["", "x", "1,5", "nan", "inf", "1e400", " 1", "0x"], "is a number"),
        ("integer", ["", "1.0", "9223372036854775808", "1e3", " 1"], "is a whole number"),
        ("boolean", ["", "yes", "1", "True", "TRUE "], "is true or false"),
        (
            "seconds", ["", "d", "-1", "1.5h", "7w", "7 d", "9223372036854775807d", "106751991167301d"],
            "is a time such as"
        ),
    ])
    func textsThatSayNoValue(_ kind: String, _ texts: [String], _ what: String) throws {
        let setting = try Self.setting("type = '\(kind)'")
        for text in texts {
            #expect(setting.problem(with: text)?.hasPrefix(what) == true, "\(text)")
            #expect(setting.value(of: text) == nil, "\(text)")
        }
    }

    @Test func theEndsOfARangeBelongToIt() throws {
        let setting = try Self.setting("type = 'seconds'\nmin = 60\nmax = 86400")
        for text in ["60", "1m", "1d", "24h"] { #expect(setting.problem(with: text) == nil) }
        for text in ["59", "86401", "25h"] {
            #expect(setting.problem(with: text) == "is from 60 to 86400, not '\(text)'")
        }
        let half = try Self.setting("type = 'number'\nmin = 0.5")
        #expect(
            half.problem(with: "0.5") == nil && half.problem(with: "0.49") != nil && half.problem(with: "1e14") == nil)
    }

    @Test func choices() throws {
        let setting = try Self.setting("choices = ['vision', 'batch']")
        #expect(setting.problem(with: "vision") == nil)
        #expect(setting.problem(with: "vison") == "is one of vision, batch, not 'vison'; did you mean 'vision'?")
        #expect(setting.problem(with: "Vision")?.hasPrefix("is one of") == true)
        #expect(setting.problem(with: "")?.hasPrefix("is one of") == true)
    }

    /// The whole value has to have the form.
    @Test func patterns() throws {
        let setting = try Self.setting("pattern = 'a|b[0-9]+'")
        for text in ["a", "b1", "b42"] { #expect(setting.problem(with: text) == nil) }
        for text in ["", "aa", "b", "xa", "a b1", "b1x"] {
            #expect(setting.problem(with: text) == "has the form a|b[0-9]+, not '\(text)'")
        }
    }

    @Test(arguments: ["a\nb", "\u{1B}[2J", "a\u{0}", "\u{202E}", String(repeating: "x", count: 4097)])
    func whatNobodyMeans(_ text: String) throws {
        for lines in ["", "pattern = '.*'", "choices = ['a']"] {
            #expect(try Self.setting(lines).problem(with: text) == "has control characters in it or is too long")
        }
    }

    @Test func valuesThatMakeUploadsDiffer() throws {
        let description = try ServiceDescription(
            toml: """
                base_url = "https://h"
                [settings.a]
                [settings.b]
                type = "integer"
                default = "3"
                [settings.c]
                default = "{file.name}"
                [upload]
                url = "/u"
                body = "raw"
                [result]
                id = "{upload.body.id}"
                """)
        #expect(SettingValues(description.settings, [:]).json.description == #"{"b":3}"#)
        #expect(SettingValues(description.settings, ["b": "4", "a": "x"]).json.description == #"{"a":"x","b":4}"#)
    }
}
