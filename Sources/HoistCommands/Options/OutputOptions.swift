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
}

/// How results and messages are shown.
struct OutputOptions: ParsableArguments {
    @Option(help: "auto (a table on a terminal, otherwise JSON), table, or json: one object per line.")
    var output: OutputForm = .auto

    @Flag(help: "The same as --output json.")
    var json = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Print only this value of each record, raw: upload_key, error.message; several with commas, tab-separated. "
                + "Of a failed input only ok, file, id and error have values.",
            valueName: "name,..."))
    var field: [String] = []

    @Flag(name: .shortAndLong, help: "No warnings, notices or progress; errors are still shown.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Show requests and replies with their headers, keys and signatures taken out.")
    var verbose = false

    func validate() throws {
        if json, output == .table { throw ValidationError("--json and --output table contradict each other.") }
        if !field.isEmpty, json || output != .auto {
            throw ValidationError("--field prints raw values; it does not go with --output or --json.")
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
        let known = Array(Set(known).union(RecordKeys.own).union(["id"])).sorted()
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

    private var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    func format(for names: [String]) -> RecordFormat {
        if let fields { return .fields(fields) }
        return isTable ? .table(Table(files: names, columns: isTerminal ? terminalColumns : nil)) : .json
    }

    /// The form of files that are being found. The columns of a table depend on all of their names.
    func format(for files: InputQueue) -> RecordFormat {
        guard isTable else { return format(for: []) }
        // Who sits there wants to see the first soon. In what is piped, nothing may be cut.
        files.waitUntilFinal(isTerminal ? .milliseconds(500) : .never)
        let widest = files.total.isFinal ? files.widest : .max
        return .table(Table(widest: widest, columns: isTerminal ? terminalColumns : nil))
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
