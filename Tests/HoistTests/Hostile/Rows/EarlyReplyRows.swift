/// Replies that come before the body is sent: what they say counts only where it is a refusal, or where all of it came.
extension HostileRow {
    static let earlyReplies: [HostileRow] =
        [
            bigToFigur("200 with Connection: close before 20 MB, then reset", [good(close), .reset], exit: 75),
            bigToFigur("200 with Connection: close before 20 MB, read no further", [good(close), .hold], exit: 75),
            bigToFigur(
                "200 with Connection: close after 1 MB of 20 MB", [.read(1 << 20), good(close), .end], exit: 75),
            bigToFigur(
                "200 of HTTP/1.0 before 20 MB",
                [.send("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + HostileStep.stored), .end],
                exit: 75),
            bigToFigur("201 with Connection: close before 20 MB", [good(close, "201 Created"), .end], exit: 75),
            bigToFigur(
                "200 with Connection: close before 20 MB, then a good server",
                [[good(close), .reset], [.body, .good]],
                exit: 0
            ).with(\.attempts, 2),
            bigToFigur("200 on a kept connection before 20 MB", [good([]), .body], exit: 75),
            bigToFigur(
                "400 before 20 MB",
                [.reply("400 Bad Request", close, #"{"error":{"code":"bad_image","message":"not today"}}"#), .end],
                exit: 69, code: "bad_image", says: "not today"),
            bigToFigur(
                "401 before 20 MB", [.reply("401 Unauthorized", close, #"{"detail":"who are you"}"#), .end], exit: 77,
                code: "unauthorized", says: "who are you"),
            bigToFigur(
                "413 with an empty body before 20 MB", [.reply("413 Payload Too Large", close), .end], exit: 69,
                code: "refused", says: "413"),
            bigToFigur(
                "503 before 20 MB", [.reply("503 Busy", close, #"{"detail":"later"}"#), .end], exit: 75,
                code: "service_trouble", says: "later"),
            bigToStorage("PUT: 200 with Connection: close before 20 MB", [.reply("200 OK", close), .end], exit: 75),
            bigToStorage("PUT: 204 with Connection: close before 20 MB", [noContent, .reset], exit: 75),
            bigToStorage("PUT: 200 of HTTP/1.0 before 20 MB", [.send("HTTP/1.0 200 OK\r\n\r\n"), .end], exit: 75),
            bigToStorage(
                "PUT: 100 Continue, then 200 with Connection: close",
                [.send("HTTP/1.1 100 Continue\r\n\r\n"), .reply("200 OK", close), .end], exit: 75),
            bigToStorage(
                "PUT: 403 before 20 MB",
                [
                    .reply("403 Forbidden", close, "<Error><Code>AccessDenied</Code><Message>No</Message></Error>"),
                    .end,
                ],
                exit: 77, code: "AccessDenied", says: "AccessDenied: No"),
            bigToStorage(
                "PUT: 307 before 20 MB, to where it is taken",
                [.reply("307 Temporary Redirect", ["Location: http://127.0.0.1:@PORT/e/@NAME/object"] + close), .end],
                exit: 0),
            figur(
                "200 with Connection: close before a small body", [good(close), .body], exit: 0
            ),
        ]

    private static let close = ["Connection: close"]
    private static let noContent = HostileStep.send("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    private static func good(_ headers: [String], _ status: String = "200 OK") -> HostileStep {
        .reply(status, headers, HostileStep.stored)
    }

    private static func bigToFigur(
        _ name: String, _ script: [HostileStep], exit: Int32, code: String? = nil, says: String = ""
    ) -> HostileRow {
        bigToFigur(name, [script], exit: exit, code: code, says: says)
    }

    private static func bigToFigur(
        _ name: String, _ scripts: [[HostileStep]], exit: Int32, code: String? = nil, says: String = ""
    ) -> HostileRow {
        var row = figur(name, [], exit: exit, code: code, says: says)
        row.scripts = [.figur: scripts]
        return big(row, to: "figur")
    }

    private static func bigToStorage(
        _ name: String, _ script: [HostileStep], exit: Int32, code: String? = nil, says: String = ""
    ) -> HostileRow {
        big(storage(name, script, exit: exit, code: code, says: says), to: "eachlabs")
    }

    private static func big(_ row: HostileRow, to service: String) -> HostileRow {
        let retries = row.exit == 75 ? ["--retries", "0"] : []
        return row.with(\.prepare, "cp shot.png big.png; truncate -s 20M big.png")
            .with(\.program, .hoist(["upload", "big.png", "--to", service, "--timeout", "5s"] + retries))
    }
}
