import ArgumentParser
import Glibc
import HoistKit

struct PutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Puts files to URLs that were presigned before, by hoist or by anybody.",
        discussion: """
            Reads the presigner's reply, one JSON object or one a line, and sends the bytes with exactly its headers. \
            Replies are matched to the files by their "file", else by order. No key is needed and none is sent.

            hoist presign clip.mp4 | hoist put clip.mp4
            ffmpeg ... | hoist put - --presigned reply.json
            """)

    @Argument(
        help: ArgumentHelp("Files to put; - for standard input.", valueName: "files"), completion: .file())
    var operands: [String]

    private var files: [String] { Operands.unbundled(operands) }

    @OptionGroup(title: "Where to") var target: PresignedOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: ArgumentHelp("The media type to send where the presigned headers have none.", valueName: "type"))
    var contentType: String?

    @Option(
        help: ArgumentHelp("The most that is taken from standard input: bytes, or with K, M or G.", valueName: "size"))
    var maxSize = ByteCount(5 << 30)

    @Flag(help: "Send even where the URL says that it has expired; storage judges.")
    var noExpiryCheck = false

    func validate() throws {
        try MediaOptions.requireMediaType(contentType)
        try target.validate(against: files)
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            let matches = try target.replies(for: files).matched(to: files)
            let putter = Putter(
                maker: network.recordMaker(settings, account: nil, output, console),
                contentType: contentType.flatMap(MediaType.init), checksExpiry: !noExpiryCheck)
            let limit = maxSize.value
            let directory = settings.temporaryDirectory
            try await RecordRun.write(matches, as: output.format(for: files), console) { match in
                await putter.put(match.file, to: match.reply) { () throws(Failure) in
                    match.file == "-"
                        ? try InputFile.spooling(STDIN_FILENO, limit: limit, directory: directory)
                        : try InputFile(opening: match.file)
                }
            }
        }
    }
}
