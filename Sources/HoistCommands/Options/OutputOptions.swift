import ArgumentParser
import Glibc
import HoistCore
import HoistFiles
import HoistServices
import HoistUploads

enum OutputForm: String, CaseIterable, ExpressibleByArgument {
    case auto
    case table
    case json
    case array
    case csv
    case tsv
    case markdown

    /// Whether it has columns that can be chosen.
    var hasColumns: Bool { self == .csv || self == .tsv || self == .markdown }
}

enum ColourMode: String, CaseIterable, ExpressibleByArgument {
    case auto
    case always
    case never
}

/// How results and messages are shown.
struct OutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "auto (a table on a terminal, otherwise JSON), table, json (one object per line), array (one JSON array), csv, "
                + "tsv or markdown.",
            valueName: "form"))
    var output: OutputForm = .auto

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "Write the records to this file instead of standard output; it is there whole or not at all.",
            valueName: "file"),
        completion: .file())
    var outputFile: String?

    @Flag(name: .customLong("print0"), help: "End each record with NUL instead of a line break.")
    var print0 = false

    @Flag(help: "The same as --output json.")
    var json = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. "
                + "Of a failed input only ok, file, id and error have values.",
            valueName: "name,..."))
    var field: [String] = []

    @Option(help: "Colours in tables and progress: auto (on a terminal, unless NO_COLOR is set), always or never.")
    var color: ColourMode = .auto

    @Flag(name: .shortAndLong, help: "No warnings, notices or progress; errors are still shown.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show requests and replies with their headers, keys and signatures taken out.")
    var verbose = false

    func validate() throws {
        if json, output != .auto, output != .json {
            throw ValidationError("--json and --output \(output.rawValue) contradict each other.")
        }
        if !field.isEmpty, json || output != .auto, !output.hasColumns {
            throw ValidationError("--field prints raw values, or the columns of --output csv, tsv and markdown.")
        }
        if print0, isTable || output == .array || output.hasColumns {
            throw ValidationError("--print0 goes with --json and --field.")
        }
        if field.count > 1 {
            throw ValidationError("--field is given twice; write --field \(field.joined(separator: ","))")
        }
        if let field = field.first, FieldList(field) == nil {
            throw ValidationError(
                "--field is a name, or several with commas between them, not '\(field.safeForTerminal)'.")
        }
    }

    /// The values that are wanted of each record; nil where all are.
    var fields: FieldList? { field.first.flatMap(FieldList.init) }

    /// Warns, before anything is sent, of fields that no record is known to have. Only then: a service may say more than its
    /// documents.
    ///
    /// - Parameter known: beside those that hoist itself has in every record.
    func warnOfUnknownFields(beside known: [String], _ console: Console) {
        let known = Array(Set(known).union(RecordKeys.own).union(RecordKeys.repeated).union(["id"])).sorted()
        for field in fields?.fields ?? [] where !known.contains(field.root) {
            let hint = Nearest.hint(for: field.root, among: known)
            console.remark(
                "warning: --field \(field.name.safeForTerminal): no such field is known\(hint.isEmpty ? "; known are \(known.joined(separator: ", "))" : hint)"
            )
        }
    }

    /// Whether records are for people.
    var isTable: Bool {
        field.isEmpty && (output == .table || output == .auto && !json && isTerminal)
    }

    private var isTerminal: Bool { outputFile == nil && isatty(STDOUT_FILENO) == 1 }

    ///
    /// - Parameter columns: those of rows, where the user names none.
    func format(
        for names: [String], of kind: Table.Kind = .files, columns: String = RecordFormat.columns
    ) -> RecordFormat {
        var usual = FieldList(columns)
        usual?.isChosen = false
        if output.hasColumns, let columns = fields ?? usual {
            return output == .csv ? .csv(columns) : output == .tsv ? .tsv(columns) : .markdown(columns)
        }
        if let fields { return .fields(fields) }
        guard isTable else { return output == .array ? .array : .json }
        return .table(
            Table(kind, files: names, columns: isTerminal ? terminalColumns : nil, hasColour: hasColour(isTerminal)))
    }

    /// Whether what goes there is to have colours.
    func hasColour(_ isTerminal: Bool) -> Bool {
        switch color {
        case .always: true
        case .never: false
        case .auto:
            isTerminal && processEnvironment["NO_COLOR", default: ""].isEmpty && processEnvironment["TERM"] != "dumb"
        }
    }

    /// The form of files that are being found. The columns of a table depend on all of their names.
    func format(for files: InputQueue, of kind: Table.Kind = .files) -> RecordFormat {
        guard isTable else { return format(for: [], of: kind) }
        // Who sits there wants to see the first soon. In what is piped, nothing may be cut.
        files.waitUntilFinal(isTerminal ? .milliseconds(500) : .never)
        let widest = files.total.isFinal ? files.widest : .max
        return .table(
            Table(kind, widest: widest, columns: isTerminal ? terminalColumns : nil, hasColour: hasColour(isTerminal)))
    }

    /// Where the records go.
    ///
    /// Throws `localIO` where the file cannot be made.
    func writer(_ format: RecordFormat) throws(Failure) -> RecordWriter {
        RecordWriter(
            format, to: try outputFile.map { (path) throws(Failure) in try WholeFile(path) },
            end: print0 ? 0 : UInt8(ascii: "\n"))
    }

    private var terminalColumns: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Runs a command's work; what it throws becomes one line on standard error and the exit code of its class.
    func reportingFailures(_ work: (Console) async throws -> Void) async throws {
        try await Self.reportingFailures(isQuiet: quiet, isVerbose: verbose, work)
    }

    static func reportingFailures(
        isQuiet: Bool, isVerbose: Bool = false, _ work: (Console) async throws -> Void
    ) async throws {
        let console = Console(isQuiet: isQuiet, isVerbose: isVerbose)
        do { try await work(console) } catch let failure as Failure {
            console.report(failure, about: nil)
            throw ExitCode(failure.kind.rawValue)
        }
    }
}
