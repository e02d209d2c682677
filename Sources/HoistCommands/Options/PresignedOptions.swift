import ArgumentParser
import Glibc
import HoistCore
import HoistFiles
import HoistServices

/// Where the presigned URLs and their headers come from.
struct PresignedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The presigner's reply as JSON; - for standard input, the default unless that is a terminal.",
            valueName: "file"),
        completion: .file())
    var presigned: String?

    @Option(help: ArgumentHelp("A file with the presigned URL of one file.", valueName: "file"), completion: .file())
    var urlFile: String?

    @Option(
        help: ArgumentHelp(
            "The presigned URL of one file. Every user of the machine can read it while hoist runs: --url-file keeps it "
                + "to yourself.",
            valueName: "url"))
    var url: String?

    @Option(
        name: [.customShort("H"), .long], parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A header that the URL was signed with, 'Name: value'.", valueName: "header"))
    var header: [String] = []

    func validate(against inputs: InputOptions) throws {
        let given = [presigned, urlFile, url].compactMap(\.self).count
        guard given <= 1 else { throw ValidationError("Give one of --presigned, --url-file and --url.") }
        let isByHand = urlFile != nil || url != nil
        if isByHand, inputs.operands.count > 1 { throw ValidationError("--url and --url-file are for one file.") }
        if !header.isEmpty, !isByHand { throw ValidationError("--header goes with --url or --url-file.") }
        for header in header where Self.member(header) == nil {
            throw ValidationError("--header is 'Name: value', not '\(header.safeForTerminal)'.")
        }
        // Swift repairs what is not UTF-8: something else than what is signed would go out.
        for header in header where header.unicodeScalars.contains("\u{FFFD}") {
            throw ValidationError("--header has to be UTF-8: '\(header.safeForTerminal)'.")
        }
        guard !isByHand, presigned ?? "-" == "-" else { return }
        if inputs.takesInput {
            throw ValidationError(
                "Standard input is \(inputs.isInputAFile ? "the file" : "the list of files"); name where the presigned reply is with --presigned."
            )
        }
        if presigned == nil, isatty(STDIN_FILENO) == 1 {
            throw ValidationError("Where to? Pipe hoist presign into it, or give --presigned, --url-file or --url.")
        }
    }

    var filesInUse: FilesInUse {
        var files = FilesInUse()
        if url == nil { files.add(path: urlFile ?? presigned ?? "-", "where the presigned URLs are") }
        return files
    }

    /// Throws `noInput` where a file that was named cannot be read, `contract` for what is in it, and `usage` where it
    /// is standard input by another name, which is one of the files already.
    func replies(for files: [InputPath], _ inputs: InputOptions) throws(Failure) -> PresignedReplies {
        if let url { return byHand(url) }
        let content = try Self.content(
            of: urlFile ?? presigned ?? "-", isInputTaken: inputs.takesInput || files.contains(where: \.isStandardInput)
        )
        if urlFile == nil { return try PresignedReplies(parsing: content) }
        return byHand(String(decoding: content, as: UTF8.self).trimmingWhitespace)
    }

    private func byHand(_ url: String) -> PresignedReplies {
        PresignedReplies(PresignedReply(url: url, headers: header.compactMap(Self.member)))
    }

    private static let largest = 1 << 30

    private static func content(of path: String, isInputTaken: Bool) throws(Failure) -> [UInt8] {
        let name = path == "-" ? "standard input" : path.safeForTerminal
        let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(.noInput, code: "not_readable", "\(name) cannot be read: \(describe(errno)); check the path")
        }
        defer { close(descriptor) }
        var (opened, input) = (stat(), stat())
        if isInputTaken, fstat(descriptor, &opened) == 0, fstat(STDIN_FILENO, &input) == 0,
            (opened.st_dev, opened.st_ino) == (input.st_dev, input.st_ino)
        {
            throw Failure(
                .usage, code: "input_taken",
                "standard input is the file; the presigned reply has to come from somewhere else (--presigned FILE)")
        }
        let bytes: [UInt8]?
        do throws(Failure) { bytes = try Descriptor.readAll(descriptor, limit: largest) } catch {
            throw Failure(error.kind, code: error.code, "\(name) \(error.message); check the path")
        }
        guard let bytes else {
            throw Failure(.noInput, code: "too_large", "\(name) is no presigned reply: it is larger than 1 GiB")
        }
        return bytes
    }

    private static func member(_ header: String) -> JSONValue.Member? {
        guard let colon = header.firstIndex(of: ":"), colon != header.startIndex else { return nil }
        return .init(String(header[..<colon]), .string(String(header[header.index(after: colon)...])))
    }
}
