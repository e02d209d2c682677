/// Replies of Figur that are JSON of every kind but the right one, or the right one in an odd form.
extension HostileRow {
    static let json: [HostileRow] = stored + broken + incomplete + statuses

    /// The picture is stored: its handle is not lost for what surrounds it.
    private static let stored: [HostileRow] = [
        taken(
            "a lone low surrogate in another field",
            #"{"upload_key":"inputs/1.png","image_url":"https://x","note":"\udce9"}"#),
        taken(
            "a lone low surrogate in the handle", #"{"upload_key":"inputs/\udce9.png","image_url":"https://x"}"#,
            prints: "inputs/\u{FFFD}.png"),
        taken("a lone high surrogate", #"{"upload_key":"inputs/1.png","image_url":"https://x","note":"\ud83d end"}"#),
        taken(
            "surrogates in the wrong order",
            #"{"upload_key":"inputs/1.png","image_url":"https://x","note":"\udc00\ud800"}"#),
        taken("a lone surrogate as a name", #"{"upload_key":"inputs/1.png","image_url":"https://x","\udce9":1}"#),
        taken(
            "invalid UTF-8 in another field", nil,
            bytes: Array(#"{"upload_key":"inputs/1.png","image_url":"https://x","note":"#.utf8) + [
                0x22, 0xE9, 0xFF, 0x22, 0x7D,
            ]),
        taken("a byte order mark", "\u{FEFF}" + #"{"upload_key":"inputs/1.png","image_url":"https://x"}"#),
        taken("an escaped NUL", #"{"upload_key":"inputs/1.png","image_url":"https://x","note":"a\u0000b"}"#),
        taken(
            "escaped control characters",
            #"{"upload_key":"inputs/1.png","image_url":"https://x","note":"\u001b[2J\u202e\u200b"}"#),
        taken("100 levels", #"{"upload_key":"inputs/1.png","image_url":"https://x","note":\#(nested(100))}"#),
        taken(
            "a number of 300 digits",
            #"{"upload_key":"inputs/1.png","image_url":"https://x","n":\#(String(repeating: "7", count: 300))}"#),
        taken(
            "a number beyond all integers",
            #"{"upload_key":"inputs/1.png","image_url":"https://x","n":18446744073709551616}"#),
        taken(
            "fields named like hoist's own",
            #"{"upload_key":"inputs/1.png","image_url":"https://x","ok":false,"attempts":-1,"file":7,"error":{}}"#),
        taken(
            "the same field twice",
            #"{"upload_key":"inputs/1.png","upload_key":"inputs/1.png","image_url":"https://x"}"#),
        taken("a name that is empty", #"{"upload_key":"inputs/1.png","image_url":"https://x","":1}"#),
        taken(
            "white space of all kinds around it",
            " \t\r\n" + #"{ "upload_key" : "inputs/1.png" , "image_url" : "https://x" }"# + "\n\n "),
        taken(
            "40,000 other fields",
            "{" + (0..<40_000).map { "\"f\($0)\":\($0)," }.joined()
                + #""upload_key":"inputs/1.png","image_url":"https://x"}"#),
    ]

    private static let broken: [HostileRow] = [
        refused("an array", "[1]"), refused("a string", "\"inputs/1.png\""), refused("null", "null"),
        refused("a number", "7"),
        refused("white space only", "  \n "), refused("HTML", "<!doctype html><title>Log in</title>", says: "Log in"),
        refused("cut in a string", #"{"upload_key":"inputs"#),
        refused("a comma too many", #"{"upload_key":"inputs/1.png","image_url":"https://x",}"#),
        refused("single quotes", "{'upload_key':'inputs/1.png','image_url':'https://x'}"),
        refused("NaN", #"{"upload_key":"inputs/1.png","image_url":"https://x","n":NaN}"#),
        refused("a comment", #"{"upload_key":"inputs/1.png",/* */"image_url":"https://x"}"#),
        refused("two documents", #"{"upload_key":"inputs/1.png","image_url":"https://x"}{"a":1}"#),
        refused("a NUL byte at its end", #"{"upload_key":"inputs/1.png","image_url":"https://x"}"# + "\0"),
        refused("a bad escape", #"{"upload_key":"inputs/\x31.png","image_url":"https://x"}"#),
        refused("100,000 levels", #"{"upload_key":"inputs/1.png","image_url":"https://x","note":\#(nested(100_000))}"#),
        refused("100,000 open brackets", String(repeating: "[", count: 100_000)),
        refused("100,000 open objects", String(repeating: #"{"a":"#, count: 100_000)),
        refused("leading zeros", #"{"upload_key":"inputs/1.png","image_url":"https://x","n":007}"#),
        refused(
            "UTF-16", nil,
            bytes: Array(
                #"{"upload_key":"inputs/1.png","image_url":"https://x"}"#.utf16.flatMap {
                    [UInt8($0 & 255), UInt8($0 >> 8)]
                })),
    ]

    private static let incomplete: [HostileRow] =
        ["7", "null", "true", "{}", "[]", #""""#].map { value in
            refused(
                "upload_key is \(value)", #"{"upload_key":\#(value),"image_url":"https://x"}"#,
                says: "without upload_key")
        } + [
            refused("image_url is missing", #"{"upload_key":"inputs/1.png"}"#, says: "without image_url").with(
                \.prints, "inputs/1.png"),
            refused(
                "an error with status 200", #"{"error":{"code":"oops","message":"not stored"}}"#, says: "not stored"),
        ]

    private static let statuses: [HostileRow] = [
        status(
            "status: a word of 1 MB", [.json(#"{"id":"@ID","status":"\#(String(repeating: "A", count: 1_000_000))"}"#)],
            waiting, exit: 75, code: "not_finished"),
        status(
            "status: a word of control characters", [.json(#"{"id":"@ID","status":"\u001b[2J\u202e\n"}"#)], waiting,
            exit: 75, code: "not_finished"),
        status(
            "status: a number", [.json(#"{"id":"@ID","status":7}"#)], exit: 76, code: "unexpected_reply",
            says: "without status"),
        status(
            "status: an empty word", [.json(#"{"id":"@ID","status":""}"#)], exit: 76, code: "unexpected_reply",
            says: "without status"),
        status(
            "status: ERROR with its reason", [.json(#"{"id":"@ID","status":"ERROR","error":"no audio track"}"#)],
            exit: 69, code: "processing_failed", says: "no audio track"),
        status(
            "status: ERROR with a reason that is an object",
            [.json(#"{"id":"@ID","status":"ERROR","error":{"a":[1]}}"#)],
            exit: 69, code: "processing_failed"),
        status(
            "status: error in small letters", [.json(#"{"id":"@ID","status":"error"}"#)], exit: 69,
            code: "processing_failed"),
        status(
            "status: COMPLETED, and the id of another upload",
            [.json(#"{"id":"99999999-e29b-41d4-a716-446655440000","status":"COMPLETED"}"#)], exit: 76),
    ]

    private static let waiting = ["--wait", "--wait-timeout", "1s", "--wait-interval", "100ms...200ms"]

    private static func nested(_ levels: Int) -> String {
        String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }

    private static func answer(_ text: String?, _ bytes: [UInt8]) -> [HostileStep] {
        guard text == nil else { return [.body, .json(text ?? "")] }
        return [.body, .send("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\n\r\n"), .raw(bytes)]
    }

    private static func taken(_ name: String, _ text: String?, bytes: [UInt8] = [], prints: String = "inputs/1.png")
        -> HostileRow
    {
        figur("JSON: \(name)", answer(text, bytes), exit: 0).with(\.prints, prints)
    }

    private static func refused(
        _ name: String, _ text: String?, bytes: [UInt8] = [], says: String = "Figur answered with"
    ) -> HostileRow {
        figur("JSON: \(name)", answer(text, bytes), exit: 76, code: "unexpected_reply", says: says)
    }
}
