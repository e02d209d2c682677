/// Lists of paths as other systems and other programs write them.
extension HostileRow {
    static let pathLists: [HostileRow] = [
        list("CRLF, and no end of line at the end", "shot.png\\r\\ntwo.png"),
        list("CRLF throughout", "shot.png\\r\\ntwo.png\\r\\n"),
        list("mixed line ends", "shot.png\\r\\ntwo.png\\n"),
        list("a byte order mark", "\\xef\\xbb\\xbfshot.png\\ntwo.png\\n"),
        list("empty lines between", "\\n\\nshot.png\\n\\n\\ntwo.png\\n\\n"),
        list("no end of line at the end", "shot.png\\ntwo.png"),
        list("a byte order mark and CRLF", "\\xef\\xbb\\xbfshot.png\\r\\ntwo.png"),
        list("NUL in a list of lines", "shot.png\\0two.png\\n", records: 0, exit: 66),
        list("one NUL at the end of a list of lines", "shot.png\\n\\0", records: 0, exit: 66),
        list("NUL between", "shot.png\\0two.png\\0", option: "--files-from0"),
        list("NUL between, none at the end", "shot.png\\0two.png", option: "--files-from0"),
        list("a list of lines for NUL", "shot.png\\ntwo.png\\n", option: "--files-from0", records: 1, exit: 66),
        list("a name of 5,000 characters", String(repeating: "x", count: 5000), records: 1, exit: 66).with(\.lines, 1),
        list("a name of control characters", "\\x1b[2J\\x07.png\\n", records: 1, exit: 66),
        list("a directory among the names", "shot.png\\n.\\n", exit: 66).with(\.says, "directory"),
        list("- among the names", "shot.png\\n-\\n", exit: 65), list("nothing", "", records: 0, exit: 66),
        list("empty lines only", "\\n\\r\\n\\n", records: 0, exit: 66),
        usage("list: missing", ["upload", "--to", "figur", "--files-from", "none"], says: "none").with(\.exit, 66),
        usage("list: a directory", ["upload", "--to", "figur", "--files-from", "."], says: "list").with(\.exit, 66),
        local(
            "list: on standard input, CRLF", ["upload", "--to", "figur", "--files-from", "-"], prepare: second, exit: 0
        )
        .with(\.input, Array("shot.png\r\ntwo.png".utf8)).with(\.records, 2),
        shell(
            "list: output and journal among the inputs",
            "\(second); $HOIST upload -r . --to figur --journal ./j.jsonl > out.json; s=$?; cat out.json; exit $s",
            exit: 0
        )
        .with(\.records, 2),
        shell(
            "list: output and journal among the inputs, by links",
            "\(second); touch out.json; ln out.json again.json; ln -s out.json link.json; $HOIST upload -r . --to figur > out.json; s=$?; cat out.json; exit $s",
            exit: 0
        )
        .with(\.records, 2),
        shell(
            "list: directories in a circle", "mkdir d; ln -s .. d/up; mv shot.png d; $HOIST upload -r d --to figur",
            exit: 0),
        shell(
            "list: 2^17 files by way of links to directories",
            "mkdir d; mv shot.png d; cd d; for i in $(seq 17); do mkdir -p l$i; ln -s ../l$((i + 1)) l$i/a; ln -s ../l$((i + 1)) l$i/b; done; mkdir l18; cp shot.png l18; printf x >> l18/shot.png; cd ..; $HOIST upload -r d --to figur",
            exit: 0
        )
        .with(\.records, 2),
        shell("list: a directory that is empty", "mkdir d; $HOIST upload -r d --to figur", exit: 66).with(\.records, 0),
    ]

    private static let second = "cp shot.png two.png; printf 2 >> two.png"

    private static func list(
        _ name: String, _ content: String, option: String = "--files-from", records: Int = 2, exit: Int32 = 0
    ) -> HostileRow {
        local(
            "list: \(name)", ["upload", "--to", "figur", "--progress", "none", option, "l"],
            prepare: "\(second); printf '\(content)' > l", exit: exit
        ).with(\.records, records).with(\.lines, exit == 64 ? nil : 1)
    }
}
