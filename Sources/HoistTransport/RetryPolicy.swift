import HoistCore

/// When to try again: after temporary trouble only, with exponential backoff and full jitter, or as long as the service
/// asks.
package struct RetryPolicy: Sendable {
    /// Tries after the first.
    package let retries: Int
    /// How long a request is tried again, all in all.
    package let longest: Duration

    package init(retries: Int, longest: Duration = .seconds(600)) {
        self.retries = retries
        self.longest = longest
    }

    /// Seconds: the longest `Retry-After` that is waited for. A service that wants more is reported instead.
    static let longestWait = 120.0

    /// How many times the retries there are for trouble that is chance: where the server has answered about other inputs.
    private static let chanceFactor = 3

    /// How many retries there are.
    func most(isChance: Bool) -> Int { retries * (isChance ? Self.chanceFactor : 1) }

    /// How long to wait after that failed attempt (1 is the first); nil when it is not to be tried again.
    ///
    /// - Parameters:
    ///   - elapsed: since the first attempt began.
    ///   - isChance: whether the server has answered about other inputs.
    func wait(
        after failure: Failure, attempt: Int, elapsed: Duration = .zero, isChance: Bool = false
    ) -> Duration? {
        guard failure.kind == .temporary, attempt <= most(isChance: isChance) else { return nil }
        let wait: Duration
        if let asked = failure.retryAfter {
            guard asked <= Self.longestWait else { return nil }
            wait = .seconds(asked)
        } else {
            // Full jitter: many clients that failed together do not come back together. A server that answers others need
            // not be left alone for long, and the others wait for this one's job; but all tries together take longer than
            // a restart.
            let ceiling = min(0.5 * Double(1 << min(attempt - 1, 10)), isChance ? 4 : 30)
            wait = .seconds(Double.random(in: 0...ceiling))
        }
        return elapsed + wait <= longest ? wait : nil
    }

    /// How long a server that refuses everybody is waited for.
    ///
    /// - Parameter hasAnswered: whether it ever answered in this run; one that never did may be a wrong address.
    func patience(hasAnswered: Bool) -> Duration {
        guard retries > 0 else { return .zero }
        return hasAnswered ? longest : min(longest, .seconds(4) * retries)
    }
}
