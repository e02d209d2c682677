import ArgumentParser
import HoistKit

struct UploadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload",
        abstract: "Uploads files and prints what the service calls them from then on.",
        discussion: """
            The type is told from each file's content and checked against what the service takes before anything is sent.

              hoist upload shot.png --to figur
              hoist upload clip.mp4 --to eachlabs --owner org-1234 --field public_url
            """)

    @Argument(help: "Files to upload, in this order.", completion: .file())
    var files: [String]

    @OptionGroup(title: "Service") var service: ServiceOptions
    @OptionGroup(title: "File") var media: MediaOptions
    @OptionGroup(title: "each::labs") var initiate: InitiateFlags
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let target = try service.resolve(settings, initiate: initiate)
            let uploader = Uploader(
                service: target, overrides: media.overrides,
                transport: try network.transport(settings, trace: output.verbose ? console.trace : nil),
                policy: network.policy, notices: console.notice)
            try await Self.writeRecords(of: uploader, about: files, as: output.format(for: files), console)
        }
    }

    private static func writeRecords(
        of uploader: sending Uploader, about files: [String], as format: RecordFormat, _ console: Console
    ) async throws {
        try await Interruption.stopping {
            let writer = RecordWriter(format)
            try writer.start()
            var failures = Set<FailureClass>()
            for file in files {
                let record = await uploader.upload(file)
                try writer.write(record)
                if let failure = record.failure {
                    console.report(failure, about: file)
                    failures.insert(failure.kind)
                }
            }
            try writer.finish(failures)
        }
    }
}
