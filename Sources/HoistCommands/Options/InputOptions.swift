import ArgumentParser
import HoistCore
import HoistFiles
import HoistUploads

/// Which files, and which of them.
struct InputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Files; - for standard input; directories with --recursive.", valueName: "files"),
        completion: .file())
    var operands: [String] = []

    @Flag(name: .shortAndLong, help: "Take the files in directories, sorted by name, without hidden ones.")
    var recursive = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "With --recursive: take only files that match ('*.png'); repeatable. A pattern with a slash is for the path below "
                + "the directory. Case does not matter.",
            valueName: "glob"))
    var include: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "With --recursive: leave out files and directories that match; repeatable.", valueName: "glob"))
    var exclude: [String] = []

    @Flag(help: "Match --include and --exclude with case.")
    var caseSensitive = false

    @Flag(help: "Succeed if there are no files to work on.")
    var allowEmpty = false

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Read file names from this list, one per line; - for standard input; repeatable.", valueName: "file"),
        completion: .file())
    var filesFrom: [String] = []

    @Option(
        name: .customLong("files-from0"), parsing: .singleValue,
        help: ArgumentHelp("The same with NUL between the names, as find -print0 writes them.", valueName: "file"),
        completion: .file())
    var filesFrom0: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take only part K of N, for one of N machines with the same list; auto or auto/N: as the CI system or the "
                + "scheduler says.",
            valueName: "k/n"))
    var shard: String?

    @Option(
        help: ArgumentHelp("Maximum size read from standard input: bytes, or with K, M or G.", valueName: "size"))
    var maxSize = ByteCount(5 << 30)

    /// Whether anything was named, be it an empty list.
    var isGiven: Bool { !operands.isEmpty || !filesFrom.isEmpty || !filesFrom0.isEmpty }

    func validate() throws {
        if !recursive, !include.isEmpty || !exclude.isEmpty {
            throw ValidationError("--include and --exclude choose among the files that --recursive finds.")
        }
        if caseSensitive, include.isEmpty, exclude.isEmpty {
            throw ValidationError("--case-sensitive is for --include and --exclude.")
        }
        if let shard, Self.automaticCount(shard) == nil, Shard(shard) == nil {
            throw ValidationError(
                "--shard is K/N with K from 1 to N, auto or auto/N, not '\(shard.safeForTerminal)'.")
        }
        let fromInput = (filesFrom + filesFrom0).filter { $0 == "-" }.count
        if fromInput + (isInputAFile ? 1 : 0) > 1 {
            throw ValidationError("Standard input is one thing: a file, or one list of files.")
        }
    }

    func requireSome() throws {
        guard isGiven || allowEmpty else {
            throw ValidationError("no files are named; name some, or give a list with --files-from")
        }
    }

    /// Throws where standard input is named twice, for a command that does not take the second for the first.
    func requireInputOnce() throws {
        guard Operands.unbundled(operands).filter({ $0 == "-" }).count <= 1 else {
            throw ValidationError("Standard input is one file.")
        }
    }

    /// Whether standard input is one of the files.
    var isInputAFile: Bool { Operands.unbundled(operands).contains("-") }

    private var isInputAList: Bool { (filesFrom + filesFrom0).contains("-") }

    /// Whether standard input is spoken for.
    var takesInput: Bool { isInputAFile || isInputAList }

    /// Throws `noInput` where a list cannot be opened.
    ///
    /// - Parameter inUse: files that are set aside, since this run uses them for something else.
    private func listing(besides inUse: FilesInUse, _ console: Console) throws(Failure) -> InputListing {
        var inUse = inUse
        var lists: [PathList] = []
        for list in filesFrom { lists.append(try PathList(opening: list, separatedBy: .line)) }
        for list in filesFrom0 { lists.append(try PathList(opening: list, separatedBy: .null)) }
        for list in filesFrom + filesFrom0 where list != "-" {
            // What failed last time may be tried again, and listed again.
            try inUse.requireUnwritten(FileIdentity(path: InputPath(argument: list)), list, mayBeFailedList: true)
        }
        for operand in InputPath.operands(Operands.unbundled(operands)) where !operand.isStandardInput {
            try inUse.requireUnwritten(FileIdentity(path: operand), operand.text)
        }
        for list in filesFrom + filesFrom0 { inUse.add(path: list, "the list of files") }
        warnOfUnquotedNames(console)
        return InputListing(
            operands: InputPath.operands(Operands.unbundled(operands)), lists: lists, isInputAList: isInputAList,
            walk: recursive
                ? DirectoryWalk(
                    filter: NameFilter(including: include, excluding: exclude, isCaseSensitive: caseSensitive)) : nil,
            mayBeEmpty: allowEmpty,
            inUse: inUse, console: console)
    }

    /// A name with spaces that the shell cut into words: `hoist upload My Video.mp4`.
    private func warnOfUnquotedNames(_ console: Console) {
        let names = Operands.unbundled(operands)
        // Among many, nobody types them.
        guard (2...20).contains(names.count) else { return }
        for start in names.indices where !InputPath(argument: names[start]).exists {
            for end in names.indices where end > start {
                let whole = names[start...end].joined(separator: " ")
                guard InputPath(argument: whole).exists else { continue }
                console.remark(
                    "warning: '\(whole.safeForTerminal)' was given in \(end - start + 1) words: names with spaces need quotes"
                )
                break
            }
        }
    }

    /// The files as they were named, those in directories and lists among them: all of them at once.
    func candidates(besides inUse: FilesInUse, _ console: Console) throws(Failure) -> [InputCandidate] {
        var candidates: [InputCandidate] = []
        try listing(besides: inUse, console).visit { candidate in
            candidates.append(candidate)
            return true
        }
        return candidates
    }

    /// The files of the wanted part as they are found.
    ///
    /// - Parameter repeats: where other names of the same files go; nil where each name is a file of its own.
    func queue(
        besides inUse: FilesInUse, repeats: RepeatBook? = nil, _ console: Console, _ output: OutputOptions
    ) throws(Failure) -> InputQueue {
        let part = try resolvedShard
        let queue = InputQueue()
        try listing(besides: inUse, console).fill(queue, shard: part, repeats: repeats, isMeasured: output.isTable)
        return queue
    }

    /// The elements, one for each file, that belong to the wanted part of the files.
    func part<Element>(of elements: [Element]) throws(Failure) -> [Element] {
        let part = try resolvedShard
        return elements.indices.filter(part.takes).map { elements[$0] }
    }

    func standardInput(_ settings: Settings) -> StandardInput {
        StandardInput(limit: maxSize.value, directory: settings.temporaryDirectory)
    }

    private var resolvedShard: Shard {
        get throws(Failure) {
            guard let shard else { return .whole }
            if let count = Self.automaticCount(shard) {
                return try Shard(environment: processEnvironment, count: count)
            }
            return Shard(shard) ?? .whole
        }
    }

    /// For `auto/N`, N; for `auto`, nothing; nil for what is neither.
    private static func automaticCount(_ shard: String) -> Int?? {
        if shard == "auto" { return .some(nil) }
        guard shard.hasPrefix("auto/"), let count = Int(shard.dropFirst(5)), count >= 1 else { return nil }
        return .some(count)
    }
}
