/// What a presigner may answer: URLs and headers that must not be used, and such as only look bad.
extension HostileRow {
    static let presignedReplies: [HostileRow] = urls + requiredHeaders + shapes

    private static let urls: [HostileRow] = [
        url("empty", ""), url("of FTP", "ftp://127.0.0.1/o"), url("of a file", "file:///etc/passwd"),
        url("without a scheme", "//127.0.0.1:@PORT/e/@NAME/o"),
        url("of a script", "javascript:alert(1)"), url("of plain http elsewhere", "http://example.com/o"),
        url("with a password", "http://user:hunter2@127.0.0.1:@PORT/e/@NAME/o"),
        url("with a space", "http://127.0.0.1:@PORT/e/@NAME/o o"),
        url("with a line end", #"http://127.0.0.1:@PORT/e/@NAME/o\r\nX: y"#),
        url("with NUL", #"http://127.0.0.1:@PORT/e/@NAME/\u0000"#),
        url("with a fragment", "http://127.0.0.1:@PORT/e/@NAME/o#f"),
        url("with other than ASCII", "http://127.0.0.1:@PORT/e/@NAME/ü"), url("with half an address", "http://[::1/o"),
        url("with a port of five nines", "http://127.0.0.1:99999/o"),
        url("with a port that is no number", "http://127.0.0.1:x/o"), url("without a host", "http:///o"),
        url("with a tab before it", #"\thttp://127.0.0.1:@PORT/e/@NAME/o"#),
        url("with a backslash", #"http://127.0.0.1:@PORT\\@example.com/o"#),
        url("of localhost's look-alike", "http://localhost.example.com/o"),
        url("of a look-alike of loopback", "http://127.0.0.1.example.com/o"),
        value("that is a number", "7"), value("that is an array", "[]"), value("that is null", "null"),
        url("of 70 KB", "http://127.0.0.1:@REFUSED/" + String(repeating: "x", count: 70_000), exit: 75),
        url("with port 0", "http://127.0.0.1:0/o", exit: 75),
    ]

    private static let requiredHeaders: [HostileRow] = [
        header("another Content-Length", #"{"Content-Length":"5"}"#),
        header("Transfer-Encoding", #"{"Transfer-Encoding":"chunked"}"#),
        header("another Host", #"{"Host":"example.com"}"#), header("Connection", #"{"Connection":"close"}"#),
        header("a name with a line end", #"{"X-A\r\nX-B":"c"}"#),
        header("a value with a line end", #"{"X-A":"b\r\nX-B: c"}"#), header("a value with NUL", #"{"X-A":"b\u0000"}"#),
        header("an empty name", #"{"":"b"}"#),
        header("a name with a colon", #"{"X:A":"b"}"#), header("a value that is an array", #"{"X-A":["b"]}"#),
        header("a value that is null", #"{"X-A":null}"#),
        header("a list in place of an object", #"["X-A: b"]"#), header("a text in place of an object", #""X-A: b""#),
        header("2,000 of them", "{" + (0..<2000).map { "\"x-amz-\($0)\":\"1\"" }.joined(separator: ",") + "}"),
        header("the right Content-Length as a number", #"{"Content-Length":5342,"Content-Type":"image/png"}"#, exit: 0)
            .with(\.prepare, "truncate -s 5342 shot.png"),
        header("a value with blanks around it", #"{"x-amz-meta-a":"  b  ","Content-Type":"image/png"}"#, exit: 0),
        header("none", "{}", exit: 0), header("null in place of them", "null"),
        header("Expect", #"{"Expect":"200-maybe"}"#, exit: 0), header("Upgrade", #"{"Upgrade":"h2c"}"#, exit: 0),
        header("TE and Trailer", #"{"TE":"trailers","Trailer":"x"}"#, exit: 0),
        header("the same name in two cases", #"{"X-A":"b","x-a":"c"}"#, exit: 0),
    ]

    private static let shapes: [HostileRow] = [
        given("an array of nothing", "[]", exit: 64, records: 0), given("an empty file", "", exit: 64, records: 0),
        given("a text", #""x""#, exit: 76), given("broken JSON", "{", exit: 76, records: 0),
        given("no URL", #"{"id":"1"}"#, exit: 76),
        given("a method that is POST", #"{"url":"http://127.0.0.1:@PORT/e/@NAME/o","method":"POST"}"#, exit: 76),
        given(
            "two replies for one file",
            #"{"url":"http://127.0.0.1:@PORT/e/@NAME/1"}"# + "\n" + #"{"url":"http://127.0.0.1:@PORT/e/@NAME/2"}"#,
            exit: 64, records: 0),
        given(
            "a reply for another file", #"{"file":"other.png","url":"http://127.0.0.1:@PORT/e/@NAME/1"}"#, exit: 64,
            records: 0),
        given(
            "a byte order mark and CRLF", "\u{FEFF}" + #"{"url":"http://127.0.0.1:@PORT/e/@NAME/1"}"# + "\r\n", exit: 0),
        given(
            "a record that failed",
            #"{"ok":false,"file":"shot.png","error":{"class":"temporary","code":"x","message":"no"}}"#, exit: 75),
        given("a picture", "\u{89}PNG\r\n\u{1A}\n\0\0", exit: 76, records: 0),
        local(
            "put: a URL file that is a picture", ["put", "shot.png", "--url-file", "u"], prepare: "cp shot.png u",
            exit: 64),
        shell(
            "put: a URL file that holds the key",
            "printf %s '\(HostileKey.text)' > u; $HOIST put shot.png --url-file u; code=$?; rm u; exit $code", exit: 64),
        presign("no URL", #"{"upload_url":null}"#, exit: 76),
        presign("a URL that is a list", #"{"upload_url":["x"]}"#, exit: 76),
        presign("the key in it", #"{"note":"@KEY"}"#, exit: 0),
        presign("no headers", #"{"required_headers":null}"#, exit: 76),
        given("100,000 levels", String(repeating: "[", count: 100_000), exit: 76, records: 0),
        eachLabs(
            "initiate: no id, and no PUT that works",
            [.initiate: [[.body, .merge(#"{"id":null}"#)]], .put: [[.body, .reply("403 No")]]], exit: 76),
    ]

    private static func url(_ name: String, _ url: String, exit: Int32 = 76) -> HostileRow {
        value(name, "\"\(url)\"", exit: exit).with(\.hides, ["hunter2"])
    }

    private static func value(_ name: String, _ value: String, exit: Int32 = 76) -> HostileRow {
        eachLabs("a URL \(name)", [.initiate: [[.body, .merge(#"{"upload_url":\#(value)}"#)]]], exit: exit)
    }

    private static func header(_ name: String, _ headers: String, exit: Int32 = 76) -> HostileRow {
        eachLabs("headers: \(name)", [.initiate: [[.body, .merge(#"{"required_headers":\#(headers)}"#)]]], exit: exit)
    }

    private static func presign(_ name: String, _ changes: String, exit: Int32) -> HostileRow {
        local("presign: \(name)", ["presign", "shot.png", "--to", "eachlabs"], exit: exit)
            .with(\.scripts, [.initiate: [[.body, .merge(changes)]]]).with(\.stores, false)
    }

    private static func given(_ name: String, _ text: String, exit: Int32, records: Int = 1) -> HostileRow {
        local("put: \(name)", ["put", "shot.png", "--presigned", "-"], exit: exit).with(\.input, Array(text.utf8))
            .with(\.records, records)
    }
}
