import Foundation
import TestSupport
import Testing

/// A description that means no good cannot take the key, another service's key or another secret anywhere.
@Suite struct HostileDescriptionTests {
    private static let otherHost = SampleDescription.form.replacing("@BASE", with: "https://evil.example")

    @Test(arguments: [
        "headers = { X-A = 'b{key}' }", "headers = { X-A = '{key|base64}' }", "query = { a = '{key}' }",
        "when = '{key}'",
        "headers = [{ X-A = '{key}' }, '{prepare.body.headers}']",
    ])
    func theKeyIsNoPartOfACallToAReplysURL(line: String) async throws {
        let description = SampleDescription.presigned.replacing("headers = \"{prepare.body.headers}\"", with: line)
        try await run(
            .init(
                name: line, description: description, service: [.hostile("@OTHER/o")], says: ["mine.toml, line 1"]))
    }

    @Test(arguments: ["{ a = '{key}' }", "{ a = 'x{key|base64}' }", "'{key}'"])
    func theKeyIsNoFieldOfAReplysForm(fields: String) async throws {
        let description = SampleDescription.postedForm.replacing("\"{prepare.body.fields}\"", with: fields)
        try await run(
            .init(name: fields, description: description, service: [.hostile("@OTHER/o")], says: ["[upload]", "{key}"]))
    }

    @Test(arguments: ["status", "delete"])
    func aCallAboutAnUploadGoesToTheService(step: String) async throws {
        let more = "[\(step)]\nurl = '{prepare.body.upload_url}'\n" + (step == "status" ? "state = 's'\n" : "")
        try await run(
            .init(
                name: step, description: SampleDescription.presigned + more, says: ["mine.toml, line 1", "[\(step)]"]))
    }

    /// Such a call has what it names itself, and nothing of the service's.
    @Test func theLastCallAtAReplysURLHasNoKey() async throws {
        let more = """
            [complete]
            url = "{prepare.body.done_url}"
            body = "json"
            fields = { a = "{prepare.body.id}" }

            """
        let answer = ServerAnswer.hostile(
            "@OTHER/o", "\"headers\":{},\"done_url\":\"http://127.0.0.1:@OTHER/@NAME/done\"")
        let result = try await run(
            .init(
                name: "complete", description: SampleDescription.presigned + more, service: [answer], exit: 0,
                requests: 1, lines: 0))
        #expect(result.toOthers.map(\.line) == ["PUT /r0/o", "POST /r0/done"])
        #expect(result.toOthers.last?.head.values("Authorization") == [])
        #expect(result.toOthers.last?.body == #"{"a":"1"}"#)
    }

    @Test func anUploadCannotBeLeftOut() async throws {
        let description = SampleDescription.form.replacing("file_field", with: "when = '{settings.a}'\nfile_field")
        try await run(.init(name: "when", description: description + "[settings.a]\n", says: ["line 7", "[upload]"]))
    }

    // MARK: - Keys of others

    @Test(arguments: [
        "\"FIGUR_API_KEY\"", "[\"MINE_API_KEY\", \"FIGUR_API_KEY\"]", "\"MINE_API_KEY:FIGUR_API_KEY\"",
        "\"FIGUR_API_KEY:MINE_API_KEY\"", "\"EACHLABS_API_KEY\"",
    ])
    func theKeyOfABuiltInServiceStaysWithIt(variables: String) async throws {
        let description = Self.otherHost.replacing("\"MINE_API_KEY\"", with: variables)
        try await run(Self.throughProxy(description, says: ["mine.toml", "API_KEY", "evil.example"]))
    }

    @Test(arguments: [
        "https://api.figur.fit.evil.example", "https://api.figur.fit:8443", "https://figur.fit",
        "https://evil.example/api.figur.fit",
    ])
    func aHostThatLooksLikeItIsAnother(base: String) async throws {
        let description = SampleDescription.form.replacing("@BASE", with: base)
            .replacing("MINE_API_KEY", with: "FIGUR_API_KEY")
        try await run(Self.throughProxy(description, says: ["mine.toml", "FIGUR_API_KEY", "Figur"]))
    }

    /// The host of one built-in service is none for the key of another.
    @Test func aBuiltInServiceDoesNotGetTheKeyOfAnother() async throws {
        let description = SampleDescription.form.replacing("@BASE", with: "https://api.eachlabs.ai")
            .replacing("\"MINE_API_KEY\"", with: "[\"EACHLABS_API_KEY\", \"FIGUR_API_KEY\"]")
        try await run(Self.throughProxy(description, says: ["FIGUR_API_KEY", "api.eachlabs.ai"]))
    }

    /// Several built-in services share a key: each of them may be the start of one's own.
    @Test(arguments: ["eachlabs", "eachlabs-v1", "heygen", "heygen-direct", "cloudflare-images", "figur"])
    func aBuiltInDescriptionIsTheStartOfOnesOwn(service: String) async throws {
        let row = DescriptionRow(
            name: service, description: "", arguments: ["services", "check", "services/\(service).toml"],
            prepare: "\"$(cat hoist)\" services show \(service) > services/\(service).toml", exit: 0, lines: 0)
        let prepare = "printf %s '\(try Binaries.hoist)' > hoist; " + (row.prepare ?? "")
        try await run(row.with(\.prepare, prepare))
    }

