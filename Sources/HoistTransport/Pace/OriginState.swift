import HoistCore

/// What an `Origin` knows, and which request may go next. All times are seconds on a monotonic clock.
struct OriginState {
    var presence: Presence
    var limit: RequestLimit
    var streams: StreamLimit
    private(set) var rate = RequestRate()
    /// The rate that the user allows.
    private var said: EvenRate?
    private(set) var quota = QuotaWindow()
    /// Until when the server wants nothing more, where nobody waits that long.
    private var closedUntil = -Double.infinity
    /// Small requests that are sent, and their bytes.
    private var small = 0
    private var smallBytes: Int64 = 0
    /// Large files that are sent, in the order in which they began.
    private var large: [Large] = []
    /// Bytes of large files that are done.
    private var deliveredBefore = 0.0
    private(set) var lastTaken: Double?

    private struct Large {
        let place: StreamPlace
        /// Whether all its bytes are known to be there.
        var isSent = false
    }

    /// Failures in a row that are an outage, where the number of jobs is found out.
    private static let toleranceOfOutages = 8
    /// Bytes of small requests that are under way beyond eight of them: what 20 Mbit/s carry in a few seconds.
    private static let mostSmallBytes: Int64 = 1 << 24

    init(policy: RetryPolicy, jobs: Int?, requestsPerSecond: Double?) {
        presence = Presence(policy: policy, jobs: jobs ?? Self.toleranceOfOutages)
        limit = RequestLimit(fixed: jobs)
        streams = StreamLimit(fixed: jobs)
        said = requestsPerSecond.map(EvenRate.init)
    }

    var underWay: Int { small + large.count }
    /// Large files whose bytes are not all there.
    private var sending: Int { large.reduce(0) { $1.isSent ? $0 : $0 + 1 } }
    var hasSentStreams: Bool { deliveredBefore > 0 || !large.isEmpty }

    // MARK: - A request begins

    enum Answer {
        case begin(Origin.Pass)
        /// Infinity where nothing but the end of another request helps.
        case wait(until: Double)
        /// It is not worth the wait: seconds that it would be.
        case closed(Double)
    }

    mutating func ask(_ want: Origin.Want, at origin: Origin, now: Double) -> Answer {
        guard now >= closedUntil else { return .closed(closedUntil - now) }
        let turn = presence.turn(of: want.input, until: want.deadline, at: now)
        if case .wait(let until) = turn { return .wait(until: until) }
        let isProbe = turn == .probe
        if !isProbe, !hasRoom(for: want) { return .wait(until: .infinity) }
        let earliest = earliest(want)
        guard now >= earliest else {
            if isProbe { presence.leaveProbe() }
            if now >= rate.heldUntil, now < rate.nextTurn { rate.wait(at: now) }
            return .wait(until: earliest)
        }
        return .begin(begin(want, isProbe: isProbe, at: origin, now))
    }

    private mutating func hasRoom(for want: Origin.Want) -> Bool {
        if want.isLarge { return sending < streams.count }
        guard small < limit.count else {
            limit.wait()
            return false
        }
        return small < 8 || smallBytes + want.bytes <= Self.mostSmallBytes
    }

    private func earliest(_ want: Origin.Want) -> Double {
        let earliest = max(rate.nextTurn, quota.nextTurn)
        if want.isCounted, let said { return max(earliest, said.next) }
        return earliest
    }

    private mutating func begin(_ want: Origin.Want, isProbe: Bool, at origin: Origin, _ now: Double) -> Origin.Pass {
        let wasCapricious = rate.isCapricious
        rate.start(at: now)
        if rate.isCapricious, !wasCapricious { limit.forgetRefusals() }
        if want.isCounted { said?.start(at: now) }
        quota.start(at: now)
        var place: StreamPlace?
        if want.isLarge {
            streams.expect(size: want.bytes)
            let own = StreamPlace(at: origin)
            large.append(Large(place: own))
            place = own
        } else {
            small += 1
            smallBytes += want.bytes
        }
        return Origin.Pass(want: want, isProbe: isProbe, sent: now, place: place)
    }

    // MARK: - A request ends

