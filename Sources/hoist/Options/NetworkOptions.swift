import ArgumentParser
import HoistKit

/// How long and how often to try.
struct NetworkOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long there may be no connection, or no byte may move, before an attempt is given up; the reply may take "
                + "five times as long.",
            valueName: "time"))
    var timeout = Seconds(60)

    @Option(help: ArgumentHelp("How often temporary trouble is tried again.", valueName: "n"))
    var retries: Int = 3

    @Option(
        help: ArgumentHelp(
            "How many bytes of files are sent a second at most, all together: bytes, or with K, M or G.",
            valueName: "size"))
    var limitRate: ByteCount?

    func validate() throws {
        if let limitRate, limitRate.value < 1 { throw ValidationError("--limit-rate is a size above 0.") }
        guard timeout.value > 0, timeout.value <= 86_400 else {
            throw ValidationError("--timeout is a time above 0, and at most a day.")
        }
        guard (0...100).contains(retries) else { throw ValidationError("--retries is a number from 0 to 100.") }
    }

    /// - Parameter account: whose key must not show in a trace, even where a server repeats it.
    func recordMaker(
        _ settings: Settings, account: Account?, pacer: RequestPacer = RequestPacer(), _ run: RecordRun
    ) -> RecordMaker {
        let console = run.console
        let configuration = TransportConfiguration(
            timeout: timeout.value, certificateFile: settings.certificateFile, connections: run.options.jobs * 2,
            sendRate: (limitRate?.value).map(Double.init))
        let credential = try? account?.credential.get()
        let trace: @Sendable (String) -> Void = { console.trace(credential?.removed(from: $0) ?? $0) }
        return RecordMaker(
            transport: Transport(configuration, trace: run.output.verbose ? trace : nil),
            policy: RetryPolicy(retries: retries), pacer: pacer, board: run.board, notices: console.notice)
    }
}
