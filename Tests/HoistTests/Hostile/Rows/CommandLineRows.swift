/// Command lines that are wrong: 64, before anything is sent.
extension HostileRow {
    static let commandLines: [HostileRow] =
        [
            usage("no command of that name", ["uplod", "shot.png"], says: "uplod"),
            usage("no file", ["upload", "--to", "figur"], says: "file"),
            usage("an unknown option", ["upload", "shot.png", "--too", "figur"], says: "--too"),
            usage("an unknown service", ["upload", "shot.png", "--to", "s3"], says: "s3"),
            usage("an option without its value", ["upload", "shot.png", "--to"], says: "--to"),
            usage("status without an id", ["status", "--to", "eachlabs"], says: "id"),
            usage("two ways to a URL", ["put", "shot.png", "--url", "https://x/o", "--url-file", "u"], says: "--url"),
            usage("two files for one URL", ["put", "shot.png", "two.png", "--url", "https://x/o"], says: ""),
            usage(
                "a header without a colon", ["put", "shot.png", "--url", "https://x/o", "-H", "nonsense"],
                says: "nonsense"),
            usage(
                "a pattern without --recursive", ["upload", "shot.png", "--to", "figur", "--include", "*"],
                says: "--recursive"),
            usage("presign at a service that has none", ["presign", "shot.png", "--to", "figur"], says: "Figur"),
            usage("status at a service that has none", ["status", "1", "--to", "figur"], says: "Figur"),
            usage(
                "standard input twice", ["upload", "-", "--to", "figur", "--files-from", "-"], says: "standard input"),
            local(
                "an owner of another form", ["upload", "shot.png", "--to", "eachlabs", "--owner", "me\u{1B}[2J"],
                exit: 64, says: "owner"
            ).with(\.records, 0),
            local(
                "an audio duration for a picture", ["upload", "shot.png", "--to", "eachlabs", "--audio-duration", "3"],
                exit: 64, code: "misplaced_option"),
            local(
                "a field that no record has", ["upload", "shot.png", "--to", "figur", "--field", "none"], exit: 64,
                says: "none"
            ).with(\.records, 0).with(\.lines, 2),
            local(
                "a media type that the URL is not for",
                [
                    "put", "shot.png", "--url", "http://127.0.0.1:@PORT/e/@NAME/o", "-H", "Content-Type: image/png",
                    "--content-type", "image/webp",
                ], exit: 64, code: "content_type_mismatch"),
            local("a URL by hand that cannot be used", ["put", "shot.png", "--url", "ftp://127.0.0.1/o"], exit: 64),
            local(
                "a header by hand that breaks the request",
                ["put", "shot.png", "--url", "http://127.0.0.1:@PORT/e/@NAME/o", "-H", "Content-Length: 1"], exit: 64),
        ]
        + ["0", "-1s", "inf", "nan", "1e400", "", "9223372036854775807h", "soon"].map { value($0, "--timeout") }
        + ["-1", "x", "1.5", "99999999999999999999"].map { value($0, "--retries") }
        + ["0", "-1", "x", "99999999999999999999"].map { value($0, "--jobs") }
        + ["0", "-5", "9999999999999G", "nan", "1Q"].map { value($0, "--limit-rate") }
        + ["0", "-1", "nan", "inf", "1e400"].map { value($0, "--requests-per-second") }
        + ["0/4", "5/4", "1/0", "x", "1/99999999999999999999", "auto/0"].map { value($0, "--shard") }
        + ["png", "image/", "image/png\r\nX: y", "image/png; a=\"b", ""].map { value($0, "--content-type") }
        + ["5s...1s", "...", "-1s...2s", "nan...nan"].map {
            value($0, "--wait-interval", ["--wait", "--to", "eachlabs"])
        }
        + ["nan", "-1", "inf", "1e400", "x"].map { value($0, "--video-duration", ["--to", "eachlabs"]) }
        + ["", "x", "-1", "9999999999999G"].map { value($0, "--max-size") }

    private static func value(_ value: String, _ option: String, _ more: [String] = ["--to", "figur"]) -> HostileRow {
        usage("\(option)=\(value.debugDescription)", ["upload", "shot.png", "\(option)=\(value)"] + more, says: "")
    }
}
