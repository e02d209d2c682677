import ArgumentParser
import HoistServices
import HoistTransport
import HoistUploads

/// How long and how often to try.
struct NetworkOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Give up an attempt after this long without progress.", valueName: "time"))
    var timeout = Seconds(60)

    @Option(
        help: ArgumentHelp(
            "Give up connecting after this long (20s, or --timeout if that is less).",
            valueName: "time"))
    var connectTimeout: Seconds?

    @Option(
        help: ArgumentHelp(
            "Give up waiting for the reply after this long (5 times --timeout).",
            valueName: "time"))
    var replyTimeout: Seconds?

    @Option(
        help: ArgumentHelp(
            "Retries after temporary failures (no connection, timeouts, 408, 425, 5xx); up to three times as many while the "
                + "server answers other files. 429 counts only if the server takes nothing at all.",
            valueName: "n"))
    var retries: Int = 4

    @Option(help: ArgumentHelp("Stop retrying a request after this long.", valueName: "time"))
    var retryMaxTime = Seconds(600)

    @Option(
        help: ArgumentHelp(
            "CA certificates to trust instead of the system's (PEM). Default: CURL_CA_BUNDLE, SSL_CERT_FILE.",
            valueName: "file"),
        completion: .file())
    var cacert: String?

    @Flag(name: [.customShort("4"), .long], help: "Connect to IPv4 addresses only.")
    var ipv4 = false

    @Flag(name: [.customShort("6"), .long], help: "Connect to IPv6 addresses only.")
    var ipv6 = false

    @Option(
        help: ArgumentHelp(
            "Total upload speed limit, in bytes per second, or with K, M or G.",
            valueName: "size"))
    var limitRate: ByteCount?

    func validate() throws {
        if let limitRate, limitRate.value < 1 { throw ValidationError("--limit-rate is a size above 0.") }
        let times = [
            ("--timeout", timeout), ("--connect-timeout", connectTimeout), ("--reply-timeout", replyTimeout),
            ("--retry-max-time", retryMaxTime),
        ]
        for case (let flag, let time?) in times where !(time.value > 0 && time.value <= 86_400) {
            throw ValidationError("\(flag) is a time above 0, and at most a day.")
        }
        if ipv4, ipv6 { throw ValidationError("--ipv4 and --ipv6 contradict each other.") }
        guard (0...100).contains(retries) else { throw ValidationError("--retries is a number from 0 to 100.") }
    }

    /// - Parameter account: whose key must not show in a trace, even where a server repeats it.
    func recordMaker(
        _ settings: Settings, account: Account?, requestsPerSecond: Double? = nil,
        integrity: Integrity = Integrity(), _ run: RecordRun
    ) -> RecordMaker {
        let console = run.console
        var configuration = TransportConfiguration(
            connectTimeout: .seconds(connectTimeout?.value ?? min(20, timeout.value)), timeout: .seconds(timeout.value),
            replyTimeout: .seconds(replyTimeout?.value ?? timeout.value * 5),
            certificates: settings.certificates(file: cacert), connections: run.options.mostJobs * 2,
            sendRate: (limitRate?.value).map(Double.init))
        configuration.addressFamily = ipv4 ? .ipv4 : ipv6 ? .ipv6 : .any
        let credential = try? account?.credential?.get()
        let trace: @Sendable (String) -> Void = { console.trace(credential?.removed(from: $0) ?? $0) }
        return RecordMaker(
            transport: Transport(configuration, trace: run.output.verbose ? trace : nil),
            origins: Origins(
                policy: RetryPolicy(retries: retries, longest: .seconds(retryMaxTime.value)),
                jobs: run.options.jobs.number,
                requestsPerSecond: requestsPerSecond),
            integrity: integrity, board: run.board, notices: console.notice)
    }
}
