import Glibc
import HoistCore
import HoistFiles

/// The files that a run uses for something else than its inputs. They are none of the inputs, by whatever name, link or
/// pattern they come among them: `hoist upload -r . > out.json`.
struct FilesInUse {
    private var uses: [FileIdentity: String] = [:]

    init() {
        add(FileIdentity(descriptor: STDOUT_FILENO), "standard output")
        add(FileIdentity(descriptor: STDERR_FILENO), "standard error")
    }

    mutating func add(_ file: FileIdentity?, _ use: String) {
        if let file { uses[file] = use }
    }

    /// - Parameter path: the value of an option; `-` for standard input.
    mutating func add(path: String?, _ use: String) {
        guard let path else { return }
        add(path == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(path: InputPath(argument: path)), use)
    }

    private static let outputs: Set = ["the output file", "the list of failed files"]

    /// What a run writes. Throws `usage` where that would replace something else that it needs.
    mutating func add(_ output: OutputOptions, _ batch: BatchOptions) throws(Failure) {
        if let file = output.outputFile, file == batch.failedTo { throw Self.taken(file, "the list of failed files") }
        for (path, use) in [(output.outputFile, "the output file"), (batch.failedTo, "the list of failed files")] {
            guard let path, let file = FileIdentity(path: InputPath(argument: path)) else { continue }
            if let other = uses[file], !other.hasPrefix("standard") { throw Self.taken(path, other) }
            if uses[file] == nil { uses[file] = use }
        }
    }

    /// Throws `usage` where an input or a list would be replaced by what the run writes.
    func requireUnwritten(_ file: FileIdentity?, _ name: String, mayBeFailedList: Bool = false) throws(Failure) {
        guard let file, let use = uses[file], Self.outputs.contains(use) else { return }
        if mayBeFailedList, use == "the list of failed files" { return }
        throw Self.taken(name, use)
    }

    private static func taken(_ path: String, _ use: String) -> Failure {
        Failure(
            .usage, code: "file_in_use", "\(path.safeForTerminal) is \(use), and would be replaced",
            advice: "write to another file")
    }

    /// What the file is used for; nil for an input.
    func use(of candidate: InputCandidate) -> String? {
        candidate.stamp.flatMap { uses[$0.identity] }
    }
}
