/// What storage says of a PUT: S3's XML in every state, and checksums that are not those of the bytes.
extension HostileRow {
    static let storageReplies: [HostileRow] = [
        xml(
            "a declaration and a namespace", 403,
            #"<?xml version="1.0"?><Error xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Code>AccessDenied</Code><Message>No</Message></Error>"#,
            exit: 77, code: "AccessDenied"),
        xml(
            "entities", 403, "<Error><Code>AccessDenied</Code><Message>a &lt;b&gt; &amp;amp; &#x41;</Message></Error>",
            exit: 77, code: "AccessDenied"),
        xml("cut in the middle", 403, "<Error><Code>AccessDenied</Code><Mess", exit: 77, code: "AccessDenied"),
        xml("an empty code", 403, "<Error><Code></Code><Message></Message></Error>", exit: 77, code: "storage_reply"),
        xml("an element without an end", 400, "<Error><Code>", exit: 76, code: "storage_reply"),
        xml("its elements in the wrong order", 400, "</Code><Code>", exit: 76, code: "storage_reply"),
        xml(
            "a bomb of entities", 400,
            #"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><Error><Code>Bomb</Code><Message>&b;&b;</Message></Error>"#,
            exit: 69, code: "Bomb"),
        xml(
            "an external entity", 400,
            #"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Error><Code>Bomb</Code><Message>&a;</Message></Error>"#,
            exit: 69, code: "Bomb"
        ).with(\.hides, ["root:"]),
        xml("a million tags", 400, String(repeating: "<Code>", count: 150_000), exit: 76, code: "storage_reply"),
        xml(
            "a message of 900 KB", 400,
            "<Error><Code>Long</Code><Message>\(String(repeating: "é", count: 450_000))</Message></Error>", exit: 69,
            code: "Long"),
        xml(
            "control characters", 400,
            "<Error><Code>Odd\u{1B}[2J</Code><Message>\u{202E}\u{200B}\u{E0041}\u{AD}no</Message></Error>", exit: 69),
        xml(
            "SlowDown", 503, "<Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>", exit: 75,
            code: "SlowDown"),
        xml(
            "RequestTimeout", 400, "<Error><Code>RequestTimeout</Code><Message>Idle</Message></Error>", exit: 75,
            code: "RequestTimeout"),
        xml(
            "a clock that differs", 403, "<Error><Code>RequestTimeTooSkewed</Code><Message>Far</Message></Error>",
            exit: 77, code: "RequestTimeTooSkewed"),
        xml(
            "EntityTooLarge", 400, "<Error><Code>EntityTooLarge</Code><Message>Too large</Message></Error>", exit: 69,
            code: "EntityTooLarge"),
        xml(
            "412", 412, "<Error><Code>PreconditionFailed</Code><Message>It is there</Message></Error>", exit: 69,
            code: "PreconditionFailed"),
        xml("413 with nothing", 413, "", exit: 69), xml("404 with nothing", 404, "", exit: 76),
        xml("401 with nothing", 401, "", exit: 77),
        xml("429 with nothing", 429, "", exit: 75), xml("503 with nothing", 503, "", exit: 75),
        xml(
            "501", 501, "<Error><Code>NotImplemented</Code><Message>Chunks</Message></Error>", exit: 75,
            code: "NotImplemented"),
        storage(
            "PUT: 200 with HTML", [.body, .reply("200 OK", ["Content-Type: text/html"], "<html>Log in</html>")],
            exit: 0, says: "web page"
        )
        .with(\.prints, "\"warnings\""),
        storage("PUT: the right ETag", [.body, .good], exit: 0).with(\.prints, #""verified":true"#),
        storage("PUT: no ETag", [.body, .reply("200 OK")], exit: 0).with(\.prints, #""verified":null"#),
        etag("a foreign ETag, the same twice", [foreign, foreign]).with(\.prints, #""verified":null"#).with(
            \.says, "ETag"),
        etag("a foreign ETag, then the right one", [foreign, nil]).with(\.prints, #""verified":true"#),
        etag("two foreign ETags that differ", [foreign, other]).with(\.exit, 75).with(\.code, "corrupted").with(
            \.lines, nil),
        etag("the ETag of parts", ["\(foreign)-2"]).with(\.prints, #""verified":null"#),
        etag("an ETag that is no MD5", ["W/\\\"abc"]).with(\.prints, #""verified":null"#),
        storage(
            "PUT: a foreign ETag of KMS",
            [.body, .reply("200 OK", ["ETag: \"\(foreign)\"", "x-amz-server-side-encryption: aws:kms"])], exit: 0
        )
        .with(\.prints, #""verified":null"#),
        storage(
            "PUT: a foreign ETag of a customer's key",
            [
                .body,
                .reply("200 OK", ["ETag: \"\(foreign)\"", "x-amz-server-side-encryption-customer-algorithm: AES256"]),
            ], exit: 0
        )
        .with(\.prints, #""verified":null"#),
    ]

    private static let foreign = "0123456789abcdef0123456789abcdef"
    private static let other = "fedcba9876543210fedcba9876543210"

    private static func xml(_ name: String, _ status: Int, _ body: String, exit: Int32, code: String? = nil)
        -> HostileRow
    {
        storage(
            "S3: \(name)", [.body, .reply("\(status) No", ["Content-Type: application/xml"], body)], exit: exit,
            code: code,
            says: "HTTP \(status)")
    }

    /// A PUT after the other gets these ETags; nil is the right one.
    private static func etag(_ name: String, _ tags: [String?]) -> HostileRow {
        let scripts = tags.map { tag in
            [.body, tag.map { .reply("200 OK", ["ETag: \"\($0)\""]) } ?? .good] as [HostileStep]
        }
        return eachLabs("PUT: \(name)", [.put: scripts], exit: 0)
    }
}
