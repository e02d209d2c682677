import ArgumentParser
import HoistCore
import HoistServices
import HoistUploads

struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services",
        abstract: "List the services, show their descriptions, check your own.",
        discussion: """
            Your own descriptions are files in ~/.config/hoist/services, or in HOIST_SERVICES; one with the name of a \
            built-in service replaces it.

            hoist services
            hoist services show NAME > ~/.config/hoist/services/mine.toml
            hoist services check ~/.config/hoist/services/mine.toml
            """,
        subcommands: [ServicesListCommand.self, ServicesShowCommand.self, ServicesCheckCommand.self],
        defaultSubcommand: ServicesListCommand.self)
}

struct ServicesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the services: what they take, and whether their key is set.")

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            var lines: [ServiceLine] = []
            var failure: Failure?
            for name in try settings.catalogue.names() {
                do throws(Failure) {
                    lines.append(ServiceLine(try settings.catalogue.description(of: name), settings))
                } catch {
                    console.report(error, about: nil)
                    failure = error
                }
            }
            try print(lines)
            if let failure { throw ExitCode(failure.kind.rawValue) }
        }
    }

    private func print(_ lines: [ServiceLine]) throws {
        switch output.format(for: [], columns: "name,title,verbs,types,max_bytes,key_env,ready,base_url") {
        case .table: try RecordWriter(.json).print(ServiceLine.table(lines).map { Array($0.utf8) })
        case let format:
            let writer = try output.writer(format)
            try writer.start()
            try writer.print(format.lines(for: lines.map(\.json)))
            try writer.finish()
        }
    }
}

struct ServicesShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the description of a service: the start of one of your own.")

    @Argument(help: "The service's name.", completion: .list(Catalogue.builtIn))
    var name: String

    func run() async throws {
        try await OutputOptions.reportingFailures(isQuiet: false) { _ in
            let catalogue = Catalogue(environment: processEnvironment)
            let text = try catalogue.text(of: try catalogue.name(meant: name))
            try RecordWriter(.json).print([text.last == UInt8(ascii: "\n") ? text.dropLast() : text])
        }
    }
}

struct ServicesCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a description and print what it would send for a file, step by step. Send nothing.",
        discussion: "hoist services check mine.toml")

    @Argument(help: "The description.", completion: .file(extensions: ["toml"]))
    var file: String

    func run() async throws {
        try await OutputOptions.reportingFailures(isQuiet: false) { _ in
            let description = try Catalogue(environment: processEnvironment).read(file)
            try RecordWriter(.json).print(DryRun(description).lines.map { Array($0.safeForTerminal.utf8) })
        }
    }
}
