/// Replies that are cut are lost connections, at whatever place: tried again, never taken for what they say.
extension HostileRow {
    static let cutReplies: [HostileRow] =
        [
            cut("closed before the body is read", [.close]),
            cut("closed in the middle of the body", [.read(2000), .close]),
            cut("closed without a reply", [.body, .close]),
            cut("cut in the middle of the status line", [.body, .send("HTTP/1.1 20"), .end]),
            cut("cut after the status line", [.body, .send("HTTP/1.1 200 OK\r\n"), .end]),
            cut("cut in the middle of a header", [.body, .send("HTTP/1.1 200 OK\r\nContent-Ty"), .end]),
            cut("cut before the empty line", [.body, .send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n"), .end]),
            cut("cut before a body with a length", [.body, .send(length + "\r\n\r\n"), .end]),
            cut("cut in the middle of a body with a length", [.body, .send(length + "\r\n\r\n{\"upload_"), .end]),
            cut(
                "a whole JSON, but a length that is longer",
                [.body, .send(length + "\r\n\r\n" + HostileStep.stored), .end]),
            cut("cut before the first chunk", [.body, .send(chunked), .end]),
            cut("cut in the middle of a chunk's size", [.body, .send(chunked + "4"), .end]),
            cut("cut in the middle of a chunk", [.body, .send(chunked + "40\r\n{\"upload_key"), .end]),
            cut("cut after a chunk with the whole JSON", [.body, .send(chunked + chunk), .end]),
            cut("cut before the last empty line of chunks", [.body, .send(chunked + chunk + "0\r\n"), .end]),
            cut("reset before the body is read", [.reset]),
            cut("reset in the middle of the body", [.read(2000), .reset]),
            cut("reset without a reply", [.body, .reset]),
            cut("reset in the middle of the status line", [.body, .send("HTTP/1.1 20"), .reset]),
            cut("reset in the middle of the headers", [.body, .send("HTTP/1.1 200 OK\r\nContent-Ty"), .reset]),
            cut("reset in the middle of the reply's body", [.body, .send(length + "\r\n\r\n{\"uplo"), .reset]),
            cut("reset after 100 Continue", [.send("HTTP/1.1 100 Continue\r\n\r\n"), .reset]),
            cut(
                "a JSON cut where nothing tells its length",
                [.body, .send("HTTP/1.1 200 OK\r\n\r\n{\"upload_key\":\"a"), .end]),
            figur("cut, then a good server", [], exit: 0)
                .with(\.scripts, [.figur: [[.body, .send(length), .end], [.body, .good]]]).with(\.attempts, 2),
            eachLabs(
                "initiate: cut, then a good server", [.initiate: [[.body, .send(length), .reset], [.body, .good]]],
                exit: 0),
            eachLabs(
                "PUT: cut in the headers", [.put: [[.body, .send("HTTP/1.1 200 OK\r\nETag: \"9"), .end]]], exit: 75),
            eachLabs(
                "PUT: cut twice, then a good server", [.put: [[.read(9), .reset], [.body, .close], [.body, .good]]],
                exit: 0
            )
            .with(\.limit, 40),
            status("status: cut in the body", [.send(length + "\r\n\r\n{\"id\":"), .end], exit: 75),
        ]

    private static let length = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500"
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let chunk = "\(String(HostileStep.stored.utf8.count, radix: 16))\r\n\(HostileStep.stored)\r\n"

    private static func cut(_ name: String, _ script: [HostileStep]) -> HostileRow {
        figur(name, script, exit: 75, code: "network", says: "run it again")
    }
}
