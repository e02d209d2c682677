import ArgumentParser
import FoundationEssentials

@main
struct HoistSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hoist-sandbox",
        abstract: "Stands in for Figur and for each::labs storage on the loopback address.",
        discussion: """
            Once it listens it prints one line of JSON with its base URLs and keys. SIGINT or SIGTERM ends it.
            """
    )

    @Option(help: "Port on 127.0.0.1; 0 takes a free one.")
    var port = 0

    @Option(help: "Where request bodies and uploads are kept. By default a temporary directory, removed at the end.")
    var directory: String?

    @Option(help: "The key Figur accepts.")
    var figurKey = "sk_test_sandbox"

    @Option(name: .customLong("eachlabs-key"), help: "The key each::labs storage accepts.")
    var eachLabsKey = "sandbox-key"

    @Option(help: "Seconds for which a presigned URL can be used.")
    var urlLifetime = 900

    @Option(name: .customLong("processing-ms"), help: "Milliseconds from a stored upload to its final status.")
    var processingMilliseconds = 200

    @Option(name: .customLong("fault"), help: "A fault as JSON, as POST /sandbox/faults takes it. May be repeated.")
    var faults: [String] = []

    mutating func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0...65535") }
        guard urlLifetime >= 0 else { throw ValidationError("--url-lifetime must not be negative") }
        guard processingMilliseconds >= 0 else { throw ValidationError("--processing-ms must not be negative") }
        do {
            _ = try faultsAtStart
        } catch let problem as Fields.Problem {
            throw ValidationError("--fault: \(problem)")
        }
    }

    private var faultsAtStart: [Fault] {
        get throws { try faults.flatMap { try Fault.list(from: Array($0.utf8)) } }
    }

    func run() async throws {
        let storage = try Storage(directory: directory)
        defer { storage.removeIfTemporary() }
        let server = Server(
            configuration: Server.Configuration(
                port: port,
                figurKey: figurKey,
                eachLabsKey: eachLabsKey,
                urlLifetime: urlLifetime,
                processing: .milliseconds(processingMilliseconds)
            ),
            storage: storage,
            faults: FaultPlan(try faultsAtStart)
        )
        try await server.run(until: TerminationSignals.first())
    }
}