    mutating func take(_ pass: Origin.Pass, latency: Double, _ quota: Quota?, at now: Double) {
        presence.answer(pass.want.input)
        lastTaken = now
        rate.take(sent: pass.sent, at: now, roundTrip: limit.base.isFinite ? limit.base : latency)
        if pass.place == nil { limit.reply(latency: latency, at: now) }
        if let quota { self.quota.learn(quota, underWay: underWay, at: now) }
    }

    mutating func fail(
        _ pass: Origin.Pass, _ failure: Failure, underWay: Int, _ policy: RetryPolicy, at now: Double
    ) -> Origin.Verdict {
        let isAway = presence.fail(
            failure, isProbe: pass.isProbe, pass.want.input, at: now, chance: .random(in: 0...1))
        if failure.isTooMany, let verdict = refuse(pass, failure, underWay, policy, at: now) { return verdict }
        guard failure.kind == .temporary else { return .ordinary }
        if failure.code == "timeout" {
            if pass.place == nil {
                limit.timeOut(sent: pass.sent, at: now)
            } else {
                streams.timeOut(sent: pass.sent, at: now)
            }
        } else if failure.httpStatus == 503 {
            limit.fail(sent: pass.sent, at: now)
        }
        return isAway ? .away : .ordinary
    }

    /// Nil where it is not waited for any longer.
    private mutating func refuse(
        _ pass: Origin.Pass, _ failure: Failure, _ underWay: Int, _ policy: RetryPolicy, at now: Double
    ) -> Origin.Verdict? {
        quota.refuse(sent: pass.sent)
        let asked = failure.retryAfter ?? 0
        guard asked <= RetryPolicy.longestWait else {
            closedUntil = max(closedUntil, now + asked)
            return nil
        }
        // One that took requests will take more; one that never did may never.
        let patience = policy.longest / .seconds(1)
        let isHopeless =
            lastTaken.map { now - $0 >= patience } ?? (rate.holdsInVain >= policy.retries)
        guard policy.retries > 0, !isHopeless else {
            rate.giveUp()
            return .hopeless
        }
        let wasCapricious = rate.isCapricious
        let isRatesFault = rate.isInForce(at: pass.sent)
        guard rate.refuse(sent: pass.sent, at: now, asked: failure.retryAfter, jitter: .random(in: 0...1)) else {
            guard rate.isCapricious else { return .tooMany(nil) }
            return .chance(failure.retryAfter ?? .random(in: 0.1...0.5))
        }
        if rate.isCapricious != wasCapricious { return .tooMany(rate.heldUntil - now) }
        if !isRatesFault { limit.refuse(underWay: underWay, at: now) }
        return .tooMany(rate.heldUntil - now)
    }

    /// Returns whether it was a large file that was known to be sent.
    mutating func end(_ pass: Origin.Pass) -> Bool {
        guard let place = pass.place else {
            small -= 1
            smallBytes -= pass.want.bytes
            return false
        }
        deliveredBefore += Double(place.delivered)
        guard let index = large.firstIndex(where: { $0.place === place }) else { return false }
        return large.remove(at: index).isSent
    }

    // MARK: - Large files

    /// Gives the places anew: to those that began first. Returns how many are newly sent.
    ///
    /// - Parameter isMoreWanted: whether others wait for a place.
    mutating func lookAtStreams(isMoreWanted: Bool, at now: Double) -> Int {
        var newlySent = 0
        var delivered = deliveredBefore
        var active = 0
        for index in large.indices {
            let place = large[index].place
            delivered += Double(place.delivered)
            if !large[index].isSent, place.isSent {
                large[index].isSent = true
                newlySent += 1
            }
            if !large[index].isSent, place.mayGo, place.delivered > 0 { active += 1 }
        }
        let isMoreWanted = isMoreWanted || sending > streams.count
        streams.look(
            delivered: delivered, active: active, isMoreWanted: isMoreWanted,
            roundTrip: limit.base.isFinite ? limit.base : 0.05, at: now)
        var places = streams.count
        for entry in large where !entry.isSent {
            entry.place.allow(places > 0)
            places -= 1
        }
        return newlySent
    }
}
