import ArgumentParser
import HoistKit

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Says what files are, and which services would take them; sends nothing.",
        discussion: """
            Ends with 65 where no service takes a file.

            hoist inspect shot.png clip.mp4
            hoist inspect * --json | jq -r 'select(.services.figur.takes).file'
            """)

    @Argument(
        help: ArgumentHelp("Files to inspect.", valueName: "files"), completion: .file())
    var operands: [String]

    private var files: [String] { Operands.unbundled(operands) }

    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await output.reportingFailures { console in
            let maker = RecordMaker(
                transport: Transport(TransportConfiguration()), policy: RetryPolicy(retries: 0),
                notices: console.notice)
            let inspector = Inspector(
                examiner: MediaExaminer(media.overrides), prober: media.prober(output, console), maker: maker)
            try await RecordRun.write(files, as: output.format(for: files), console) { await inspector.inspect($0) }
        }
    }
}
