import ArgumentParser
import Glibc
import HoistFiles

enum ProgressMode: String, CaseIterable, ExpressibleByArgument {
    case auto
    case bar
    case plain
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
            "Progress on standard error: bar, plain (a line at each quarter or every 10 s), none, or auto: a bar on a "
                + "terminal, otherwise plain if there are several files or it takes long.",
            valueName: "form"))
    var progress: ProgressMode = .auto

    /// How many there can be.
    var mostJobs: Int { jobs.number ?? Jobs.most }

    /// - Parameters:
    ///   - isSending: whether the inputs' bytes are sent.
    ///   - total: how many there are, as far as that is known.
    func display(
        _ console: Console, _ output: OutputOptions, isSending: Bool, _ total: @escaping @Sendable () -> InputTotal
    ) -> ProgressDisplay {
        ProgressDisplay(form(output), isAskedFor: progress != .auto, isSending: isSending, console.screen, total)
    }

    private func form(_ output: OutputOptions) -> ProgressDisplay.Form {
        guard !output.quiet, progress != .none else { return .none }
        // What moves the cursor is of no use on a terminal that cannot, or between the lines of a trace.
        let terminal = processEnvironment["TERM"] ?? ""
        if progress == .plain || ["", "dumb"].contains(terminal) || output.verbose { return .plain }
        return progress == .bar || isatty(STDERR_FILENO) == 1 ? .bar : .plain
    }
}
