/// What is no HTTP, what is HTTP that nobody expects, and lengths that are wrong.
extension HostileRow {
    static let oddReplies: [HostileRow] = [
        odd("the greeting of an SSH server", [.send("SSH-2.0-OpenSSH_9.2\r\n")]),
        odd("random bytes", [.raw((0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 7) | 0x80 })]),
        odd("bytes of a TLS server", [.raw([0x15, 3, 1, 0, 2, 2, 70])]),
        odd("HTML without a status line", [.send("<html><body>Welcome</body></html>\r\n\r\n")]),
        odd("empty lines only", [.send("\r\n\r\n\r\n")]),
        odd("HTTP/9.9", [.send("HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n")]),
        odd("a status of two digits", [.send("HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n")]),
        odd("a status that is no number", [.send("HTTP/1.1 OK 200\r\nContent-Length: 0\r\n\r\n")]),
        odd("a negative length", [.send("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}")]),
        odd("a length that is no number", [.send("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}")]),
        odd("NUL in a header", [.raw(Array("HTTP/1.1 200 OK\r\nX-A: b\0c\r\nContent-Length: 0\r\n\r\n".utf8))]),
        figur(
            "a length that is shorter than the JSON",
            [.body, .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + HostileStep.stored)],
            exit: 76, code: "unexpected_reply", says: "something else than the JSON"),
        figur(
            "a length that no number holds, and a whole JSON",
            [
                .body, .send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n" + HostileStep.stored),
                .end,
            ],
            exit: 0),
        // What is above 599 is taken for a 5xx (RFC 9110, section 15).
        figur(
            "status 999", [.body, .json(HostileStep.stored, "999 Go away")], exit: 75, code: "service_trouble",
            says: "999"),
        figur("status 600", [.body, .json("{}", "600 What")], exit: 75, code: "service_trouble", says: "600"),
        figur(
            "status 304", [.body, .send("HTTP/1.1 304 Not Modified\r\n\r\n")], exit: 76, code: "redirected", says: "304"
        ),
        figur("101 Switching Protocols", [.body, .send(upgrade), .hold], exit: 76, says: ""),
        storage("PUT: 101 Switching Protocols", [.body, .send(upgrade), .hold], exit: 76),
        figur(
            "twenty interim replies, then the good one",
            [.body, .repeated("HTTP/1.1 103 Early Hints\r\n\r\n", 20), .good], exit: 0),
        figur(
            "interim replies without end",
            [
                .body,
                .flood(
                    String(repeating: "HTTP/1.1 102 Processing\r\nX-Pad: 0123456789abcdef\r\n\r\n", count: 200),
                    milliseconds: 5),
            ],
            exit: 76),
        figur(
            "204 without a body", [.body, .send("HTTP/1.1 204 No Content\r\n\r\n")], exit: 76, code: "unexpected_reply",
            says: "204"),
        figur(
            "204 with the good JSON as a body", [.body, .json(HostileStep.stored, "204 No Content")], exit: 76,
            code: "unexpected_reply", says: "204"),
        figur(
            "200 with an empty body", [.body, .reply("200 OK")], exit: 76, code: "unexpected_reply", says: "(empty)"),
        figur("201 with the good JSON", [.body, .json(HostileStep.stored, "201 Created")], exit: 0),
        storage("PUT: 204 with a body", [.body, .reply("204 No Content", [], "surplus")], exit: 0),
        figur(
            "says gzip, sends plain JSON", [.body, .reply("200 OK", ["Content-Encoding: gzip"], HostileStep.stored)],
            exit: 0),
        figur(
            "sends gzip that nobody asked for",
            [
                .body, .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"),
                .raw([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]), .end,
            ],
            exit: 76, code: "unexpected_reply", says: "something else than the JSON"),
        figur(
            "chunks of a size that is no number", [.body, .send(chunked + "zz\r\n{}\r\n0\r\n\r\n"), .end], exit: 75,
            code: "network"),
        figur(
            "a chunk of 2^64 bytes", [.body, .send(chunked + "10000000000000000\r\n{}"), .end], exit: 75,
            code: "network"),
        figur(
            "a reply of 2 MiB", [.body, .send("HTTP/1.1 200 OK\r\n\r\n"), .repeated(" ", 2 << 20), .end], exit: 76,
            code: "reply_too_large"),
        figur(
            "a reply without end",
            [.body, .send("HTTP/1.1 200 OK\r\n\r\n"), .flood(String(repeating: " ", count: 1 << 16), milliseconds: 5)],
            exit: 76, code: "reply_too_large"),
        figur(
            "two replies at once",
            [.body, .good, .json(#"{"upload_key":"inputs/foreign.png","image_url":"https://x"}"#)], exit: 0
        )
        .with(\.prints, "inputs/stored-").with(\.hides, ["foreign"]),
    ]

    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"

    private static func odd(_ name: String, _ reply: [HostileStep]) -> HostileRow {
        figur(name, [.body] + reply + [.end], exit: 76, code: "not_http", says: "did not answer as HTTP")
    }
}
