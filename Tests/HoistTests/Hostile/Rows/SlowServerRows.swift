/// Servers that are slow to no end, or say nothing at some point: ended by the time limits.
extension HostileRow {
    static let slowServers: [HostileRow] = [
        silent("silent once it has the head", [.hold]),
        silent("silent in the middle of the body", [.read(2000), .hold]),
        silent("silent once it has the body", [.body, .hold]),
        silent("silent in the middle of the status line", [.body, .send("HTTP/1."), .hold]),
        silent("silent in the middle of the headers", [.body, .send("HTTP/1.1 200 OK\r\nContent-"), .hold]),
        silent("silent after the headers", [.body, .send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"), .hold]),
        silent(
            "silent in the middle of the reply",
            [.body, .send("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"up"), .hold]),
        silent(
            "silent within a chunk",
            [.body, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{"), .hold]),
        silent("silent after 100 Continue", [.send("HTTP/1.1 100 Continue\r\n\r\n"), .hold]),
        silent(
            "a byte of the headers at a time, without end",
            [.body, .send("HTTP/1.1 200 OK\r\nX: "), .flood("x", milliseconds: 50)]),
        silent(
            "a byte of the reply at a time, without end",
            [.body, .send("HTTP/1.1 200 OK\r\n\r\n"), .flood(" ", milliseconds: 50)]),
        silent(
            "an interim reply now and then, without end",
            [.body, .flood("HTTP/1.1 102 Processing\r\n\r\n", milliseconds: 100)]),
        figur(
            "a good reply byte by byte",
            [.body, .drip("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + HostileStep.stored, milliseconds: 5), .end],
            exit: 0),
        storage("PUT: silent in the middle of the body", [.read(2000), .hold], exit: 75).with(
            \.program, .hoist(each(limits))),
        storage("PUT: silent once it has the body", [.body, .hold], exit: 75, code: "timeout").with(
            \.program, .hoist(each(limits))),
        eachLabs("initiate: silent", [.initiate: [[.body, .hold]]], exit: 75, code: "timeout").with(
            \.program, .hoist(each(limits))),
        status("status: silent", [.hold], limits, exit: 75, code: "timeout"),
        status(
            "status: PENDING without end", [.json(#"{"id":"@ID","status":"PENDING"}"#)],
            ["--wait", "--wait-timeout", "1s", "--wait-interval", "100ms...200ms"], exit: 75, code: "not_finished",
            says: "PENDING"),
        status(
            "status: 500 without end", [.json(#"{"status":500,"error":"Oops","code":"INTERNAL_ERROR"}"#, "500 Oops")],
            ["--wait", "--wait-timeout", "1s", "--wait-interval", "100ms...200ms"], exit: 75),
        port("connections are accepted and nothing is read", "SILENT", 75, "timeout"),
        // The connection may be reset before libcurl has seen it.
        port("connections are reset at once", "RESETTING", 75, nil),
        port("a mail server greets", "GREETING", 76, "not_http"),
        port("nobody listens", "REFUSED", 75, "no_connection"),
        port("the queue of connections is full", "FULL", 75, "timeout"),
    ]

    private static let limits = ["--timeout", "200ms", "--retries", "0"]

    private static func each(_ options: [String]) -> [String] { ["upload", "shot.png", "--to", "eachlabs"] + options }

    private static func silent(_ name: String, _ script: [HostileStep]) -> HostileRow {
        figur(name, script, exit: 75, code: "timeout", says: "timeout")
            .with(\.program, .hoist(["upload", "shot.png", "--to", "figur"] + limits))
    }

    private static func port(_ name: String, _ port: String, _ exit: Int32, _ code: String?) -> HostileRow {
        figur(name, [], exit: exit, code: code)
            .with(\.program, .hoist(["upload", "shot.png", "--to", "figur"] + (exit == 75 ? limits : [])))
            .with(\.environment, ["FIGUR_BASE_URL": "http://127.0.0.1:@\(port)"])
    }
}
