/// Headers that are too many, too long, or not what they seem.
extension HostileRow {
    static let headers: [HostileRow] = [
        tooMuch("4,000 headers of 100 bytes", line(100), 4000),
        tooMuch("2^16 headers", "a: b\r\n", 1 << 16),
        tooMuch("a header of 300 KB", line(300_000), 1),
        tooMuch("a header of 5 MB", line(5_000_000), 1),
        figur(
            "headers without end",
            [.body, .send("HTTP/1.1 200 OK\r\n"), .flood(String(repeating: line(100), count: 100), milliseconds: 2)],
            exit: 76),
        storage("PUT: 4,000 headers of 100 bytes", flooding(line(100), 4000), exit: 76),
        figur(
            "900 headers", [.body, .send("HTTP/1.1 200 OK\r\n"), .repeated("X-A: b\r\n", 900), .send(rest)], exit: 0),
        figur(
            "a reason of 64 KB", [.body, .send("HTTP/1.1 200 "), .repeated("A", 65_536), .send("\r\n" + rest)], exit: 0),
        figur(
            "headers whose names HTTP does not allow",
            [.body, .reply("200 OK", ["X A: b", "=: c", ": d"], HostileStep.stored)], exit: 0),
        figur("a header over two lines", [.body, .reply("200 OK", ["X-A: b", "  c"], HostileStep.stored)], exit: 0),
        figur(
            "line feeds without carriage returns", [.body, .send("HTTP/1.1 200 OK\nContent-Length: 69\n\n" + padded)],
            exit: 0),
        figur(
            "control characters in the request id",
            [.body, .reply("500 No", ["X-Request-Id: \u{1B}[2J\u{9B}31m\u{202E}id"], "{}")],
            exit: 75, says: "500"),
        figur(
            "a cookie, an HSTS header and an Alt-Svc to another port",
            [
                .body,
                .reply(
                    "200 OK",
                    ["Set-Cookie: a=b", "Strict-Transport-Security: max-age=9", #"Alt-Svc: h2="127.0.0.1:@REFUSED""#],
                    HostileStep.stored),
            ], exit: 0),
    ]

    private static let rest = "Content-Length: \(HostileStep.stored.utf8.count)\r\n\r\n\(HostileStep.stored)"
    private static let padded = HostileStep.stored + String(repeating: " ", count: 69 - HostileStep.stored.utf8.count)

    private static func line(_ bytes: Int) -> String { "X-Pad: " + String(repeating: "x", count: bytes - 9) + "\r\n" }

    private static func flooding(_ line: String, _ count: Int) -> [HostileStep] {
        [.body, .send("HTTP/1.1 200 OK\r\n"), .repeated(line, count), .send(rest)]
    }

    private static func tooMuch(_ name: String, _ line: String, _ count: Int) -> HostileRow {
        figur(name, flooding(line, count), exit: 76, says: "header")
    }
}
