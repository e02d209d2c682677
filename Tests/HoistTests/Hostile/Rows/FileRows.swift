/// Inputs that are no files, no pictures, or have names that a terminal or JSON cannot carry.
extension HostileRow {
    static let files: [HostileRow] = [
        input("empty", ": > x.png", exit: 65, code: "empty_file", says: "empty"),
        input("missing", "true", exit: 66, code: "not_found", says: "no such file"),
        input("a FIFO", "mkfifo x.png", exit: 66, code: "not_a_regular_file", says: "FIFO"),
        input("a directory", "mkdir x.png", exit: 66, code: "not_a_regular_file", says: "directory"),
        input(
            "a socket", "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"x.png\")'", exit: 66,
            code: "not_a_regular_file"),
        input("/dev/null by a link", "ln -s /dev/null x.png", exit: 66, code: "not_a_regular_file"),
        input("/dev/zero by a link", "ln -s /dev/zero x.png", exit: 66, code: "not_a_regular_file"),
        input("a link to nowhere", "ln -s none x.png", exit: 66, code: "not_found"),
        input("a link in a circle", "ln -s x.png x.png", exit: 66, code: "not_readable"),
        input("26 MB of nothing", "truncate -s 26214401 x.png", exit: 65).with(\.lines, 2),
        input("a picture of 26 MB", "cp shot.png x.png; truncate -s 26214401 x.png", exit: 65, code: "too_large"),
        input("a picture of 8 TB", "cp shot.png x.png; truncate -s 8T x.png", exit: 65, code: "too_large"),
        input("one byte", "printf x > x.png", exit: 65, code: "unsupported_type").with(\.lines, 2),
        input(
            "a GIF named PNG", "printf 'GIF89a\\1\\0\\1\\0\\0\\0\\0;' > x.png", exit: 65, code: "unsupported_type",
            says: "image/gif"
        ).with(\.lines, 2), input("8 bytes of a PNG", "head -c 8 shot.png > x.png", exit: 65).with(\.lines, 2),
        shell(
            "file: not readable", "cp shot.png x.png; chmod 000 x.png; \(powerless) $HOIST upload x.png --to figur",
            exit: 66, code: "not_readable", says: "permissions"),
        local("file: a path through a file", ["upload", "shot.png/x", "--to", "figur"], exit: 66, says: "shot.png/x"),
        local("file: an empty path", ["upload", "", "--to", "figur"], exit: 66),
        local(
            "file: a path of 5,000 characters", ["upload", String(repeating: "x/", count: 2500), "--to", "figur"],
            exit: 66),
        local(
            "file: a name of 300 characters", ["upload", String(repeating: "x", count: 300), "--to", "figur"], exit: 66),
        local(
            "file: /proc/version for each::labs is not empty", ["upload", "/proc/version", "--to", "eachlabs"], exit: 66
        ).with(\.hides, ["empty"]),
        local(
            "file: a setting in /sys", ["upload", "/sys/kernel/mm/transparent_hugepage/enabled", "--to", "eachlabs"],
            exit: 66
        ).with(\.lines, 2),
        named("a line end", #"a\nb.png"#), named("an escape sequence", #"\e[2J\a.png"#),
        named("a carriage return", #"a\r.png"#), named("zero-width characters", #"a\u200b\u2060\ufeff.png"#),
        named("soft hyphens", #"a\u00ad.png"#), named("tag characters", #"a\U000e0041\U000e007f.png"#),
        named("a turn of direction", #"a\u202egnp.exe"#), named("a quotation mark and a backslash", #"a\"\\b.png"#),
        named("a semicolon and a line end", #"a\"; x=\"\r\n\r\nb.png"#), named("a leading dash", "-x.png"),
        named("other than ASCII", #"größe\u0301 😀.png"#), named("invalid UTF-8", #"a\xe9\xff.png"#),
        missing("a line end", #"a\nb.png"#), missing("zero-width characters", #"a\u200b\u2060\ufeff\u00ad.png"#),
        missing("tag characters", #"a\U000e0041.png"#), missing("invalid UTF-8", #"a\xe9.png"#),
        shell(
            "file: two names in invalid UTF-8 that print alike",
            "mv shot.png $'a\\xe9.png'; cp $'a\\xe9.png' $'a\\xff.png'; printf 2 >> $'a\\xff.png'; $HOIST upload a* --to eachlabs",
            exit: 0
        )
        .with(\.records, 2).with(\.prints, "file_bytes"),
        local("file: standard input is empty", ["upload", "-", "--to", "figur"], exit: 65, code: "empty_file"),
        local(
            "file: standard input is more than is allowed", ["upload", "-", "--to", "figur", "--max-size", "10"],
            exit: 65, code: "too_large"
        ).with(\.input, Array("0123456789abcdef".utf8)),
        shell("file: standard input is a directory", "$HOIST upload - --to figur < .", exit: 66),
        shell("file: standard input is closed", "$HOIST upload - --to figur <&-", exit: 65),
        shell(
            "file: standard input without end", "$HOIST upload - --to figur --max-size 64M < /dev/zero", exit: 65,
            code: "too_large"),
        local(
            "file: the same picture twice",
            ["upload", "shot.png", "./shot.png", "--to", "figur", "--progress", "none"], exit: 0
        ).with(\.records, 2),
    ]

    /// Before a program: root may read everything, but not without its capabilities.
    private static let powerless = "$([ $(id -u) = 0 ] && echo setpriv --bounding-set -all --inh-caps -all)"

    private static func input(
        _ name: String, _ prepare: String, exit: Int32, code: String? = nil, says: String = "x.png"
    ) -> HostileRow {
        local(
            "file: \(name)", ["upload", "x.png", "--to", "figur"], prepare: prepare, exit: exit, code: code, says: says)
    }

    /// A picture under a name, in bash's `$'…'`, is taken; its record is about that file.
    private static func named(_ name: String, _ bash: String) -> HostileRow {
        shell(
            "file: a name with \(name)", "mv shot.png -- $'\(bash)' && $HOIST upload --to figur -- $'\(bash)'", exit: 0
        )
    }

    private static func missing(_ name: String, _ bash: String) -> HostileRow {
        shell(
            "file: no such file, and a name with \(name)", "$HOIST upload --to figur -- $'\(bash)'", exit: 66,
            code: "not_found")
    }
}
