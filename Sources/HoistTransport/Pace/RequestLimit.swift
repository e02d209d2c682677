/// How many requests to one server are under way at most, found out from how long its replies take. More is worth it as long as
/// replies come as fast as before; where they only come later, there is a queue somewhere, and the number settles
/// (TCP Vegas, Netflix's concurrency limits).
///
/// All times are seconds on a monotonic clock that the caller reads.
struct RequestLimit {
    /// Why there are no more.
    enum Reason {
        /// It still grows, or nothing more was asked for.
        case enough
        /// As many as the user allows, or the most there are.
        case most
        /// More would bring nothing more.
        case goodput
        /// More would only wait longer.
        case latency
        /// The server refused more.
        case refused
        /// Replies did not come in time, or connections were lost.
        case trouble
    }

    private(set) var reason = Reason.enough
    private var limit: Double
    private let most: Double
    /// Whether a number was given: then only refusals and trouble make it smaller for a while.
    private let isFixed: Bool
    private var isDoubling = true
    /// Seconds: a reply's time without a queue.
    private(set) var base = Double.infinity
    /// What was refused: growth is slow from a little below it.
    private var refusedAt = Double.infinity
    /// When it may come nearer to what was refused.
    private var nextApproach = 0.0
    private var approachInterval = 1.0
    /// When it last became smaller: what was sent before says nothing of what it is now.
    private var shrunkAt = -Double.infinity
    private var round = Round()
    private var nextLook = Double.infinity
    private var lookInterval = Self.shortestLookInterval

    private struct Round {
        var replies = 0
        var seconds = 0.0
        var refusals = 0
        var begin: Double?
        /// How many replies make the round.
        var length = 0.0
        /// Whether a request had to wait since so many were under way.
        var isHeldUp = false
        /// Whether fewer than usual are under way to see a reply's time without a queue.
        var isLook = false
    }

    static let start = 16.0
    /// Fewer than that are not worth it because of latency alone.
    private static let floor = 8.0
    /// Seconds that a request takes on a fast machine, with all that is done for it (measured).
    private static let shortestWork = 60e-6
    private static let shortestLookInterval = 0.5
    private static let longestLookInterval = 16.0

    /// - Parameter fixed: how many the user wants; nil finds out.
    init(fixed: Int? = nil, most: Int = 256) {
        self.most = Double(fixed ?? most)
        isFixed = fixed != nil
        limit = fixed.map(Double.init) ?? min(Self.start, Double(most))
    }

    var count: Int { max(1, Int(round.isLook ? min(limit, max(Self.floor, limit / 2)) : limit)) }

    /// A request waits since as many as allowed are under way.
    mutating func wait() { round.isHeldUp = true }

    /// - Parameter latency: seconds from the request's first byte to the whole reply, without connecting.
    mutating func reply(latency: Double, at now: Double) {
        if round.begin == nil { beginRound(at: now - latency) }
        round.replies += 1
        round.seconds += latency
        // While a reply is awaited the client can send so many more: beyond them it is the client that is waited for.
        let reachable = latency / Self.shortestWork
        if isDoubling, round.isHeldUp, limit < min(most, reachable), limit + 1 < 0.8 * refusedAt { limit += 1 }
        judgeRound(at: now)
    }

    private mutating func beginRound(at now: Double) {
        round = Round(begin: now, length: Double(count), isHeldUp: false)
        guard !isFixed, !isDoubling, reason == .latency, now >= nextLook else { return }
        lookInterval = min(2 * lookInterval, Self.longestLookInterval)
        nextLook = now + lookInterval
        round.isLook = true
    }

    private mutating func endRound(at now: Double) {
        defer { beginRound(at: now) }
        guard round.replies > 0, let begin = round.begin else { return }
        let mean = round.seconds / Double(round.replies)
        if round.isLook {
            base = mean
            return
        }
        base = min(mean, base * 1.002)
        if isFixed { return grow(to: most, at: now) }
        guard round.isHeldUp else { return }
        // What the server gives: by Little's law, and by the clock.
        let elapsed = max(now - begin, 1e-6)
        let rate = min(limit / mean, Double(round.replies) / elapsed * 1.25)
        let target = 2 * rate * base
        if isDoubling {
            guard mean > 1.5 * base + 0.003 else {
                if limit >= most { reason = .most }
                return
            }
            isDoubling = false
            reason = .latency
            limit = max(Self.floor, min(limit, target))
            lookInterval = max(Self.shortestLookInterval, 8 * mean)
            nextLook = now + lookInterval
            return
        }
        if target >= limit {
            grow(to: target, at: now)
        } else {
            limit = max(min(Self.floor, limit), (limit + target) / 2)
            reason = .latency
        }
    }

    /// By half, but only in small and rare steps to what was refused.
    private mutating func grow(to target: Double, at now: Double) {
        let safe = 0.8 * refusedAt
        if limit < safe {
            limit = min(1.5 * limit, target, most, safe)
            if limit < most { reason = isFixed ? reason : .latency } else { reason = isFixed ? .enough : .most }
        } else if now >= nextApproach {
            nextApproach = now + approachInterval
            limit = min(limit * 1.02 + 0.25, most)
            reason = .refused
        }
    }

    /// The server refuses requests because there are too many.
    ///
    /// - Parameter underWay: how many there were.
    mutating func refuse(underWay: Int, at now: Double) {
        approachInterval = min(approachInterval * 2, 16)
        refusedAt = min(limit, Double(max(2, underWay)))
        shrink(.refused, at: now)
    }

    /// What was refused was chance.
    mutating func forgetRefusals() {
        refusedAt = .infinity
        if isFixed {
            limit = most
            reason = .enough
        } else {
            limit = min(most, max(limit, Self.start))
            isDoubling = true
            reason = .enough
        }
    }

    /// The server failed one request in a way that may mean too many, or chance (503, and nothing else said): only when
    /// many of a round fail it means something, and then the part that was taken says how many are not too many.
    ///
    /// - Parameter sent: when its request was.
    mutating func fail(sent: Double, at now: Double) {
        guard sent >= shrunkAt else { return }
        if round.begin == nil { beginRound(at: now) }
        round.refusals += 1
        judgeRound(at: now)
    }

    /// Once all of a round are there.
    private mutating func judgeRound(at now: Double) {
        guard Double(round.replies + round.refusals) >= round.length else { return }
        let share = Double(round.replies) / Double(round.replies + round.refusals)
        guard round.refusals >= 4, share < 0.75 else { return endRound(at: now) }
        // Where none is taken it may be gone, which says nothing of the number.
        let taken = max(2, limit * max(share, 0.25))
        refuse(underWay: Int(1.25 * taken) + 1, at: now)
        limit = min(limit, taken)
        beginRound(at: now)
    }

    /// A reply did not come in time. Those that were sent together say so once.
    ///
    /// - Parameter sent: when its request was.
    mutating func timeOut(sent: Double, at now: Double) {
        guard sent >= shrunkAt else { return }
        shrink(.trouble, at: now)
    }

    private mutating func shrink(_ reason: Reason, at now: Double) {
        isDoubling = false
        shrunkAt = now
        limit = max(1, limit / 2)
        self.reason = reason
    }
}
