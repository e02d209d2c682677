/// Journals that are broken, foreign, taken or gone.
extension HostileRow {
    static let journals: [HostileRow] = [
        resumed("seconds of 1e300", #"sed -i 's/"seconds":[0-9.e-]*/"seconds":1e300/' j"#),
        resumed("negative seconds", #"sed -i 's/"seconds":[0-9.e-]*/"seconds":-1/' j"#, again: nil),
        resumed("seconds that are text", #"sed -i 's/"seconds":[0-9.e-]*/"seconds":"x"/' j"#, again: nil),
        resumed("attempts of 1e300", #"sed -i 's/"attempts":1/"attempts":1e300/' j"#, again: nil),
        resumed(
            "attempts of -9223372036854775808", #"sed -i 's/"attempts":1/"attempts":-9223372036854775808/' j"#,
            again: nil),
        resumed("bytes of 1e300", #"sed -i 's/"bytes":[0-9]*/"bytes":1e300/' j"#, again: nil),
        resumed("a record of null", #"sed -i '2s/"record":.*/"record":null}/' j"#, again: true),
        resumed("a record that is a list", #"sed -i '2s/"record":.*/"record":[]}/' j"#, again: true),
        resumed("a size of 1e300", #"sed -i '2s/"size":[0-9]*/"size":1e300/' j"#, again: true),
        resumed("a negative size", #"sed -i '2s/"size":[0-9]*/"size":-1/' j"#, again: true),
        resumed("an mtime of text", #"sed -i '2s/"mtime":"[^"]*"/"mtime":"never"/' j"#, again: true),
        resumed(
            "an mtime beyond all integers", #"sed -i '2s/"mtime":"[^"]*"/"mtime":"99999999999999999999.9"/' j"#,
            again: true),
        resumed("a path_bytes of odd digits", #"sed -i '2s/{/{"path_bytes":"123",/' j"#, again: nil),
        resumed("its last line cut", "truncate -s -20 j", again: true),
        resumed("CRLF line ends", #"sed -i 's/$/\r/' j"#, again: nil),
        resumed("a line of garbage", #"sed -i '2i\garbage' j"#).with(\.says, "line 2"),
        resumed("a line of NUL bytes", #"printf '\0\0\0\n' >> j"#).with(\.says, "line 3"),
        resumed("a line of 100,000 open brackets", "head -c 100000 /dev/zero | tr '\\0' '[' >> j; echo >> j").with(
            \.says, "line 3"),
        resumed("a line of invalid UTF-8", #"printf '{"path":"\xff\xfe"}\n' >> j"#, again: nil),
        resumed("the key of somebody else", "export FIGUR_API_KEY=sk_test_another_one", again: true),
        file("a text", "hello world\n", exit: 64, code: "not_a_journal"),
        file("a JSON of something else", "{\"a\":1}\n", exit: 64, code: "not_a_journal"),
        file("a heading of 1e300", "{\"hoist_journal\":1e300}\n", exit: 64),
        file("a heading of -1", "{\"hoist_journal\":-1}\n", exit: 64),
        file("a heading of text", "{\"hoist_journal\":\"1\"}\n", exit: 64),
        file("a heading of 99", "{\"hoist_journal\":99}\n", exit: 64, code: "newer_journal"),
        file("an empty file", "", exit: 0), file("half a heading", "{\"hoist_jour", exit: 0),
        place("a directory", "mkdir j", exit: 74), place("a FIFO", "mkfifo j", exit: 74),
        place("a device that is full", "ln -s /dev/full j", exit: 74),
        place("a link to nowhere", "ln -s gone/j j", exit: 74), place("a link in a circle", "ln -s j j", exit: 74),
        place("the picture itself", "ln shot.png j", exit: 64),
        shell(
            "another run has the journal",
            "echo '{\"hoist_journal\":1}' > j; exec 9>>j; flock 9; $HOIST upload shot.png --to figur --journal j 9>&-",
            exit: 75, says: "in use"
        )
        .with(\.records, 0),
        figur("the journal is deleted while in use", [.body, .run("rm j"), .good], exit: 74)
            .with(\.program, .hoist(["upload", "shot.png", "--to", "figur", "--journal", "j"])).with(\.lines, nil).with(
                \.says, "journal"
            )
            .with(\.isOK, true),
        figur("the disk of the journal is full", [.body, .good], exit: 74)
            .with(\.program, .shell("ulimit -f 0; trap '' XFSZ; $HOIST upload shot.png --to figur --journal j")).with(
                \.says, "journal"
            ).with(\.records, 0),
    ]

    /// A run, then a change to its journal, then the same run.
    ///
    /// - Parameter again: whether the picture is sent once more; nil where both are right.
    private static func resumed(_ name: String, _ change: String, again: Bool? = false) -> HostileRow {
        let upload = "$HOIST upload shot.png --to figur --journal j"
        let row = shell("journal: \(name)", "\(upload) >first 2>&1 || exit 99; \(change); \(upload)", exit: 0)
        guard let again else { return row }
        return again ? row.with(\.hides, [#""resumed":true"#]) : row.with(\.prints, #""resumed":true"#)
    }

    private static func file(_ name: String, _ content: String, exit: Int32, code: String? = nil) -> HostileRow {
        place(name, "printf '%s' '\(content)' > j", exit: exit)
    }

    private static func place(_ name: String, _ prepare: String, exit: Int32) -> HostileRow {
        local(
            "journal: \(name)", ["upload", "shot.png", "--to", "figur", "--journal", "j"], prepare: prepare, exit: exit
        )
        .with(\.records, exit == 0 ? 1 : 0).with(\.says, exit == 0 ? "" : "j ")
    }
}
