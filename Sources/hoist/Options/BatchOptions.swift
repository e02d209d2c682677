import ArgumentParser
import HoistKit

/// How many inputs at a time, and how their records come.
struct BatchOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("How many inputs are under way at a time.", valueName: "n"))
    var jobs: Int = 8

    @Flag(help: "Print each record as soon as its input is done, and not in the inputs' order.")
    var unordered = false

    @Flag(help: "Begin nothing more once an input has failed; what is under way is finished.")
    var failFast = false

    func validate() throws {
        guard (1...256).contains(jobs) else { throw ValidationError("--jobs is a number from 1 to 256.") }
    }

    var batch: Batch { Batch(jobs: jobs, stopsAtFailure: failFast) }
}
