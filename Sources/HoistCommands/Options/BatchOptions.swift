import ArgumentParser
import Glibc
import HoistFiles

enum ProgressMode: String, CaseIterable, ExpressibleByArgument {
    case auto
    case bar
    case plain
    case json
    case none
}

/// How many inputs at a time, and how their records and their progress come.
struct BatchOptions: ParsableArguments {
    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: ArgumentHelp(
            "Inputs under way at a time: a number, or auto for as many as the link and the service carry well.",
            valueName: "n"))
    var jobs = Jobs.auto

    @Flag(help: "Print each record as soon as its input is done, instead of in input order.")
    var unordered = false

    @Flag(help: "Begin nothing more after a failure; what is under way is finished.")
    var failFast = false

    @Option(
        help: ArgumentHelp(
            "Write the names of inputs that failed or were not attempted to this file, for --files-from.",
            valueName: "file"),
        completion: .file())
    var failedTo: String?

    @Option(
        help: ArgumentHelp(
            "Progress on standard error: bar, plain (a line at each quarter or every 10 s), json (one object per line), "
                + "none, or auto: a bar on a terminal, otherwise plain if there are several files or it takes long.",
            valueName: "form"))
    var progress: ProgressMode = .auto

    @Option(
        help: ArgumentHelp("Write --progress json to this file descriptor instead of standard error.", valueName: "n"))
    var progressFd: Int32?

    func validate() throws {
        guard let progressFd else { return }
        if progress != .json { throw ValidationError("--progress-fd goes with --progress json.") }
        if progressFd < 0 || fcntl(progressFd, F_GETFL) < 0 || fcntl(progressFd, F_GETFL) & O_ACCMODE == O_RDONLY {
            throw ValidationError(
                "--progress-fd \(progressFd) is no descriptor that can be written; open it first: \(progressFd)>FILE")
        }
        if progressFd == STDOUT_FILENO { throw ValidationError("--progress-fd 1 is where the records go.") }
    }

    /// Where events go; nil where none are wanted.
    var events: EventStream? { progress == .json ? EventStream(descriptor: progressFd ?? STDERR_FILENO) : nil }

    /// How many there can be.
    var mostJobs: Int { jobs.number ?? Jobs.most }

    /// - Parameters:
    ///   - isSending: whether the inputs' bytes are sent.
    ///   - total: how many there are, as far as that is known.
    func display(
        _ console: Console, _ output: OutputOptions, isSending: Bool, _ total: @escaping @Sendable () -> InputTotal
    ) -> ProgressDisplay {
        ProgressDisplay(
            form(output), isAskedFor: progress != .auto, isSending: isSending,
            hasColour: output.hasColour(isatty(STDERR_FILENO) == 1), console.screen, events: events, total)
    }

    private func form(_ output: OutputOptions) -> ProgressDisplay.Form {
        if progress == .json { return .events }
        guard !output.quiet, progress != .none else { return .none }
        // What moves the cursor is of no use on a terminal that cannot, or between the lines of a trace.
        let terminal = processEnvironment["TERM"] ?? ""
        if progress == .plain || ["", "dumb"].contains(terminal) || output.verbose { return .plain }
        return progress == .bar || isatty(STDERR_FILENO) == 1 ? .bar : .plain
    }
}
