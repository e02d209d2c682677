import ArgumentParser
import HoistCore
import HoistFiles
import HoistServices
import HoistUploads

struct PresignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presign",
        abstract: "Get presigned URLs to which files can be put later.",
        discussion: """
            Prints the service's whole reply; anyone who has its URL can put the file, for some minutes. \
            Without files, --content-type says what will be put.

            hoist presign clip.mp4 | hoist put clip.mp4
            hoist presign --content-type video/mp4 --field upload_url
            """)

    @OptionGroup(title: "Input") var inputs: InputOptions

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "Settings of the service") var values: SettingOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        try inputs.requireInputOnce()
        if !inputs.isGiven, media.contentType == nil {
            throw ValidationError("name a file, or say with --content-type what is going to be put")
        }
        try service.requireKeyElsewhere(than: inputs)
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let target = try service.service(settings, for: .presign, values.values, console)
            try media.requireUse(by: target.description)
            output.warnOfUnknownFields(beside: target.description.knownFields, console)
            // Without files, it is one that is not here.
            var inUse = service.filesInUse
            try inUse.add(output, batch)
            let files = try inputs.isGiven ? inputs.queue(besides: inUse, console, output) : nil
            let run =
                files.map { RecordRun(console, batch, output, files: $0) }
                ?? RecordRun(console, batch, output, names: [])
            let maker = network.recordMaker(
                settings, account: target.account, requestsPerSecond: service.requestsPerSecond, run)
            let examiner = media.examiner(run, inputs.standardInput(settings))
            let presigner = Presigner(
                service: target, examiner: examiner, prober: media.prober(output, console), maker: maker)
            let work = RecordRun.Work<InputPath?, MediaExaminer.Look?> { path in
                if let path { await examiner.look(at: path) } else { nil }
            } perform: {
                await presigner.presign($0, $1)
            } leave: {
                presigner.record(of: $0, failure: $1)
            }
            try await run.write(
                files.map { InputSource($0) { $0 } } ?? InputSource([nil]), work, by: maker)
        }
    }
}
