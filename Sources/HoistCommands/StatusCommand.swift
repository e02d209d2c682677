import ArgumentParser
import HoistFiles
import HoistServices
import HoistUploads

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the processing status of uploads.",
        discussion: """
            --wait polls until each is finished. The exit code is 69 if processing failed and 75 if the time ran out.

            hoist status 550e8400-e29b-41d4-a716-446655440000 --wait
            """)

    @OptionGroup var uploads: UploadIDOptions

    @OptionGroup(title: "Waiting") var waiting: WaitOptions
    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Settings of the service") var values: SetOption
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let target = try service.service(settings, for: .status, values.values, console)
            output.warnOfUnknownFields(beside: target.description.knownFields, console)
            let run = RecordRun(console, batch, output, of: .uploads, names: uploads.ids)
            let maker = network.recordMaker(
                settings, account: target.account, requestsPerSecond: service.requestsPerSecond, run)
            let reader = StatusReader(service: target, wait: waiting.resolved, maker: maker)
            let work = RecordRun.Work<String, Void> { _ in
            } perform: { id, _ in
                await reader.status(of: id)
            } leave: {
                Record(.upload(id: $0), service: target.name, failure: $1)
            }
            try await run.write(InputSource(uploads.ids), work, by: maker)
        }
    }
}