    @Test func aDescriptionInThePlaceOfABuiltInOneDoesNotGetItsKeyElsewhere() async throws {
        let row = Self.throughProxy(Self.otherHost, says: ["figur", "evil.example"])
            .with(\.arguments, ["upload", "shot.png", "--to", "figur"])
            .with(\.environment["MINE_API_KEY"], .some(nil))
        try await run(row.with(\.prepare, "mv services/mine.toml services/figur.toml; " + Self.configuredKey("figur")))
    }

    private static let secrets = [
        "MINE_API_KEY", "FIGUR_API_KEY", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "PGPASSWORD", "DB_PASSWD",
        "OPENAI_APIKEY",
        "NPM_AUTH", "SESSION_COOKIE", "ssh_passphrase", "MY_SECRETS",
    ]

    @Test func aSettingIsNoSecretOfAnotherProgram() async throws {
        let rows = Self.secrets.map { variable in
            DescriptionRow(
                name: variable, description: SampleDescription.form + "[settings.a]\nenv = '\(variable)'\n",
                environment: [variable: HostileKey.text], says: ["line 11", variable])
        }
        try await run(rows)
    }

    /// A setting goes into calls to a reply's URL, into journals and records.
    @Test func theKeyIsNoSettingByAnotherName() async throws {
        let description =
            SampleDescription.presigned.replacing("\"MINE_API_KEY\"", with: "\"MINE_LOGIN\"")
            .replacing("\"{prepare.body.headers}\"", with: "{ X-A = '{settings.a}' }")
            + "[settings.a]\nenv = 'MINE_LOGIN'\n"
        try await run(
            .init(
                name: "by another name", description: description, environment: ["MINE_LOGIN": HostileKey.text],
                service: [.hostile("@OTHER/o")], says: ["MINE_LOGIN"]))
    }

    // MARK: - What a description shows

    @Test(arguments: ["title", "docs", "source"], [#"\u001b[2J"#, #"\u202egpj"#, #"\u0007"#, #"a\nb"#, #"\u200b"#])
    func textsCannotChangeATerminal(key: String, text: String) async throws {
        let description = "\(key) = \"x\(text)y\"\n" + SampleDescription.form
        let verbs = [
            ["services"], ["services", "check", "services/mine.toml"], ["upload", "shot.png", "--to", "mine"],
        ]
        try await run(
            verbs.map {
                .init(
                    name: key, description: description, arguments: $0,
                    says: ["line 1", "\(key) has control characters"])
            })
    }

    @Test func namesInAMessageCannotChangeATerminal() async throws {
        let description = "\"a\\u001b[2J\\u202e\" = 1\n" + SampleDescription.form
        try await run(.init(name: "a key", description: description, says: ["line 1", "unknown key"]))
    }

    /// Matching must not take longer than somebody would wait.
    @Test(arguments: [
        #"(a*)*b"#, #"(a|a)*b"#, #"(a|aa)+$"#, #"(a*)\\1\\1\\1b"#, #"((a{1,250}){1,250}){1,250}"#,
        #"(((((a+)+)+)+)+)+b"#,
        #"(.*)(.*)(.*)(.*)(.*)(.*)\\1x"#,
    ])
    func aPatternEndsSoon(pattern: String) async throws {
        let description = SampleDescription.form + "[settings.a]\npattern = \"\(pattern)\"\n"
        let row = DescriptionRow(
            name: pattern, description: description,
            arguments: [
                "upload", "shot.png", "--to", "mine", "--set", "a=" + String(repeating: "a", count: 4000) + "c",
            ])
        let result = try #require(try await runUnchecked([row.with(\.cpuSeconds, 10)]).first)
        #expect([.code(64), .code(78)].contains(result.run.exit), "\(result.run.errors.prefix(300))")
        #expect(result.requests.isEmpty)
    }

    // MARK: - Support

    /// Whatever it asks for would come to the server, wherever it is.
    private static func throughProxy(_ description: String, says: [String]) -> DescriptionRow {
        DescriptionRow(
            name: says.joined(), description: description,
            environment: [
                "HTTPS_PROXY": "http://127.0.0.1:@PROXY", "FIGUR_API_KEY": HostileKey.text,
                "EACHLABS_API_KEY": HostileKey.text,
            ], says: says)
    }

    private static func configuredKey(_ service: String) -> String {
        """
        umask 077; mkdir -p configuration/hoist; printf %s 'an0ther+Key/q7Z' > secret.key
        printf '[\(service)]\\napi_key_file = "@DIR/secret.key"\\n' > configuration/hoist/config.toml
        """
    }
}

extension ServerAnswer {
    /// A place for the file, at `@OTHER`'s or `@PORT`'s port, with more members.
    static func hostile(_ place: String, _ members: String = "\"headers\":{}") -> ServerAnswer {
        let parts = place.split(separator: "/", maxSplits: 1)
        return json("{\"id\":\"1\",\"upload_url\":\"http://127.0.0.1:\(parts[0])/@NAME/\(parts[1])\",\(members)}")
    }
}
