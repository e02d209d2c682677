/// Keys, key files and configuration files that are not what they should be, and environments that lead astray.
extension HostileRow {
    static let configuration: [HostileRow] = keys + keyFiles + configurationFiles + environments

    private static let keys: [HostileRow] = [
        key("none", nil, code: "no_key"), key("empty", "", code: "no_key"), key("blanks", "   ", code: "unusable_key"),
        key("with a line end in it", "sk_test_\nX: y", code: "unusable_key"),
        key("with a space", "sk test key", code: "unusable_key"),
        key("with other than ASCII", "sk_test_größe", code: "unusable_key"),
        key("of 7 characters", "sk_7777", code: "unusable_key"),
    ]

    private static let keyFiles: [HostileRow] = [
        keyFile("missing", "true", says: "No such file"), keyFile("empty", ": > k", says: "empty"),
        keyFile("two lines", "printf 'sk_test_1\\nsk_test_2\\n' > k"),
        keyFile("readable by others", "printf sk_test_12345 > k; chmod 644 k", says: "chmod 600"),
        keyFile("a directory", "mkdir -m 700 k"),
        keyFile("NUL bytes", "head -c 40 /dev/zero > k"),
        keyFile("100 KB", "head -c 100000 /dev/zero | tr '\\0' k > k", says: "too large"),
        keyFile("invalid UTF-8", "printf 'sk_test_\\xff\\xfe' > k"),
        keyFile("a byte order mark", "printf '\\xef\\xbb\\xbfsk_test_12345' > k"),
        keyFile("a link in a circle", "ln -s k k"),
        keyFile("bytes without end", "ln -s /dev/zero k", says: "too large"),
    ]

    private static let configurationFiles: [HostileRow] = [
        file("JSON", "{\"to\": \"figur\"}"), file("an array", "[]"), file("a cut text", "to = 'fig"),
        file("an unknown setting", "too = 'figur'"), file("an unknown service", "to = 's3'"),
        file("a key in it", "[figur]\\napi_key = 'sk_test_12345'"),
        file("a date for a text", "[figur]\\nbase_url = 2026-11-24"), file("NUL bytes", "\\0\\0\\0"),
        file("the same key twice", "to = 'figur'\\nto = 'figur'"),
        file("10,000 levels", "to = " + String(repeating: "[", count: 10_000)),
        file("invalid UTF-8", "to = '\\xff'"),
        file("plain http elsewhere", "[figur]\\nbase_url = 'http://hostile.invalid'")
            .with(\.environment, ["HOIST_CONFIG": "@DIR/c", "FIGUR_BASE_URL": nil]),
        file("an unknown setting of control characters", "'\\x1b[2J' = 1"),
        local("configuration: missing", upload, exit: 78, says: "@DIR/none").with(
            \.environment, ["HOIST_CONFIG": "@DIR/none"]
        ).with(\.records, 0)
            .with(\.says, "none"),
        local("configuration: bytes without end", upload, exit: 78).with(\.environment, ["HOIST_CONFIG": "/dev/zero"])
            .with(\.records, 0),
        local("configuration: a FIFO", upload, prepare: "mkfifo c", exit: 78)
            .with(\.environment, ["HOIST_CONFIG": "@DIR/c"]).with(\.records, 0),
        local("configuration: a directory", upload, exit: 78).with(\.environment, ["HOIST_CONFIG": "@DIR"]).with(
            \.records, 0),
        local(
            "configuration: a byte order mark", upload, prepare: "printf '\\xef\\xbb\\xbfto = \"figur\"' > c", exit: 0
        )
        .with(\.environment, ["HOIST_CONFIG": "@DIR/c"]),
    ]

    private static let environments: [HostileRow] = [
        base("plain http elsewhere", "http://example.com"), base("no URL", "127.0.0.1:@PORT"),
        base("of FTP", "ftp://127.0.0.1"), base("with a password", "https://user:hunter2@example.com"),
        base("with a query", "https://example.com/?a=b"), base("with a line end", "http://127.0.0.1:@PORT/\r\nX: y"),
        base("of a look-alike of loopback", "http://127.0.0.1.example.com"),
        local("HOIST_TO is no service", ["upload", "shot.png"], exit: 64, says: "HOIST_TO").with(
            \.environment, ["HOIST_TO": "s3\u{1B}[2J"]
        ).with(\.records, 0),
        local("two keys and no service", ["upload", "shot.png"], exit: 64, says: "--to").with(\.records, 0),
        local("no owner", ["upload", "shot.png", "--to", "eachlabs"], exit: 64, says: "EACHLABS_OWNER").with(
            \.environment, ["EACHLABS_OWNER": nil]
        ).with(\.records, 0),
        local("no database of libmagic", upload, exit: 70, code: nil, says: "libmagic").with(
            \.environment, ["MAGIC": "@DIR/none"]
        ),
        shell(
            "a standard output that is full", "$HOIST upload shot.png --to figur > /dev/full", exit: 74,
            says: "upload_key"
        ).with(\.records, 0).with(\.lines, nil),
        shell(
            "a standard output that is closed", "$HOIST upload shot.png --to figur >&-", exit: 74,
            says: "standard output"
        ).with(\.records, 0),
        shell(
            "no directory for temporary files", "TMPDIR=/none $HOIST upload - --to figur < shot.png", exit: 74,
            code: "spool_failed", says: "/none"),
    ]

    private static let upload = ["upload", "shot.png", "--to", "figur"]

    private static func key(_ name: String, _ value: String?, code: String) -> HostileRow {
        local("key: \(name)", upload, exit: 77, code: code, says: "FIGUR_API_KEY").with(
            \.environment, ["FIGUR_API_KEY": value])
    }

    private static func keyFile(_ name: String, _ prepare: String, says: String = "k") -> HostileRow {
        local(
            "key file: \(name)", upload + ["--api-key-file", "k"], prepare: "umask 077; \(prepare)", exit: 77,
            code: "unusable_key", says: says
        )
        .with(\.hides, ["sk_test_1", "sk_test_2"])
    }

    private static func file(_ name: String, _ content: String) -> HostileRow {
        local(
            "configuration: \(name)", upload, prepare: "printf '%b' \"$(cat <<'END'\n\(content)\nEND\n)\" > c",
            exit: 78, says: "configuration file"
        )
        .with(\.environment, ["HOIST_CONFIG": "@DIR/c"]).with(\.records, 0).with(\.hides, ["sk_test_12345"])
    }

    private static func base(_ name: String, _ url: String) -> HostileRow {
        local("base URL: \(name)", upload, exit: 64).with(\.environment, ["FIGUR_BASE_URL": url]).with(\.records, 0)
            .with(\.hides, ["hunter2"])
    }
}
