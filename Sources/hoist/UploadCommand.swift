import ArgumentParser
import HoistKit

struct UploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Uploads files and prints what the service calls them from then on.",
        discussion: """
            The type is told from each file's content and checked against what the service takes before anything is sent.

            hoist upload shot.png --to figur
            hoist upload clip.mp4 --to eachlabs --owner org-1234 --wait
            """)

    @Argument(
        help: ArgumentHelp("Files to upload, in this order.", valueName: "files"), completion: .file())
    var operands: [String]

    private var files: [String] { Operands.unbundled(operands) }

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "each::labs") var initiate: InitiateFlags
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let account = try service.account(settings)
            let uploader = Uploader(
                service: try target(account, settings), examiner: MediaExaminer(media.overrides),
                prober: media.prober(output, console),
                maker: network.recordMaker(settings, account: account, output, console))
            try await RecordRun.write(files, as: output.format(for: files), console) { await uploader.upload($0) }
        }
    }

    private func target(_ account: Account, _ settings: Settings) throws(Failure) -> any UploadService {
        switch account.service {
        case .figur:
            try initiate.requireNone(for: .figur)
            // There is nothing to wait for: the upload is complete when it returns.
            return Figur(account)
        case .eachlabs:
            let options = try initiate.options(settings)
            return EachLabsStorage(EachLabsAPI(account), options: options, wait: waiting.resolved)
        }
    }
}
