import ArgumentParser
import HoistCore
import HoistFiles
import HoistMedia
import HoistServices
import HoistTransport

extension FileType: ExpressibleByArgument {}
extension ProbeMode: ExpressibleByArgument {}

/// Which service, where, and as whom.
struct ServiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The service, as hoist services lists it. Default: HOIST_TO, otherwise the only service with a key.",
            valueName: "name"),
        completion: .list(Catalogue.builtIn))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "The service's base URL, if not the vendor's (https, or http on loopback).", valueName: "url"))
    var baseURL: String?

    @Option(
        help: ArgumentHelp(
            "A file with the service's key that only its owner can read; - for standard input. Default: the service's "
                + "variable.",
            valueName: "file"),
        completion: .file())
    var apiKeyFile: String?

    @Option(help: ArgumentHelp("Limit on calls to the service per second: 10, 0.5.", valueName: "n"))
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

    /// The service that the command is for.
    ///
    /// - Parameter values: what is said to it.
    func service(
        _ settings: Settings, for verb: ServiceVerb, _ values: [(name: String, text: String)],
        _ console: Console
    ) throws(Failure) -> Service {
        var flags = Settings.ServiceFlags()
        flags.to = to
        flags.baseURL = baseURL
        flags.keyFile = apiKeyFile
        flags.values = values
        let service = try settings.service(flags, verb: verb) { console.remark($0) }
        if console.isVerbose, settings.catalogue.isOwn(service.name), Catalogue.builtIn.contains(service.name) {
            console.say("\(service.name): your own description replaces the built-in one")
        }
        return service
    }
}
