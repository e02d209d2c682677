import ArgumentParser
import HoistCore
import HoistServices

/// Whether and how to wait until the service has processed a file.
struct WaitOptions: ParsableArguments {
    @Flag(help: "Wait until the service has processed the file.")
    var wait = false

    @Option(help: ArgumentHelp("How long to wait in all (default: 600s).", valueName: "time"))
    var waitTimeout: Seconds?

    @Option(help: ArgumentHelp("Polling interval: first and maximum (default: 2s...30s).", valueName: "time...time"))
    var waitInterval: SecondsRange?

    func validate() throws {
        guard !wait else { return }
        if waitTimeout != nil { throw ValidationError("--wait-timeout goes with --wait.") }
        if waitInterval != nil { throw ValidationError("--wait-interval goes with --wait.") }
    }

    /// Throws `usage` where there is nothing to wait for.
    func requireStatus(of service: Service) throws(Failure) {
        guard wait, !service.description.has(.status) else { return }
        throw Failure(
            .usage, code: "misplaced_option", "\(service.title) has no status to wait for",
            advice: "leave --wait out: an upload is complete when hoist upload returns")
    }

    var resolved: StatusWait? {
        wait ? StatusWait(timeout: waitTimeout?.value ?? 600, interval: waitInterval?.value ?? 2...30) : nil
    }
}
