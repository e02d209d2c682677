/// How many requests a second a server takes, told from those that it refuses. No limit is assumed before the first
/// refusal. Every refusal holds all requests for as long as the server asks; then they go evenly, at a rate that is kept
/// and carefully raised.
///
/// A server that allows R a second and a burst of B beside takes at most B + R t requests in any time t, and refuses one
/// when it has taken just as many in some time before. So each refusal says how large B is for any R; the R for which two
/// refusals say the same is the server's.
///
/// A server that refuses by chance fits no rate: it takes at one time what it refuses at another. Then nobody is held but the one
/// that was refused, until it refuses many.
///
/// All times are seconds on a monotonic clock that the caller reads.
struct RequestRate {
    /// Requests a second; nil while nothing was refused.
    private(set) var perSecond: Double?
    /// Until when nothing may be sent.
    private(set) var heldUntil = 0.0
    /// How often in a row everything was held, with nothing taken in between.
    private(set) var holdsInVain = 0

    /// When the next request may go at the rate.
    private var next = 0.0
    /// Since when requests are counted: the first one, or the end of the last hold.
    private var cycleStart: Double?
    /// When those that were taken in this cycle were sent: the last of them, a ring.
    private var sendings: [Double] = []
    private var oldestSending = 0
    /// Of those sent in this cycle, how many were taken.
    private var taken = 0
    /// A refusal that the rate is not told from yet: replies to what was sent before it still come.
    private var overshoot: Overshoot?
    /// Of the refusal that came soonest: how long before it each of the requests was sent that were taken.
    private var reference: [Double] = []
    /// The rate that is known to be about the limit.
    private var ceiling = Double.infinity
    private var nextRaise = 0.0
    /// By which part the rate is raised a second near the ceiling.
    private var raise = 0.0
    private var firstRaise = Self.largestFirstRaise
    /// When a request last had to wait for its turn: a rate that nobody waits for is no limit.
    private var lastWait = -Double.infinity

    /// How many were taken in how many seconds before each refusal, the last of them.
    private var cycles: [(taken: Double, seconds: Double)] = []
    /// How often no rate could explain them.
    private var contradictions = 0
    /// Whether it refuses by chance.
    private(set) var isCapricious = false
    /// Of the last requests to such a server, how many were taken and refused.
    private var lately = (taken: 0, refused: 0)

    private struct Overshoot {
        let sent: Double
        /// Seconds until requests go again.
        let hold: Double
        let isRatesFault: Bool
    }

    private static let shortestHold = 0.25
    private static let longestHold = 30.0
    private static let raiseInterval = 0.2
    private static let largestFirstRaise = 0.002
    private static let mostSendings = 1024
    private static let mostCycles = 16
    private static let fewestTelling = 4

    /// When the next request may be sent.
    var nextTurn: Double { max(heldUntil, perSecond == nil && overshoot == nil ? 0 : next) }

    /// Whether it was the rate that requests waited for lately.
    func isInForce(at time: Double) -> Bool {
        // Whoever waits for a slow rate began to some time ago.
        perSecond.map { lastWait >= time - 2 * Self.raiseInterval - 2 / $0 } ?? false
    }

    /// Somebody has to wait for the rate.
    mutating func wait(at now: Double) { lastWait = now }

    mutating func start(at now: Double) {
        if overshoot != nil, now >= heldUntil { learn() }
        if cycleStart == nil { cycleStart = now }
        guard let perSecond else { return }
        // Timers are late by a little: what is missed by that is made up for.
        next = max(next, now - max(1 / perSecond, 0.005)) + 1 / perSecond
    }

    /// - Parameters:
    ///   - sent: when the request that was taken was sent.
    ///   - roundTrip: how long a reply takes: a raise shows its effect only then.
    mutating func take(sent: Double, at now: Double, roundTrip: Double) {
        holdsInVain = 0
        guard !isCapricious else {
            lately.taken += 1
            if lately.taken >= 100 { lately = (0, 0) }
            return
        }
        if let overshoot {
            // What was sent with the one that was refused, and not after it.
            if sent <= overshoot.sent { remember(sent) }
            return
        }
        guard let cycleStart, sent >= cycleStart else { return }
        remember(sent)
        guard let rate = perSecond, now >= nextRaise, isInForce(at: now) else { return }
        let step = max(Self.raiseInterval, 2 * roundTrip)
        nextRaise = now + step
        if rate < 0.8 * ceiling {
            perSecond = min(rate * 2, 0.9 * ceiling)
        } else {
            // Faster the longer nothing is refused: the service may allow more by now.
            perSecond = rate * (1 + raise * step)
            raise = min(raise * (1 + 0.1 * step), 0.1)
        }
    }

    private mutating func remember(_ sent: Double) {
        taken += 1
        if sendings.count < Self.mostSendings {
            sendings.append(sent)
        } else {
            sendings[oldestSending] = sent
            oldestSending = (oldestSending + 1) % sendings.count
        }
    }

