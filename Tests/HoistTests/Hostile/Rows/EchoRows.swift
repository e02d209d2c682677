/// Servers that repeat the key, and signatures, in every encoding: neither is in any output.
extension HostileRow {
    static let echoes: [HostileRow] = [
        echo("the key in a message", #"{"detail":"bad key @KEY"}"#),
        echo("the key percent-encoded", #"{"detail":"bad key \#(HostileKey.percent)"}"#),
        echo("every byte of the key percent-encoded", #"{"detail":"bad key \#(HostileKey.everyBytePercent)"}"#),
        echo("the key with an escaped slash", #"{"detail":"bad key \#(HostileKey.slashEscaped)"}"#),
        echo("the key in JSON escapes", #"{"detail":"bad key \#(HostileKey.unicodeEscaped)"}"#),
        echo("the key in base64", #"{"detail":"bad key \#(HostileKey.base64)"}"#),
        echo("the key in HTML", "<html>bad key @KEY</html>", exit: 76),
        echo(
            "the key in broken JSON, with an escaped slash", #"{"detail":"bad key \#(HostileKey.slashEscaped)"#,
            exit: 76),
        echo("the key in broken JSON, in escapes", #"{"detail":"bad key \#(HostileKey.unicodeEscaped)"#, exit: 76),
        echo("the key in broken text, percent-encoded", "bad key \(HostileKey.percent)", exit: 76),
        echo("the key in broken text, in base64", "bad key \(HostileKey.base64)", exit: 76),
        echo("the key as an error's code", #"{"error":{"code":"@KEY","message":"no","request_id":"@KEY"}}"#),
        echo("the key where the excerpt ends", String(repeating: "x", count: 190) + "@KEY", exit: 76),
        figur(
            "the key in a header that is traced",
            [.body, .reply("400 No", ["X-Echo: @KEY", "X-Request-Id: @KEY"], #"{"detail":"no"}"#)], exit: 69
        )
        .with(\.program, .hoist(["upload", "shot.png", "--to", "figur", "--verbose"])).with(\.lines, nil),
        figur("the key in the reason", [.body, .json(#"{"detail":"no"}"#, "400 @KEY")], exit: 69)
            .with(\.program, .hoist(["upload", "shot.png", "--to", "figur", "--verbose"])).with(\.lines, nil),
        figur(
            "the key in the good reply",
            [.body, .json(#"{"upload_key":"inputs/@KEY.png","image_url":"https://x/@KEY"}"#)], exit: 0),
        figur(
            "the key as a name in the good reply",
            [.body, .json(#"{"upload_key":"inputs/1.png","image_url":"https://x","@KEY":1}"#)], exit: 0),
        eachLabs(
            "storage repeats the signature",
            [
                .put: [
                    [.body, .reply("403 No", [], "<Error><Code>Denied</Code><Message>\(signature)</Message></Error>")]
                ]
            ],
            exit: 77, code: "Denied"
        ).with(\.hides, [signature]),
        eachLabs(
            "storage repeats the signature in HTML",
            [.put: [[.body, .reply("400 No", [], "<html>https://s/?X-Amz-Signature=\(signature)</html>")]]],
            exit: 76, code: "storage_reply"
        ).with(\.hides, [signature]),
        eachLabs(
            "storage repeats the signature in a redirect",
            [.put: [[.body, .reply("302 No", ["Location: https://s/?X-Amz-Signature=\(signature)"])]]],
            exit: 76, code: "redirected"
        ).with(\.hides, [signature]),
        eachLabs(
            "initiate: a URL that cannot be used, with its signature",
            [.initiate: [[.body, .merge(#"{"upload_url":"ftp://s/o?X-Amz-Signature=\#(signature)"}"#)]]], exit: 76,
            code: "unusable_presigned_url"
        ).with(\.hides, [signature]),
        eachLabs(
            "initiate: broken JSON with the URL in it",
            [
                .initiate: [
                    [
                        .body,
                        .json(
                            #"{"id":"1","upload_url":"https:\/\/s\/o?X-Amz-Signature=\#(signature)&sig=\#(signature)"#),
                    ]
                ]
            ], exit: 76,
            code: "unexpected_reply"
        ).with(\.hides, [signature]),
        eachLabs(
            "initiate: broken JSON with a secret header in it",
            [.initiate: [[.body, .json(#"{"id":"1","required_headers":{"Authorization":"AWS4 \#(signature)"#)]]],
            exit: 76,
            code: "unexpected_reply"
        ).with(\.hides, [signature]),
        eachLabs(
            "initiate: another field with a signed URL, and a PUT that fails",
            [
                .initiate: [[.body, .merge(#"{"upload_uri":"https://s/o?X-Amz-Signature=\#(signature)"}"#)]],
                .put: [[.body, .reply("403 No")]],
            ], exit: 77
        ).with(\.hides, [signature]),
    ]

    private static let signature = String(repeating: "5ca1ab1e", count: 8)

    private static func echo(_ name: String, _ body: String, exit: Int32 = 69) -> HostileRow {
        figur(name, [.body, .json(body, "400 No")], exit: exit, says: "HTTP 400")
    }
}
