import ArgumentParser
import HoistFiles
import HoistServices
import HoistUploads

struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete uploads at a service.",
        discussion: """
            Deletes at once, without asking. An upload that is already gone counts as deleted; its record says so.

            hoist delete 550e8400-e29b-41d4-a716-446655440000 --to NAME
            """)

    @OptionGroup var uploads: UploadIDOptions

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "Settings of the service") var values: SetOption
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let target = try service.service(settings, for: .delete, values.values, console)
            output.warnOfUnknownFields(beside: target.description.knownFields, console)
            let run = RecordRun(console, batch, output, of: .uploads, names: uploads.ids)
            let maker = network.recordMaker(
                settings, account: target.account, requestsPerSecond: service.requestsPerSecond, run)
            let deleter = Deleter(service: target, maker: maker)
            let work = RecordRun.Work<String, Void> { _ in
            } perform: { id, _ in
                await deleter.delete(id)
            } leave: {
                Record(.upload(id: $0), service: target.name, failure: $1)
            }
            try await run.write(InputSource(uploads.ids), work, by: maker)
        }
    }
}
