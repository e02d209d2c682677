import ArgumentParser
import HoistKit

struct PresignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presign",
        abstract: "Gets a URL from each::labs to which each file can be put later.",
        discussion: """
            Prints the service's whole reply; the URL in it lives 15 minutes, and whoever has it can put the file. \
            Without files, it presigns one upload of the type that --content-type says.

            hoist presign clip.mp4 | hoist put clip.mp4
            hoist presign --content-type video/mp4 --field upload_url
            """)

    @Argument(
        help: ArgumentHelp("Files that are to be put, in this order.", valueName: "files"), completion: .file())
    var operands: [String] = []

    private var files: [String] { Operands.unbundled(operands) }

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "each::labs") var initiate: InitiateFlags
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let account = try service.eachLabsAccount(
                settings, reason: "Figur has no presigned uploads: it takes the file itself; use hoist upload")
            let presigner = Presigner(
                api: EachLabsAPI(account), options: try initiate.options(settings),
                examiner: MediaExaminer(media.overrides), prober: media.prober(output, console),
                maker: network.recordMaker(settings, account: account, output, console))
            let inputs = files.isEmpty ? [nil] : files.map(Optional.some)
            try await RecordRun.write(inputs, as: output.format(for: files), console) { await presigner.presign($0) }
        }
    }
}
