import ArgumentParser
import HoistCore
import HoistMedia
import HoistServices
import HoistTransport

extension ServiceName: ExpressibleByArgument {}
extension FileType: ExpressibleByArgument {}
extension ProbeMode: ExpressibleByArgument {}

/// Which service, where, and as whom.
struct ServiceOptions: ParsableArguments {
    @Option(help: "The service: figur or eachlabs. Default: HOIST_TO, else the only service that has a key.")
    var to: ServiceName?

    @Option(
        help: ArgumentHelp(
            "The service's base URL, if not the vendor's (https, or http on loopback).", valueName: "url"))
    var baseURL: String?

    @Option(
        help: ArgumentHelp(
            "A file with the service's key that only its owner can read; - for standard input. Default: FIGUR_API_KEY "
                + "or EACHLABS_API_KEY.",
            valueName: "file"),
        completion: .file())
    var apiKeyFile: String?

    @Option(help: ArgumentHelp("How many calls of the service are made a second at most: 10, 0.5.", valueName: "n"))
    var requestsPerSecond: Double?

    func validate() throws {
        if let requestsPerSecond, !(0.001...1_000_000).contains(requestsPerSecond) {
            throw ValidationError("--requests-per-second is a number from 0.001 to 1000000.")
        }
    }

    /// Throws where standard input would have to be the key and a file, or a list of files.
    func requireKeyElsewhere(than inputs: InputOptions) throws {
        if apiKeyFile == "-", inputs.takesInput {
            throw ValidationError(
                "Standard input is \(inputs.isInputAFile ? "the file" : "the list of files"); name where the key is with --api-key-file."
            )
        }
    }

    var filesInUse: FilesInUse {
        var files = FilesInUse()
        files.add(path: apiKeyFile, "the file with the key")
        return files
    }

    var pacer: RequestPacer { RequestPacer(rate: requestsPerSecond) }

    func account(_ settings: Settings) throws(Failure) -> Account {
        try account(at: try settings.service(flag: to), settings)
    }

    /// The account at each::labs, for what only it has. Throws `usage` where the user means Figur.
    ///
    /// - Parameter reason: why Figur has no such thing, for that user to read.
    func eachLabsAccount(_ settings: Settings, reason: String) throws(Failure) -> Account {
        // Where the settings leave a choice, there is none: only one service can be meant.
        if let name = to ?? (try? settings.service(flag: nil)), name == .figur {
            throw Failure(.usage, code: "misplaced_command", reason)
        }
        return try account(at: .eachlabs, settings)
    }

    private func account(at service: ServiceName, _ settings: Settings) throws(Failure) -> Account {
        try settings.account(for: service, baseURL: baseURL, keyFile: apiKeyFile)
    }
}