    /// - Parameters:
    ///   - asked: seconds that the server wants to be left alone; nil where it does not say.
    ///   - jitter: from 0 to 1, for the hold where the server says nothing.
    /// Returns whether it tells something new: what was sent before a hold is refused for the same reason.
    @discardableResult
    mutating func refuse(sent: Double, at now: Double, asked: Double?, jitter: Double) -> Bool {
        guard overshoot == nil, sent >= cycleStart ?? sent else {
            if let asked { hold(until: now + asked) }
            return false
        }
        if isCapricious {
            lately.refused += 1
            if lately.refused < 8 || lately.refused * 4 < lately.taken { return false }
            // So many are no chance.
            forget(isCapricious: false)
        }
        holdsInVain += 1
        let own = Self.shortestHold * Double(1 << min(holdsInVain - 1, 7)) * (1 + jitter)
        let wait = asked ?? min(own, Self.longestHold)
        overshoot = Overshoot(
            sent: sent, hold: now + wait - sent, isRatesFault: perSecond == nil || isInForce(at: sent))
        hold(until: now + wait)
        return true
    }

    private mutating func forget(isCapricious: Bool) {
        self = RequestRate()
        self.isCapricious = isCapricious
    }

    /// It refuses everything and is not waited for any longer: nothing is held back for it.
    mutating func giveUp() {
        let vain = holdsInVain
        forget(isCapricious: false)
        holdsInVain = vain
    }

    private mutating func hold(until end: Double) {
        heldUntil = max(heldUntil, end)
        next = max(next, heldUntil)
    }

    /// After the hold, when all replies to what was sent before it are there.
    private mutating func learn() {
        guard let overshoot else { return }
        if overshoot.isRatesFault { findRate(overshoot) }
        self.overshoot = nil
        if contradictions >= 2 { return forget(isCapricious: true) }
        cycleStart = heldUntil
        nextRaise = heldUntil + Self.raiseInterval
        taken = 0
        sendings.removeAll(keepingCapacity: true)
        oldestSending = 0
    }

    private mutating func findRate(_ overshoot: Overshoot) {
        let elapsed = max(0, overshoot.sent - (cycleStart ?? overshoot.sent))
        guard taken > 0 else {
            // Not even the first was taken.
            perSecond = max((perSecond ?? 2 / max(overshoot.hold, 0.1)) / 2, 0.02)
            ceiling = .infinity
            return
        }
        cycles.append((Double(taken), elapsed))
        if cycles.count > Self.mostCycles { cycles.removeFirst() }
        if areContradictory { contradictions += 1 }
        raise = firstRaise
        let before = sendings.map { overshoot.sent - $0 }.sorted()
        var sure = Double(taken) / (elapsed + overshoot.hold)
        if !reference.isEmpty, elapsed > 1 { sure = max(sure, Double(taken - reference.count) / elapsed) }
        if let found = Self.rate(explaining: before, and: reference), found >= sure {
            ceiling = found
            perSecond = 0.97 * found
            firstRaise /= 2
        } else if elapsed > 2 * overshoot.hold, taken >= Self.fewestTelling {
            // So long that the burst means little.
            ceiling = Double(taken) / elapsed
            perSecond = max(sure, 0.95 * ceiling)
        } else {
            // What was refused is too much, by how much is not known. A few requests say nothing.
            ceiling = taken < Self.fewestTelling ? .infinity : min(ceiling, perSecond ?? .infinity)
            perSecond = max(2 * sure, 0.7 * (perSecond ?? 0))
        }
        if reference.isEmpty || (before.last ?? 0) < (reference.last ?? 0) { reference = before }
    }

    /// Whether no rate explains the refusals: what was taken beside the burst in one time is much more than all that was
    /// taken in another. The first one counts for the burst only: it was the longest in coming.
    private var areContradictory: Bool {
        let burst = cycles.map(\.taken).min() ?? 0
        let telling = cycles.dropFirst().filter { $0.seconds >= 0.3 }
        let most = telling.map { ($0.taken - burst) / $0.seconds }.max() ?? 0
        let least = telling.map { $0.taken / $0.seconds }.min() ?? .infinity
        return most > 1.6 * least
    }

    /// The rate for which both refusals say the same burst; nil where there is none.
    private static func rate(explaining later: [Double], and earlier: [Double]) -> Double? {
        guard !earlier.isEmpty, (later.last ?? 0) > (earlier.last ?? 0) + 0.1 else { return nil }
        var low = 0.0
        var high = 2 * Double(later.count) / 0.1
        func excess(_ rate: Double) -> Double { burst(later, at: rate) - burst(earlier, at: rate) }
        guard excess(low) > 0, excess(high) < 0 else { return nil }
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if excess(middle) > 0 { low = middle } else { high = middle }
        }
        return low
    }

    /// What was taken beside a rate, at most, in a time that ends with the refusal.
    ///
    /// - Parameter before: how long before it each was sent, ascending.
    private static func burst(_ before: [Double], at rate: Double) -> Double {
        var most = 0.0
        for (index, seconds) in before.enumerated() { most = max(most, Double(index + 1) - rate * seconds) }
        return most
    }
}
