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

    @OptionGroup(title: "Input") var inputs: InputOptions

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "each::labs") var initiate: InitiateFlags
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try inputs.requireSome()
        try service.requireKeyElsewhere(than: inputs)
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let account = try service.account(settings)
            let target = try target(account, settings)
            let files = try inputs.list(mergesRepeats: true)
            let run = RecordRun(output.format(for: files.names), console, batch)
            let maker = network.recordMaker(settings, account: account, pacer: service.pacer, run, output)
            let examiner = media.examiner(run, inputs.standardInput(settings))
            let uploader = Uploader(
                service: target, examiner: examiner,
                prober: media.prober(output, console),
                maker: maker)
            try await run.write(files.items, { await examiner.look(at: $0.path) }, on: maker.transport.executor) {
                await uploader.upload($0.path, $1)
            } unbegun: {
                Record(.file($0.path.text), service: target.name)
            }
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
