import Glibc
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

    /// What a run writes.
    mutating func add(_ output: OutputOptions, _ batch: BatchOptions) {
        add(path: output.outputFile, "the output file")
        add(path: batch.failedTo, "the list of failed files")
    }

    /// What the file is used for; nil for an input.
    func use(of candidate: InputCandidate) -> String? {
        candidate.stamp.flatMap { uses[$0.identity] }
    }
}
