import ArgumentParser
import HoistCore
import HoistFiles
import HoistServices

/// Finds the words that the argument parser would take for something else than their writer meant: the name of a file that
/// begins with a dash (`hoist upload *`), a misspelt command, a key.
///
/// Throws `usage` for the first of them.
struct CommandLineCheck {
    /// Without the program's name.
    private let arguments: [String]

    private init(_ arguments: [String]) { self.arguments = arguments }

    static func check(_ arguments: [String]) throws(Failure) {
        let check = CommandLineCheck(arguments)
        try check.checkKeys()
        try check.checkCommand()
        try check.checkDashes()
    }

    private static func failure(_ what: String, _ advice: String) -> Failure {
        Failure(.usage, code: "wrong_command_line", what, advice: advice)
    }

    /// The words before `--`, behind which everything is an operand.
    private var words: ArraySlice<String> { arguments.prefix { $0 != "--" } }

    // MARK: - Keys

    private static let keyOptions: Set = [
        "--api-key", "--apikey", "--api_key", "--key", "--token", "--api-token", "--auth", "--bearer", "--secret",
    ]

    /// The value is not repeated: it may be real.
    private func checkKeys() throws(Failure) {
        for word in words {
            let name = String(word.prefix { $0 != "=" })
            guard Self.keyOptions.contains(name.lowercased()) else { continue }
            throw Self.failure(
                "\(name): a key does not go on the command line, where every user of this machine can read it and the shell's history keeps it",
                "if that was a real key, replace it; set the service's variable (hoist services lists them) or give --api-key-file FILE"
            )
        }
    }

    // MARK: - Commands

    private static let commands = Hoist.configuration.subcommands.compactMap { $0.configuration.commandName }

    private func checkCommand() throws(Failure) {
        guard let first = arguments.first, !first.hasPrefix("-") else { return }
        if first == "help" {
            if arguments.count > 1, !arguments[1].hasPrefix("-") { try Self.requireCommand(arguments[1]) }
            return
        }
        try Self.requireCommand(first)
        guard first == ServicesCommand.configuration.commandName, arguments.count > 1, !arguments[1].hasPrefix("-")
        else { return }
        let subcommands = ServicesCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !subcommands.contains(arguments[1]) else { return }
        throw Self.unknown("services \(arguments[1])", near: arguments[1], among: subcommands, named: "hoist services")
    }

    private static func requireCommand(_ word: String) throws(Failure) {
        guard !commands.contains(word) else { return }
        if InputPath(argument: word).exists {
            throw failure(
                "no command '\(word.safeForTerminal)'", "to upload that file: hoist upload \(word.safeForTerminal)")
        }
        throw unknown(word, near: word, among: commands, named: "hoist")
    }

    private static func unknown(_ word: String, near: String, among known: [String], named command: String) -> Failure {
        let advice =
            Nearest.word(to: near, among: known).map { "did you mean '\($0)'?" }
            ?? "\(command) --help lists them: \(known.joined(separator: ", "))"
        return failure("no command '\(word.safeForTerminal)'", advice)
    }

    // MARK: - Dashes

    /// Options whose value may be anything, be it a word with a dash.
    private static let takesAnything: Set = ["-H", "--header", "--set"]

    private func checkDashes() throws(Failure) {
        var previous = ""
        for word in words {
            defer { previous = word }
            guard word.hasPrefix("-"), word != "-", !Self.takesAnything.contains(previous) else { continue }
            if InputPath(argument: word).exists { throw Self.looksLikeAnOption(word) }
            guard !word.hasPrefix("--"), !Self.isFlags(word.dropFirst()) else { continue }
            let value =
                previous.hasPrefix("--") && !previous.contains("=")
                ? ", \(previous)=\(word) for a value of \(previous)" : ""
            throw Self.failure(
                "there is no option \(word.safeForTerminal)",
                "write -\(word) for an option with a long name, ./\(word) for a file\(value)".safeForTerminal)
        }
        // `--` that the shell found is a file's name, and what comes behind it would lose nothing but that file.
        if words.count < arguments.count, !arguments[words.endIndex...].dropFirst().contains("--"),
            InputPath(argument: "--").exists
        {
            throw Self.looksLikeAnOption("--")
        }
    }

    private static func looksLikeAnOption(_ word: String) -> Failure {
        failure(
            "\(word.safeForTerminal) looks like an option, and is a file here",
            "write ./\(word.safeForTerminal) for the file, or put -- before it")
    }

    /// Whether letters behind a dash are flags, all of them: else one of a file name's letters might be -h, and the help a
    /// success.
    private static func isFlags(_ letters: Substring) -> Bool {
        if letters.first == "j" { return letters.count == 1 || Jobs(argument: String(letters.dropFirst())) != nil }
        return letters == "H" || letters == "o" || letters.allSatisfy { "hrqv46".contains($0) }
    }
}
