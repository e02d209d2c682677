import ArgumentParser
import HoistCore
import HoistFiles
import HoistServices
import HoistTransport
import HoistUploads

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what files are and which services take them; send nothing.",
        discussion: """
            The exit code is 65 if no service takes a file, or one that --to names does not.

            hoist inspect shot.png clip.mp4
            hoist inspect * --json | jq -r 'select(.services.NAME.takes).file'
            """)

    @OptionGroup(title: "Input") var inputs: InputOptions

    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try inputs.requireSome()
        try inputs.requireInputOnce()
    }

    @Option(
        help: ArgumentHelp(
            "Only this service, which has to take every file (65 if not); repeatable. Default: all of them.",
            valueName: "name"),
        completion: .list(Catalogue.builtIn))
    var to: [String] = []

    /// A description of the user's that is wrong does not keep the others from being asked.
    private func services(_ settings: Settings, _ console: Console) throws(Failure) -> [ServiceDescription] {
        let catalogue = settings.catalogue
        if !to.isEmpty {
            return try to.map { (name) throws(Failure) in
                try catalogue.description(of: try catalogue.name(meant: name))
            }
        }
        var descriptions: [ServiceDescription] = []
        for name in try catalogue.names() {
            do throws(Failure) { descriptions.append(try catalogue.description(of: name)) } catch {
                console.report(error, about: nil)
            }
        }
        // What somebody has a key for comes first: there may not be room for all.
        return descriptions.filter(settings.hasKey) + descriptions.filter { !settings.hasKey($0) }
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            output.warnOfUnknownFields(beside: Inspector.fields, console)
            let services = try services(settings, console)
            var inUse = FilesInUse()
            try inUse.add(output, batch)
            let files = try inputs.queue(besides: inUse, console, output)
            let run = RecordRun(
                console, batch, output, of: .inspection(services: services.map(\.name)), files: files)
            let examiner = media.examiner(run, inputs.standardInput(settings))
            let inspector = Inspector(
                examiner: examiner, prober: media.prober(output, console),
                maker: RecordMaker(
                    transport: Transport(TransportConfiguration()),
                    origins: Origins(policy: RetryPolicy(retries: 0), jobs: nil),
                    board: run.board, notices: console.notice),
                services: services, isGate: !to.isEmpty)
            let work = RecordRun.Work<InputPath, MediaExaminer.Look> {
                await examiner.look(at: $0)
            } perform: {
                await inspector.inspect($0, $1)
            } leave: {
                Record(of: $0, service: nil, failure: $1)
            }
            try await run.write(InputSource(files) { $0 }, work, by: nil)
        }
    }
}
