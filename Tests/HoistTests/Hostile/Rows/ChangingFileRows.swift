/// Files that something else writes to while they are sent: what is stored is what was there, or it is no ok.
extension HostileRow {
    static let changingFiles: [HostileRow] = [
        changing("grows", "printf more >> x.png"), changing("shrinks", "truncate -s 4M x.png"),
        changing("shrinks to nothing", ": > x.png"),
        changing("is rewritten at the same size", rewrite),
        changing("is rewritten at the same size, its mtime put back", "touch -r x.png t; \(rewrite); touch -r t x.png"),
        changing(
            "has a hole punched, its mtime put back",
            "touch -r x.png t; fallocate -p -o 7M -l 1M x.png; touch -r t x.png"),
        changing(
            "has one byte changed that was sent, its mtime put back",
            "touch -r x.png t; printf y | dd of=x.png bs=1 seek=100000 conv=notrunc status=none; touch -r t x.png"),
        changing("is deleted", "rm x.png", exit: 0),
        changing("is replaced by another", "cp shot.png y; mv y x.png", exit: 0),
        // Nothing tells it from an mtime that is put back.
        changing("has its access time set", "touch -a -d 2001-01-01 x.png"),
        changing("is read by somebody else", "cat x.png > /dev/null", exit: 0),
        storage(
            "PUT: the picture is rewritten once storage has all of it, before it says so",
            [
                .body,
                .run(
                    "touch -r shot.png t; printf yy | dd of=shot.png bs=1 seek=3000 conv=notrunc status=none; touch -r t shot.png"
                ), .good,
            ], exit: 65, code: "changed_while_sent"),
    ]

    private static let rewrite = "head -c 8M /dev/zero | tr '\\0' z | dd of=x.png bs=1M conv=notrunc status=none"

    /// Another program changes the file once a part of it has arrived.
    private static func changing(_ name: String, _ command: String, exit: Int32 = 65) -> HostileRow {
        figur(
            "a file \(name)", [.read(1 << 20), .run(command), .body, .good], exit: exit,
            code: exit == 65 ? "changed_while_sent" : nil
        )
        .with(\.prepare, "cp shot.png x.png; head -c 8M /dev/zero | tr '\\0' a >> x.png")
        .with(\.program, .hoist(["upload", "x.png", "--to", "figur"]))
    }
}
