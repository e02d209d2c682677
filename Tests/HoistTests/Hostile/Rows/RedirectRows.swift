/// A call that carries a key never follows a redirect; a PUT follows few, and not everywhere.
extension HostileRow {
    static let redirects: [HostileRow] =
        [301, 302, 303, 307, 308].map { status in
            figur(
                "\(status) to another path", [.body, redirect(status, elsewhere)], exit: 76, code: "redirected",
                says: "check the base URL")
        } + [
            figur(
                "307 to another host", [.body, redirect(307, "https://example.com/v1/uploads")], exit: 76,
                code: "redirected", says: "example.com"),
            figur(
                "307 without a place", [.body, .reply("307 Temporary Redirect")], exit: 76, code: "redirected",
                says: "nowhere"),
            figur(
                "307 to a URL with a password", [.body, redirect(307, "https://user:hunter2@example.com/")], exit: 76,
                code: "redirected"
            ).with(\.hides, ["hunter2"]),
            figur(
                "307 to a URL with the key in it", [.body, redirect(307, "https://example.com/?key=@KEY")], exit: 76,
                code: "redirected"),
            figur(
                "307 to a URL with a signature",
                [.body, redirect(307, "https://example.com/?X-Amz-Signature=feedface")], exit: 76,
                code: "redirected"
            ).with(\.hides, ["feedface"]),
            figur(
                "307 to control characters", [.body, redirect(307, "https://example.com/\u{1B}[2J\u{202E}")], exit: 76,
                code: "redirected"),
            figur(
                "307 to 60 KB", [.body, redirect(307, "https://example.com/" + String(repeating: "x", count: 60_000))],
                exit: 76,
                code: "redirected"),
            eachLabs(
                "initiate: 307 to another path", [.initiate: [[.body, redirect(307, elsewhere)]]], exit: 76,
                code: "redirected"),
            status("status: 302 to another path", [redirect(302, elsewhere)], exit: 76, code: "redirected"),
            storage("PUT: 307 to another path of this server", [.body, redirect(307, elsewhere)], exit: 0),
            storage("PUT: 308 to a path without a host", [.body, redirect(308, "/e/@NAME/object")], exit: 0),
            put("PUT: 307 in a circle", 307, "/s/@NAME/object.png"),
            put("PUT: 301", 301, elsewhere), put("PUT: 302", 302, elsewhere), put("PUT: 303", 303, elsewhere),
            put("PUT: 307 to plain http elsewhere", 307, "http://example.com/object"),
            put("PUT: 307 to a file", 307, "file:///etc/passwd"),
            put("PUT: 307 to FTP", 307, "ftp://127.0.0.1:@PORT/object"),
            put("PUT: 307 to an empty place", 307, ""), put("PUT: 307 to no URL", 307, "http://[::1"),
            put("PUT: 307 to a URL with a password", 307, "http://user:hunter2@127.0.0.1:@PORT/e/@NAME/object")
                .with(\.hides, ["hunter2"]),
            storage("PUT: 307 without a place", [.body, .reply("307 Temporary Redirect")], exit: 76),
            storage(
                "PUT: 307 to where nobody listens", [.body, redirect(307, "http://127.0.0.1:@REFUSED/object")], exit: 75
            ),
        ]

    private static let elsewhere = "http://127.0.0.1:@PORT/e/@NAME/object"

    private static func redirect(_ status: Int, _ place: String) -> HostileStep {
        .reply("\(status) Redirect", ["Location: \(place)"])
    }

    private static func put(_ name: String, _ status: Int, _ place: String) -> HostileRow {
        storage(name, [.body, redirect(status, place)], exit: 76)
    }
}
