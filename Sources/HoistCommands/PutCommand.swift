import ArgumentParser
import HoistCore
import HoistFiles
import HoistMedia
import HoistServices
import HoistTransport
import HoistUploads

struct PutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "put",
        abstract: "Put files to presigned URLs, from hoist presign or anyone else.",
        discussion: """
            Reads the presigner's reply, one JSON object or one per line, and sends the bytes with exactly its headers. \
            Replies are matched to the files by their "file", otherwise by order. No key is needed and none is sent.

            hoist presign clip.mp4 | hoist put clip.mp4
            ffmpeg ... | hoist put - --presigned reply.json
            """)

    @OptionGroup(title: "Input") var inputs: InputOptions

    @OptionGroup(title: "Where to") var target: PresignedOptions
    @OptionGroup(title: "Integrity") var integrity: IntegrityOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Batch") var batch: BatchOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: ArgumentHelp("Media type to send if the presigned headers have none.", valueName: "type"))
    var contentType: String?

    @Flag(help: "Send even if the URL says it has expired, and let storage judge.")
    var noExpiryCheck = false

    func validate() throws {
        try MediaOptions.requireMediaType(contentType)
        try inputs.requireSome()
        try inputs.requireInputOnce()
        try target.validate(against: inputs)
    }

    /// - Parameters:
    ///   - candidates: all that were named.
    ///   - part: those of them that are wanted.
    private func files(_ candidates: [InputCandidate], _ part: [InputCandidate]) throws(Failure) -> [PresignedFile] {
        let replies = try target.replies(for: candidates.map(\.path), inputs)
        // For this part of the files only, or for all.
        if replies.count == part.count { return try replies.matched(to: part.map(\.path)) }
        var matched = try replies.matched(to: candidates.filter { !$0.isSetAside }.map(\.path))[...]
        let places = candidates.map { $0.isSetAside ? nil : matched.popFirst() }
        return try inputs.part(of: places).compactMap(\.self)
    }

    func run() async throws {
        try await output.reportingFailures { console in
            let settings = try Settings(environment: processEnvironment)
            var inUse = target.filesInUse
            try inUse.add(output, batch)
            let candidates = try inputs.candidates(besides: inUse, console)
            let part = try inputs.part(of: candidates).filter { !$0.isSetAside }
            let files = try files(candidates, part)
            let sizes = Dictionary(part.map { ($0.path.text, $0.stamp?.size ?? 0) }) { first, _ in first }
            let bytes = part.reduce(Int64(0)) { $0.adding(clamping: $1.stamp?.size ?? 0) }
            let run = RecordRun(console, batch, output, names: files.map(\.path.text))
            let maker = network.recordMaker(settings, account: nil, integrity: integrity.resolved, run)
            let putter = Putter(
                maker: maker, contentType: contentType.flatMap(MediaType.init), checksExpiry: !noExpiryCheck,
                standardInput: inputs.standardInput(settings))
            let work = RecordRun.Work<PresignedFile, Putter.Prepared>(isSending: true) {
                Putter.prepare($0)
            } perform: {
                await putter.put($0, $1)
            } leave: {
                Putter.record(of: $0, failure: $1)
            }
            let source = InputSource(files, bytes: bytes) { sizes[$0.path.text] ?? 0 }
            try await run.write(source, work, by: maker)
        }
    }
}
