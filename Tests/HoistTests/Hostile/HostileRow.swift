/// A bad server or input, and how hoist has to end with it.
///
/// `@PORT`, `@NAME` and `@DIR` in texts stand for the server's port, the row's scenario and its directory; `@SILENT`,
/// `@RESETTING`, `@GREETING`, `@REFUSED` and `@FULL` for ports where it goes wrong before a request is read.
struct HostileRow: Sendable {
    /// What a request is for.
    enum Kind: String, Sendable {
        case figur, initiate, put, status, elsewhere
    }

    enum Program: Sendable {
        case hoist([String])
        /// A line for bash, with hoist as `$HOIST`, and `OPTIONS` for what every upload to Figur has.
        case shell(String)
    }

    let name: String
    var program: Program
    /// What the server does, request by request.
    var scripts: [Kind: [[HostileStep]]] = [:]
    /// A shell command that makes the row's files; `shot.png` is there already.
    var prepare: String?
    /// Changes; nil takes a variable away.
    var environment: [String: String?] = [:]
    var input: [UInt8] = []

    /// Nil where more than one is right.
    var exit: Int32
    /// The one record's `error.code`; nil where the design leaves the word open.
    var code: String?
    /// In a line on stderr.
    var says = ""
    /// In stdout.
    var prints = ""
    /// What must be neither on stdout nor on stderr, beside the key.
    var hides: [String] = []
    var records = 1
    /// Lines on stderr where it fails; nil where the number does not matter.
    var lines: Int? = 1
    /// The one record's `ok`, where the exit code does not say it.
    var isOK: Bool?
    /// The record's `attempts`.
    var attempts: Int?
    /// Whether a record with ok stands for bytes that this run has sent.
    var stores = true
    /// Seconds, with much room for a slow machine.
    var limit = 60

    func with<Value>(_ path: WritableKeyPath<HostileRow, Value>, _ value: Value) -> HostileRow {
        var row = self
        row[keyPath: path] = value
        return row
    }
}

extension HostileRow {
    /// Whether the server changes files while they are sent.
    var changesFiles: Bool {
        scripts.values.joined().joined().contains { step in
            if case .run = step { true } else { false }
        }
    }
}

// MARK: - The usual rows

extension HostileRow {
    /// Temporary trouble is tried again, which the retries' own tests wait for.
    private static func retries(_ exit: Int32) -> [String] { exit == 75 ? ["--retries", "0"] : [] }

    /// What is final is sent once.
    private static func attempts(_ exit: Int32) -> Int? { exit == 69 || exit == 76 || exit == 77 ? 1 : nil }

    /// A small picture goes to Figur.
    static func figur(
        _ name: String, _ script: [HostileStep], exit: Int32, code: String? = nil, says: String = "", limit: Int = 60
    ) -> HostileRow {
        HostileRow(
            name: name, program: .hoist(["upload", "shot.png", "--to", "figur"] + retries(exit)),
            scripts: [.figur: [script]], exit: exit, code: code, says: says, attempts: attempts(exit), limit: limit)
    }

    /// A small picture goes to each::labs.
    static func eachLabs(
        _ name: String, _ scripts: [Kind: [[HostileStep]]], exit: Int32, code: String? = nil, says: String = ""
    ) -> HostileRow {
        HostileRow(
            name: name, program: .hoist(["upload", "shot.png", "--to", "eachlabs"] + retries(exit)),
            scripts: scripts, exit: exit, code: code, says: says)
    }

    /// A small picture is put where each::labs says, and storage does that.
    static func storage(
        _ name: String, _ script: [HostileStep], exit: Int32, code: String? = nil, says: String = ""
    ) -> HostileRow {
        eachLabs(name, [.put: [script]], exit: exit, code: code, says: says)
    }

    /// each::labs is asked for the status of an upload.
    static func status(
        _ name: String, _ script: [HostileStep], _ options: [String] = [], exit: Int32, code: String? = nil,
        says: String = ""
    ) -> HostileRow {
        HostileRow(
            name: name,
            program: .hoist(
                ["status", "550e8400-e29b-41d4-a716-446655440000", "--to", "eachlabs"] + options + retries(exit)),
            scripts: [.status: [script]], exit: exit, code: code, says: says, stores: false)
    }

    /// A run of hoist that fails before a request, and sends nothing.
    static func local(
        _ name: String, _ arguments: [String], prepare: String? = nil, exit: Int32, code: String? = nil,
        says: String = ""
    ) -> HostileRow {
        HostileRow(name: name, program: .hoist(arguments), prepare: prepare, exit: exit, code: code, says: says)
    }

    /// A command line that is wrong: no record, and as many lines as it takes.
    static func usage(_ name: String, _ arguments: [String], says: String) -> HostileRow {
        local(name, arguments, exit: 64, says: says).with(\.records, 0).with(\.lines, nil)
    }

    static func shell(
        _ name: String, _ line: String, exit: Int32, code: String? = nil, says: String = ""
    ) -> HostileRow {
        HostileRow(name: name, program: .shell(line), exit: exit, code: code, says: says)
    }
}
