import HoistCore

/// Whether a server is away. One that refuses everybody is asked by one request at a time, and all others wait for what that
/// comes to: a restart of a service fails no file, and is not met by a storm of requests.
///
/// All times are seconds on a monotonic clock that the caller reads.
struct Presence {
    /// Requests that failed in a row.
    private var failures = 0
    /// The inputs that those were about.
    private var failing = Set<ObjectIdentifier>()
    /// Two of the inputs about which it answered; that is enough to know whether there was another one.
    private(set) var answered = Set<ObjectIdentifier>()
    private var awaySince: Double?
    /// Whether the one request is under way.
    private var isProbed = false
    /// The input that it was about last: where others wait, one of them is next.
    private var lastProbe: ObjectIdentifier?
    private var nextProbe = 0.0
    private var pause = Self.shortestPause
    private let policy: RetryPolicy
    /// Failures in a row that are no chance any more.
    private let tolerance: Int

    private static let shortestPause = 0.25
    private static let longestPause = 2.0
    /// How long the input that was asked about last leaves it to the others.
    private static let courtesy = 0.2

    /// - Parameter jobs: how many requests may be under way.
    init(policy: RetryPolicy, jobs: Int) {
        self.policy = policy
        tolerance = max(4, min(jobs, 64))
    }

    /// What a request is: one of many, the one that finds out whether the server is back, or one that waits.
    enum Turn: Equatable {
        case ordinary
        case probe
        /// Until then at least; infinity is until the one request has ended.
        case wait(until: Double)
    }

    /// - Parameter deadline: when it is sent in any case.
    mutating func turn(of input: ObjectIdentifier, until deadline: Double, at now: Double) -> Turn {
        guard isAwaited(at: now), now < deadline else { return .ordinary }
        guard !isProbed else { return .wait(until: deadline) }
        let next = lastProbe == input ? nextProbe + Self.courtesy : nextProbe
        guard now >= next else { return .wait(until: min(next, deadline)) }
        isProbed = true
        lastProbe = input
        return .probe
    }

    /// The one request is not sent yet after all.
    mutating func leaveProbe() {
        isProbed = false
        lastProbe = nil
    }

    /// Whether it refuses everybody, and is waited for.
    func isAwaited(at now: Double) -> Bool {
        guard let awaySince else { return false }
        return now - awaySince < policy.patience(hasAnswered: !answered.isEmpty) / .seconds(1)
    }

    /// The server has answered, whatever it said.
    mutating func answer(_ input: ObjectIdentifier) {
        if answered.count < 2 { answered.insert(input) }
        isThere()
    }

    /// Somebody has answered: nothing that failed before counts any more.
    private mutating func isThere() {
        failures = 0
        if !failing.isEmpty { failing.removeAll(keepingCapacity: true) }
        awaySince = nil
        isProbed = false
        pause = Self.shortestPause
    }

    /// Counts what the request came to. Returns whether it is this failure that shows the server to be away.
    ///
    /// - Parameter chance: from 0 to 1, for the time until the next one asks.
    mutating func fail(
        _ failure: Failure, isProbe: Bool, _ input: ObjectIdentifier, at now: Double, chance: Double
    ) -> Bool {
        switch failure.kind {
        // It had nothing to do with the server.
        case .interrupted, .localIO, .usage, .configuration, .bug, .noInput, .refusedHere:
            if isProbe { isProbed = false }
            return false
        case .temporary where isAnswer(failure):
            isThere()
            return false
        case .temporary: return isAway(isProbe, input, asked: failure.retryAfter ?? 0, at: now, chance)
        case .refusedByService, .contract, .notAllowed:
            answer(input)
            return false
        }
    }

    /// Whether somebody is there who fails, or has more to do than it can. Proxies answer 502, 503 and 504 for a service
    /// that is not.
    private func isAnswer(_ failure: Failure) -> Bool {
        guard let status = failure.httpStatus else { return false }
        return ![502, 503, 504].contains(status) || failure.isSlowDown || failure.isTooMany && !answered.isEmpty
    }

    /// - Parameter asked: seconds that it asks to be left alone.
    private mutating func isAway(
        _ isProbe: Bool, _ input: ObjectIdentifier, asked: Double, at now: Double, _ chance: Double
    ) -> Bool {
        // It says when it is back, and nobody waits that long.
        guard asked <= RetryPolicy.longestWait else {
            failures = 0
            awaySince = nil
            isProbed = false
            return false
        }
        failures += 1
        failing.insert(input)
        if isProbe {
            isProbed = false
            pause = min(pause * 2, Self.longestPause)
            nextProbe = now + max(asked, pause * (0.5 + chance / 2))
        }
        // One input that always fails says nothing about the others.
        guard awaySince == nil, failures >= tolerance, failing.count > 1 else { return false }
        awaySince = now
        nextProbe = now + max(asked, pause)
        return true
    }
}

extension Failure {
    /// S3's word for too many requests, which comes with a 503.
    var isSlowDown: Bool { code == "SlowDown" }

    /// Whether it says that there are too many requests, and not that this one is wrong or the server away.
    var isTooMany: Bool { httpStatus == 429 || isSlowDown || httpStatus == 503 && retryAfter != nil }
}
