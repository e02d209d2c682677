/// Replies that are not what a description says, keys and values that are not there, and files that are no description.
extension DescriptionRow {
    static let replies: [DescriptionRow] = [
        reply("without the path", #"{"ids":"1"}"#, says: ["id", "answered without id"]),
        reply("with an empty value", #"{"id":""}"#, says: ["answered without id"]),
        reply("with null", #"{"id":null}"#, says: ["answered without id"]),
        reply("with an object for a text", #"{"id":{"a":1}}"#, says: ["answered without id"]),
        reply("a list", #"["id"]"#, says: ["JSON of its contract"]),
        reply("text", #""id""#, says: ["JSON of its contract"]),
        reply("no JSON", "<html>id</html>", says: ["JSON of its contract"]),
        reply("JSON that is cut", #"{"id":"1"#, says: ["JSON of its contract"]),
        reply("empty", "", says: ["(empty)"]),
        reply("an index out of range", #"{"items":[{"id":"1"}]}"#, says: ["answered without items[1].id"])
            .with(\.description, SampleDescription.form.replacing("body.id", with: "body.items[1].id")),
        reply("an object for a list", #"{"items":{"1":{"id":"1"}}}"#, says: ["answered without items[1].id"])
            .with(\.description, SampleDescription.form.replacing("body.id", with: "body.items[1].id")),
        reply("an index beyond all numbers", #"{"items":[1]}"#, says: ["mine.toml", "line 9"])
            .with(\.description, SampleDescription.form.replacing("body.id", with: "body.items[99999999999999999999]"))
            .with(\.exit, 78).with(\.requests, 0),
        reply("without what is required", #"{"id":"1"}"#, says: ["answered without done"])
            .with(
                \.description, SampleDescription.form.replacing("file_field", with: "require = ['done']\nfile_field")),
        reply(
            "an error with a good status", #"{"id":"1","code":7,"message":"no room"}"#, says: ["refused it", "no room"]
        )
        .with(\.description, SampleDescription.form.replacing("file_field", with: "require = { code = 0 }\nfile_field"))
        .with(\.exit, 69),
        prepared(
            "text for the headers", #""upload_url":"@BASE/o","headers":"X-A: b""#, says: ["answered without headers"]),
        prepared(
            "a list for the headers", #""upload_url":"@BASE/o","headers":["X-A"]"#, says: ["answered without headers"]),
        prepared(
            "JSON text that is no object", #""upload_url":"@BASE/o","headers":"[1]""#,
            says: ["answered without headers"]),
        prepared(
            "an object for a header", #""upload_url":"@BASE/o","headers":{"X-A":{"b":"c"}}"#,
            says: ["X-A", "not a text"]),
        prepared("no URL", #""headers":{}"#, says: ["answered without upload_url"]),
        prepared("no URL and no headers", #""a":1"#, says: ["answered without", "upload_url", "headers"]),
        prepared("a number for the URL", #""upload_url":5,"headers":{}"#, says: ["answered without upload_url"]),
        posted("text for the fields", #""fields":"a=b""#, says: ["answered without fields"]),
        posted("JSON text that is no object for the fields", #""fields":"\"x\"""#, says: ["answered without fields"]),
        status("without the state", #"{"stat":"done"}"#, says: ["answered without state"]),
        status("with a number for the state", #"{"state":3}"#, says: ["answered without state"]),
        status("with an empty state", #"{"state":""}"#, says: ["answered without state"]),
    ]

    static let keys: [DescriptionRow] = [
        key("is not set", ["MINE_API_KEY": nil], says: ["MINE_API_KEY", "--api-key-file"]),
        key("is empty", ["MINE_API_KEY": ""], says: ["MINE_API_KEY"]),
        key("is blank", ["MINE_API_KEY": "  "], says: ["MINE_API_KEY", "key"]),
        key("is too short", ["MINE_API_KEY": "abc1234"], says: ["MINE_API_KEY", "8 characters"]),
        key("has a line end in it", ["MINE_API_KEY": "abcd1234\nX-A: b"], says: ["MINE_API_KEY"]),
        pair("is half of a pair", ["MINE_ID": "identity"], says: ["MINE_ID and MINE_SECRET"]),
        pair("is the other half of a pair", ["MINE_SECRET": "0123456789"], says: ["MINE_ID and MINE_SECRET"]),
        pair(
            "is a pair of which one is empty", ["MINE_ID": "identity", "MINE_SECRET": ""],
            says: ["MINE_ID and MINE_SECRET"]),
    ]

    static let values: [DescriptionRow] = [
        value(
            "a required setting that is absent", "required = true\nhelp = 'who'", [],
            says: ["owner", "who", "--set owner=VALUE"]),
        value("a required setting with its variable", "required = true\nenv = 'MINE_OWNER'", [], says: ["MINE_OWNER"]),
        value(
            "no choice", "choices = ['red', 'green']", ["--set", "owner=gren"],
            says: ["owner", "red, green", "'green'"]),
        value(
            "not the pattern", "pattern = 'org-[a-z]+'", ["--owner", "org-1"], says: ["owner", "org-[a-z]+", "'org-1'"]),
        value(
            "out of range", "type = 'integer'\nmin = 1\nmax = 9", ["--set", "owner=10"],
            says: ["owner", "from 1 to 9", "'10'"]),
        value("no number", "type = 'number'", ["--set", "owner=ten"], says: ["owner", "number", "'ten'"]),
        value("no number at all", "type = 'number'", ["--set", "owner=nan"], says: ["owner", "number", "'nan'"]),
        value("no time", "type = 'seconds'", ["--set", "owner=7 days"], says: ["owner", "7d", "'7 days'"]),
        value(
            "a time without end", "type = 'seconds'", ["--set", "owner=9999999999999999999d"], says: ["owner", "time"]),
        value("no truth", "type = 'boolean'", ["--set", "owner=yes"], says: ["owner", "true or false", "'yes'"]),
        value("control characters", "help = 'x'", ["--set", "owner=a\u{1B}[2Jb"], says: ["owner", "control"]),
        value("a setting that is not there", "help = 'x'", ["--set", "ownr=x"], says: ["'ownr'", "'owner'"]),
        value(
            "a variable's value", "env = 'MINE_OWNER'\nchoices = ['red']", [], says: ["owner", "MINE_OWNER", "'blue'"]
        )
        .with(\.environment, ["MINE_OWNER": "blue"]),
        value("a setting of other media", "for = 'video'", ["--owner", "x"], says: ["owner", "video"]),
        value("the configuration's value", "choices = ['red']", [], says: ["config.toml", "line 2", "owner", "'blue'"])
            .with(
                \.prepare,
                "mkdir -p configuration/hoist; printf '[mine]\\nowner = \"blue\"\\n' > configuration/hoist/config.toml"
            )
            .with(\.exit, 78),
        value("the configuration's key", "choices = ['red']", [], says: ["config.toml", "line 2", "'ownr'", "'owner'"])
            .with(
                \.prepare,
                "mkdir -p configuration/hoist; printf '[mine]\\nownr = \"red\"\\n' > configuration/hoist/config.toml"
            )
            .with(\.exit, 78),
    ]

    static let files: [DescriptionRow] = [
        file("10 MB", "head -c 10000000 /dev/zero | tr '\\0' '#' >> services/mine.toml", says: ["larger than 256 KiB"]),
        file(
            "10 MB in one key",
            "{ printf 'title = \"'; head -c 10000000 /dev/zero | tr '\\0' a; } > services/mine.toml", says: ["larger"]),
        file("NUL bytes", "printf 'title = \"a\\0b\"\\n' > services/mine.toml", says: ["line 1", "control character"]),
        file("nothing but NUL bytes", "head -c 100 /dev/zero > services/mine.toml", says: ["line 1", "TOML"]),
        file("not UTF-8", "printf 'title = \"\\xff\"\\n' > services/mine.toml", says: ["UTF-8"]),
        file("JSON", "printf '{\"base_url\": 1}' > services/mine.toml", says: ["line 1", "TOML"]),
        file("a cut text", "printf 'a = 1\\ntitle = \"x' > services/mine.toml", says: ["line 2", "closing quote"]),
        file("a FIFO", "rm services/mine.toml; mkfifo services/mine.toml", says: ["not a regular file"]),
        file("a directory", "rm services/mine.toml; mkdir services/mine.toml", says: ["not a regular file"]),
        file("bytes without end", "ln -sf /dev/zero services/mine.toml", says: ["not a regular file"]),
        file(
            "10,000 levels", "printf 'title = %010000d' 0 | tr 0 '[' > services/mine.toml", says: ["line 1", "nested"]),
        file("a folder that is not there", "true", says: ["HOIST_SERVICES", "none"]).with(
            \.environment, ["HOIST_SERVICES": "@DIR/none"]),
        file("a folder that is a file", "true", says: ["HOIST_SERVICES", "shot.png"]).with(
            \.environment, ["HOIST_SERVICES": "@DIR/shot.png"]),
        name("a service with a slash", "services/mine", says: ["'services/mine'"]),
        name("a service that climbs", "../services/mine", says: ["../services/mine"]),
        name("a service with an escape", "mine\u{1B}[2J", says: ["no service"]),
        name("a near miss", "mihe", says: ["'mihe'", "'mine'"]),
        name("a near miss of a built-in one", "figurr", says: ["'figurr'", "'figur'"]),
        name("no name", "", says: ["no service ''"]),
    ]

    private static func reply(_ name: String, _ body: String, says: [String]) -> DescriptionRow {
        DescriptionRow(
            name: "a reply: \(name)", description: SampleDescription.form, service: [.json(body)], exit: 76, says: says,
            requests: 1)
    }

    private static func prepared(_ name: String, _ members: String, says: [String]) -> DescriptionRow {
        reply(name, "{\"id\":\"1\",\(members.replacing("@BASE", with: "http://127.0.0.1:@OTHER/@NAME"))}", says: says)
            .with(\.description, SampleDescription.presigned)
    }

    private static func posted(_ name: String, _ member: String, says: [String]) -> DescriptionRow {
        prepared(name, "\"upload_url\":\"@BASE/o\",\(member)", says: says).with(
            \.description, SampleDescription.postedForm)
    }

    private static func status(_ name: String, _ body: String, says: [String]) -> DescriptionRow {
        reply("a status \(name)", body, says: says).with(
            \.description, SampleDescription.form + SampleDescription.about
        )
        .with(\.arguments, ["status", "1", "--to", "mine"])
    }

    private static func key(_ name: String, _ environment: [String: String?], says: [String]) -> DescriptionRow {
        DescriptionRow(
            name: "a key that \(name)", description: SampleDescription.form, environment: environment, exit: 77,
            says: says)
    }

    private static func pair(_ name: String, _ environment: [String: String?], says: [String]) -> DescriptionRow {
        key(name, environment, says: says)
            .with(\.description, SampleDescription.form.replacing("\"MINE_API_KEY\"", with: "\"MINE_ID:MINE_SECRET\""))
            .with(\.hides, ["0123456789"])
    }

    private static func value(_ name: String, _ lines: String, _ arguments: [String], says: [String]) -> DescriptionRow
    {
        DescriptionRow(
            name: "a value: \(name)",
            description: SampleDescription.form.replacing(
                "file_field", with: "fields = { owner = '{settings.owner}' }\nfile_field")
                + "[settings.owner]\n\(lines)\n",
            arguments: ["upload", "shot.png", "--to", "mine"] + arguments, exit: 64, says: says)
    }

    private static func file(_ name: String, _ prepare: String, says: [String]) -> DescriptionRow {
        DescriptionRow(name: "a file: \(name)", description: SampleDescription.form, prepare: prepare, says: says)
    }

    private static func name(_ name: String, _ word: String, says: [String]) -> DescriptionRow {
        DescriptionRow(
            name: name, description: SampleDescription.form, arguments: ["upload", "shot.png", "--to", word], exit: 64,
            says: says)
    }
}
