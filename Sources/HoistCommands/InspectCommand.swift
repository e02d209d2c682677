import ArgumentParser
import HoistFiles
import HoistTransport
import HoistUploads

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Says what files are, and which services would take them; sends nothing.",
        discussion: """
            Ends with 65 where no service takes a file.

            hoist inspect shot.png clip.mp4
            hoist inspect * --json | jq -r 'select(.services.figur.takes).file'
            """)

    @OptionGroup(title: "Input") var inputs: InputOptions

    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try inputs.requireSome()
        try inputs.requireInputOnce()
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let files = try inputs.list(mergesRepeats: false, besides: FilesInUse(), console)
            let run = RecordRun(console, batch, output, names: files.names)
            let examiner = media.examiner(run, inputs.standardInput(settings))
            let inspector = Inspector(
                examiner: examiner, prober: media.prober(output, console),
                maker: RecordMaker(
                    transport: Transport(TransportConfiguration()), policy: RetryPolicy(retries: 0), jobs: batch.jobs,
                    board: run.board, notices: console.notice))
            let work = RecordRun.Work<InputCandidate, MediaExaminer.Look> {
                await examiner.look(at: $0.path)
            } perform: {
                await inspector.inspect($0.path, $1)
            } leave: {
                Record(of: $0.path, service: nil, failure: $1)
            }
            try await run.write(files.items, work, on: nil)
        }
    }
}
