import ArgumentParser
import HoistCore
import HoistFiles
import HoistServices
import HoistTransport
import HoistUploads

struct UploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Upload files and print their keys, IDs and URLs.",
        discussion: """
            hoist tells each file's type from its content and checks it against what the service takes before sending anything.

            hoist upload shot.png
            hoist upload clip.mp4 --to NAME --wait
            """)

    @OptionGroup(title: "Input") var inputs: InputOptions

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "Settings of the service") var values: SettingOptions
    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Integrity") var integrity: IntegrityOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Keep what is done in this file, and send only what is not there or has changed since; records of finished files "
                + "are still printed.",
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
            let target = try service.service(settings, for: .upload, values.values, console)
            try waiting.requireStatus(of: target)
            try media.requireUse(by: target.description)
            output.warnOfUnknownFields(beside: target.description.knownFields, console)
            let journal = try journal.map { (path) throws(Failure) in
                try Journal(path, for: .init(target), notices: console.notice)
            }
            var inUse = service.filesInUse
            inUse.add(journal?.identity, "the journal")
            try inUse.add(output, batch)
            let repeats = RepeatBook()
            let files = try inputs.queue(besides: inUse, repeats: repeats, console, output)
            let run = RecordRun(console, batch, output, files: files)
            let maker = network.recordMaker(
                settings, account: target.account, requestsPerSecond: service.requestsPerSecond,
                integrity: integrity.resolved, run)
            let examiner = media.examiner(run, inputs.standardInput(settings))
            let uploader = Uploader(
                service: target, wait: waiting.resolved, examiner: examiner, prober: media.prober(output, console),
                maker: maker)
            let recorded: @Sendable (InputPath) -> Record? = { file in
                journal?.record(of: InputCandidate(lookingAt: file)).map(uploader.known)
            }
            var work = RecordRun.Work<InputPath, Station>(isSending: true) { file in
                if let record = recorded(file) { return .done(record) }
                return .opened(await examiner.look(at: file))
            } known: { station in
                guard case .done(let record) = station, !uploader.isWaited(for: record) else { return nil }
                run.board.skip(record)
                return record
            } perform: { file, station in
                switch station {
                case .done(let record): return await uploader.finish(record)
                case .opened(let look): return await uploader.upload(file, look)
                }
            } leave: { file, reason in
                recorded(file) ?? uploader.record(of: file, failure: reason)
            } journaled: {
                $0
            }
            work.repeats = repeats
            try await run.write(InputSource(files) { $0 }, work, by: maker, journal: journal)
        }
    }

    /// How far a file has come before it is worked on.
    private enum Station: Sendable {
        /// An earlier run has done it.
        case done(Record)
        case opened(MediaExaminer.Look)
    }
}
