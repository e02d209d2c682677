/// When to try again: temporary trouble only, with exponential backoff and jitter, or as long as the service asks.
package struct RetryPolicy: Sendable {
    /// Tries after the first.
    package let retries: Int

    package init(retries: Int) {
        self.retries = retries
    }

    /// Seconds: the longest `Retry-After` that is waited for. A service that wants more is reported instead.
    static let longestWait = 120.0

    /// How long to wait after that failed attempt (1 is the first); nil when it is not to be tried again.
    func wait(after failure: Failure, attempt: Int) -> Duration? {
        guard failure.kind == .temporary, attempt <= retries else { return nil }
        if let asked = failure.retryAfter { return asked <= Self.longestWait ? .seconds(asked) : nil }
        let ceiling = min(0.5 * Double(1 << min(attempt - 1, 10)), 30)
        return .seconds(Double.random(in: ceiling / 2...ceiling))
    }
}
