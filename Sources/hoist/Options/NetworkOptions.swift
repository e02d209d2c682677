import ArgumentParser
import HoistKit

/// How long and how often to try.
struct NetworkOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Seconds without a connection, or without a byte moving, before an attempt is given up; the reply may take "
                + "five times as long.",
            valueName: "seconds"))
    var timeout: Double = 60

    @Option(help: ArgumentHelp("How often temporary trouble is tried again.", valueName: "n"))
    var retries: Int = 3

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout is a number of seconds above 0, and at most a day.")
        }
        guard (0...100).contains(retries) else { throw ValidationError("--retries is a number from 0 to 100.") }
    }

    var policy: RetryPolicy { RetryPolicy(retries: retries) }

    func transport(_ settings: Settings, trace: (@Sendable (String) -> Void)?) throws(Failure) -> Transport {
        try Transport(
            TransportConfiguration(timeout: timeout, certificateFile: settings.certificateFile), trace: trace)
    }
}
