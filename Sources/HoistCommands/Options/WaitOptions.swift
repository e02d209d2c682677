import ArgumentParser
import HoistServices

/// Whether and how to wait until the service has processed a file.
struct WaitOptions: ParsableArguments {
    @Flag(help: "Wait until the service has processed the file, where it does.")
    var wait = false

    @Option(help: ArgumentHelp("How long to wait in all.", valueName: "time"))
    var waitTimeout = Seconds(600)

    @Option(help: ArgumentHelp("The first and the longest pause between two questions.", valueName: "time...time"))
    var waitInterval = SecondsRange(2...30)

    var resolved: StatusWait? {
        wait ? StatusWait(timeout: waitTimeout.value, interval: waitInterval.value) : nil
    }
}
