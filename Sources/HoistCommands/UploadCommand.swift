import ArgumentParser
import HoistCore
import HoistFiles
import HoistServices
import HoistTransport
import HoistUploads

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
    @OptionGroup(title: "Integrity") var integrity: IntegrityOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Keep what is done in this file, and send only what is not there or has changed since; its records come all "
                + "the same.",
            valueName: "file"),
        completion: .file())
    var journal: String?

    func validate() throws {
        try inputs.requireSome()
        try service.requireKeyElsewhere(than: inputs)
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let account = try service.account(settings)
            let target = try target(account, settings)
            let journal = try journal(account, settings, console)
            var inUse = service.filesInUse
            inUse.add(journal?.identity, "the journal")
            let files = try inputs.list(mergesRepeats: true, besides: inUse, console)
            let run = RecordRun(console, batch, output, names: files.names)
            let maker = network.recordMaker(
                settings, account: account, pacer: service.pacer, integrity: integrity.resolved, run)
            let examiner = media.examiner(run, inputs.standardInput(settings))
            let uploader = Uploader(
                service: target, examiner: examiner, prober: media.prober(output, console), maker: maker)
            let work = RecordRun.Work<InputCandidate, Station>(bytes: files.totalBytes) { file in
                if let record = journal?.record(of: file) { return .done(record) }
                return .opened(await examiner.look(at: file.path))
            } perform: { file, station in
                switch station {
                case .done(let record):
                    if let finished = await uploader.finish(record) { return finished }
                    run.board.skip(record)
                    return record
                case .opened(let look): return await uploader.upload(file.path, look)
                }
            } leave: { file, reason in
                journal?.record(of: file) ?? Record(of: file.path, service: target.name, failure: reason)
            } journaled: {
                $0.path
            }
            try await run.write(files.items, work, on: maker.transport.executor, journal: journal)
        }
    }

    /// How far a file has come before it is worked on.
    private enum Station: Sendable {
        /// An earlier run has done it.
        case done(Record)
        case opened(MediaExaminer.Look)
    }

    private func journal(_ account: Account, _ settings: Settings, _ console: Console) throws(Failure) -> Journal? {
        guard let path = journal else { return nil }
        let owner = account.service == .eachlabs ? try settings.owner(flag: initiate.owner) : nil
        return try Journal(
            path,
            for: .init(
                service: account.service, owner: owner, baseURL: account.baseURL, key: try? account.credential.get()),
            notices: console.notice)
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
