import HTTPTypes
import HoistCore
import Synchronization

/// What a run has learned of one server: what its ETags are, and whether it is away. A server that refuses everybody is asked by one request at
/// a time, and all others wait for what that comes to: a restart of a service fails no file, and is not met by a storm of
/// requests.
package final class Origin: Sendable {
    private struct State {
        /// Requests that failed in a row.
        var failures = 0
        /// The inputs that those were about.
        var failing = Set<ObjectIdentifier>()
        /// Two of the inputs about which it answered; that is enough to know whether there was another one.
        var answered = Set<ObjectIdentifier>()
        var awaySince: ContinuousClock.Instant?
        /// Whether the one request is under way.
        var isProbed = false
        /// The input that it was about last: where others wait, one of them is next.
        var lastProbe: ObjectIdentifier?
        var nextProbe = ContinuousClock.now
        var pause = Origin.shortestPause
        var hasForeignETags = false
        /// Of the handles that it gave last, by their hashes.
        var recentHandles: [Int: Int64] = [:]
        var oldestHandles: [Int] = []

        /// Somebody has answered: nothing that failed before counts any more.
        mutating func isThere() {
            failures = 0
            if !failing.isEmpty { failing.removeAll(keepingCapacity: true) }
            awaySince = nil
            isProbed = false
            pause = Origin.shortestPause
        }
    }

    private let state = Mutex(State())
    private let policy: RetryPolicy
    /// Failures in a row that are no chance any more.
    private let tolerance: Int

    private static let shortestPause = 0.25
    private static let longestPause = 2.0
    /// How often those that wait look whether the one request has ended.
    private static let look = Duration.milliseconds(50)
    /// How long the input that was asked about last leaves it to the others.
    private static let courtesy = Duration.milliseconds(200)

    /// - Parameter jobs: how many requests may be under way.
    init(policy: RetryPolicy, jobs: Int) {
        self.policy = policy
        tolerance = max(4, jobs)
    }

    /// Whether it has answered requests about other inputs: then it is there, and this one was unlucky.
    func hasAnsweredOthers(than input: ObjectIdentifier) -> Bool {
        state.withLock { !$0.answered.subtracting([input]).isEmpty }
    }

    /// Whether its ETags are known to be something else than MD5s.
    package var hasForeignETags: Bool { state.withLock { $0.hasForeignETags } }
    package func noteForeignETags() { state.withLock { $0.hasForeignETags = true } }

    /// Whether a handle that has to be unique has not been seen before. Replies that are mixed up belong to requests that
    /// were under way together, so that a few thousand of them are enough to remember.
    ///
    /// - Parameter size: bytes of what it stands for, where it may be given again for the same; nil where it may not.
    package func isNew(handle: String, of size: Int64? = nil) -> Bool {
        let hash = handle.hashValue
        return state.withLock { state in
            if let known = state.recentHandles[hash] { return known == size }
            state.recentHandles[hash] = size ?? -1
            state.oldestHandles.append(hash)
            if state.oldestHandles.count > Self.mostHandles {
                for old in state.oldestHandles.prefix(Self.mostHandles / 2) { state.recentHandles[old] = nil }
                state.oldestHandles.removeFirst(Self.mostHandles / 2)
            }
            return true
        }
    }

    private static let mostHandles = 8192

    /// What a request is: one of many, or the one that finds out whether the server is back.
    enum Turn {
        case ordinary
        case probe
    }

    /// Returns when the request may be sent. Throws `interrupted` when the task is cancelled.
    ///
    /// - Parameter deadline: when it is sent in any case.
    func turn(
        of input: ObjectIdentifier, until deadline: ContinuousClock.Instant?
    ) async throws(Failure) -> Turn {
        while true {
            let now = ContinuousClock.now
            let (turn, next) = state.withLock { state -> (Turn?, ContinuousClock.Instant) in
                guard isAwaited(state, at: now), deadline.map({ now < $0 }) ?? true else { return (.ordinary, now) }
                guard !state.isProbed else { return (nil, now + Self.look) }
                let next = state.lastProbe == input ? state.nextProbe + Self.courtesy : state.nextProbe
                guard now >= next else { return (nil, next) }
                state.isProbed = true
                state.lastProbe = input
                return (.probe, now)
            }
            if let turn { return turn }
            do { try await Task.sleep(until: min(next, deadline ?? next)) } catch { throw .interrupted }
        }
    }

    /// Whether it refuses everybody, and is waited for.
    var isAwaited: Bool { state.withLock { isAwaited($0, at: .now) } }

    private func isAwaited(_ state: State, at now: ContinuousClock.Instant) -> Bool {
        guard let since = state.awaySince else { return false }
        return now - since < policy.patience(hasAnswered: !state.answered.isEmpty)
    }

    /// The server has answered, whatever it said.
    func answered(_ input: ObjectIdentifier) {
        state.withLock { state in
            if state.answered.count < 2 { state.answered.insert(input) }
            state.isThere()
        }
    }

    /// Counts what the request came to. Returns whether it is this failure that shows the server to be away.
    func failed(_ failure: Failure, _ turn: Turn, _ input: ObjectIdentifier) -> Bool {
        switch failure.kind {
        // It had nothing to do with the server.
        case .interrupted, .localIO, .usage, .configuration, .bug, .noInput, .refusedHere:
            if turn == .probe { state.withLock { $0.isProbed = false } }
            return false
        case .temporary where isAnswer(failure):
            state.withLock { $0.isThere() }
            return false
        case .temporary: return isAway(after: turn, input, asked: failure.retryAfter ?? 0)
        case .refusedByService, .contract, .notAllowed:
            answered(input)
            return false
        }
    }

    /// Whether somebody is there who fails, or has more to do than it can. Proxies answer 502, 503 and 504 for a service
    /// that is not.
    private func isAnswer(_ failure: Failure) -> Bool {
        guard let status = failure.httpStatus else { return false }
        return ![502, 503, 504].contains(status) || failure.code == "SlowDown"
    }

    /// - Parameter asked: seconds that it asks to be left alone.
    private func isAway(after turn: Turn, _ input: ObjectIdentifier, asked: Double) -> Bool {
        state.withLock { state in
            // It says when it is back, and nobody waits that long.
            guard asked <= RetryPolicy.longestWait else {
                state.failures = 0
                state.awaySince = nil
                state.isProbed = false
                return false
            }
            state.failures += 1
            state.failing.insert(input)
            if turn == .probe {
                state.isProbed = false
                state.pause = min(state.pause * 2, Self.longestPause)
                state.nextProbe = .now + .seconds(max(asked, Double.random(in: state.pause / 2...state.pause)))
            }
            // One input that always fails says nothing about the others.
            guard state.awaySince == nil, state.failures >= tolerance, state.failing.count > 1 else { return false }
            state.awaySince = .now
            state.nextProbe = .now + .seconds(max(asked, state.pause))
            return true
        }
    }
}

/// The servers of a run.
package final class Origins: Sendable {
    private let origins = Mutex<[String: Origin]>([:])
    let policy: RetryPolicy
    private let jobs: Int

    package init(policy: RetryPolicy, jobs: Int) {
        self.policy = policy
        self.jobs = jobs
    }

    func origin(of request: HTTPRequest) -> Origin {
        // Scheme, host and port (RFC 6454); the port is part of the authority.
        let name = (request.scheme ?? "") + "://" + (request.authority ?? "")
        return origins.withLock { origins in
            if let known = origins[name] { return known }
            let origin = Origin(policy: policy, jobs: jobs)
            origins[name] = origin
            return origin
        }
    }
}
