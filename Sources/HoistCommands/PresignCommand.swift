import ArgumentParser
import HoistCore
import HoistFiles
import HoistServices
import HoistUploads

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

    @OptionGroup(title: "Input") var inputs: InputOptions

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "each::labs") var initiate: InitiateFlags
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try inputs.requireInputOnce()
        try service.requireKeyElsewhere(than: inputs)
    }

    /// Nil for one that is not here.
    private func files(_ console: Console) throws(Failure) -> [InputPath?] {
        guard inputs.isGiven else { return [nil] }
        let candidates = try inputs.candidates(besides: service.filesInUse, console)
        return try inputs.part(of: candidates).filter { !$0.isSetAside }.map(\.path)
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let account = try service.eachLabsAccount(
                settings, reason: "Figur has no presigned uploads: it takes the file itself; use hoist upload")
            let files = try files(console)
            let run = RecordRun(console, batch, output, names: files.compactMap(\.?.text))
            let maker = network.recordMaker(settings, account: account, pacer: service.pacer, run)
            let examiner = media.examiner(run, inputs.standardInput(settings))
            let presigner = Presigner(
                api: EachLabsAPI(account), options: try initiate.options(settings), examiner: examiner,
                prober: media.prober(output, console), maker: maker)
            let work = RecordRun.Work<InputPath?, MediaExaminer.Look?> { path in
                if let path { await examiner.look(at: path) } else { nil }
            } perform: {
                await presigner.presign($0, $1)
            } leave: {
                Presigner.record(of: $0, failure: $1)
            }
            try await run.write(BatchItem.numbering(files), work, on: maker.transport.executor)
        }
    }
}
