/// How many large files are sent to one server at once, found out from how many bytes a second the server takes. One is
/// enough where it fills the link: the first is there soonest, and nothing waits so long that it times out. More are worth
/// it only as far as all together get faster.
///
/// All times are seconds on a monotonic clock that the caller reads.
struct StreamLimit {
    private(set) var count: Int
    /// Why there are no more.
    private(set) var reason = RequestLimit.Reason.enough
    private let most: Int
    private let isFixed: Bool
    private var phase = Phase.growing
    /// Bytes a second with half as many, or before the last step.
    private var former: Double?
    private var window: Window?
    /// Bytes a second when it settled.
    private var settled = 0.0
    private var nextTry = 0.0
    private var tryInterval = Self.shortestTryInterval
    private var slowWindows = 0
    private var timedOutAt = -Double.infinity
    /// Where a try from a number that had settled goes back to.
    private var retreat: Int?
    /// Whether the first bytes of a try are not yet gone, which buffers take at once.
    private var isFresh = false
    /// How often in a row half as many brought less.
    private var losses = 0

    private enum Phase {
        /// As long as twice as many bring more.
        case growing
        /// Until two times in a row bring the same: buffers on the way take the first bytes of every file at once.
        case measuring
        /// As long as half as many bring the same.
        case narrowing
        case settled
    }

    private struct Window {
        let start: Double
        let bytes: Double
        let length: Double
    }

    /// Bytes under way that no link is asked about first.
    private static let unquestioned: Int64 = 1 << 24
    private static let shortestTryInterval = 5.0
    private static let longestTryInterval = 60.0

    /// - Parameter fixed: how many the user wants; nil finds out.
    init(fixed: Int? = nil, most: Int = 256) {
        self.most = fixed ?? most
        isFixed = fixed != nil
        count = fixed ?? 1
    }

    /// How many of that size there are at first.
    static func first(size: Int64) -> Int { Int(min(16, max(1, unquestioned / max(1, size)))) }

    mutating func expect(size: Int64) {
        guard !isFixed, former == nil, phase == .growing else { return }
        count = min(most, max(count, Self.first(size: size)))
    }

    /// - Parameters:
    ///   - delivered: bytes that the server has taken since the start, of all.
    ///   - active: how many are being sent.
    ///   - isMoreWanted: whether others wait for their place.
    ///   - roundTrip: seconds.
    mutating func look(delivered: Double, active: Int, isMoreWanted: Bool, roundTrip: Double, at now: Double) {
        guard !isFixed else { return }
        guard active >= count else {
            window = nil
            return
        }
        guard let current = window else { return begin(delivered, roundTrip, at: now) }
        let elapsed = now - current.start
        guard elapsed >= current.length else { return }
        let speed = (delivered - current.bytes) / elapsed
        let before = count
        take(speed, isMoreWanted, at: now)
        begin(delivered, count == before ? 0 : roundTrip, at: now)
    }

    /// What is new needs a moment until its bytes count.
    private mutating func begin(_ delivered: Double, _ roundTrip: Double, at now: Double) {
        window = Window(
            start: now, bytes: delivered,
            length: phase == .growing && retreat == nil ? max(0.1, 2.5 * roundTrip) : max(0.5, 5 * roundTrip))
    }

    private mutating func take(_ speed: Double, _ isMoreWanted: Bool, at now: Double) {
        switch phase {
        case .growing where isFresh:
            isFresh = false
        case .growing:
            if former.map({ speed >= 1.2 * $0 }) ?? true {
                former = speed
                guard isMoreWanted, count < most else { return }
                count = min(most, count * 2)
            } else if let retreat {
                count = retreat
                settle(settled, at: now)
            } else {
                phase = .measuring
                former = nil
            }
        case .measuring:
            guard let last = former, abs(speed - last) <= 0.15 * last else { return former = speed }
            former = max(speed, last)
            narrow(at: now)
        case .narrowing:
            if speed >= 0.92 * (former ?? 0) {
                former = max(speed, former ?? 0)
                narrow(at: now)
            } else {
                // What others left in buffers on the way goes first.
                losses += 1
                guard losses == Self.mostLosses else { return }
                count = min(most, count * 2)
                settle(former ?? speed, at: now)
            }
        case .settled: watch(speed, isMoreWanted, at: now)
        }
    }

    private mutating func narrow(at now: Double) {
        guard count > 1 else { return settle(former ?? 0, at: now) }
        phase = .narrowing
        losses = 0
        count = (count + 1) / 2
    }

    private mutating func settle(_ speed: Double, at now: Double) {
        phase = .settled
        reason = count >= most ? .most : .goodput
        settled = speed
        nextTry = now + tryInterval
        tryInterval = min(2 * tryInterval, Self.longestTryInterval)
        slowWindows = 0
        retreat = nil
    }

    private static let mostLosses = 6
    private static let mostSlowWindows = 12

    private mutating func watch(_ speed: Double, _ isMoreWanted: Bool, at now: Double) {
        slowWindows = speed < 0.5 * settled ? slowWindows + 1 : 0
        if slowWindows >= Self.mostSlowWindows {
            // The link is another one now.
            tryInterval = Self.shortestTryInterval
            grow(from: speed)
        } else if now >= nextTry, isMoreWanted, count < most {
            retreat = count
            isFresh = true
            grow(from: max(speed, settled))
        }
    }

    private mutating func grow(from speed: Double) {
        phase = .growing
        former = speed
        count = min(most, count * 2)
    }

    /// Bytes did not move for too long. Those that were sent together say so once.
    ///
    /// - Parameter sent: when its request was.
    mutating func timeOut(sent: Double, at now: Double) {
        guard sent >= timedOutAt else { return }
        timedOutAt = now
        count = max(1, count / 2)
        reason = .trouble
        guard !isFixed else { return }
        phase = .settled
        nextTry = .infinity
        window = nil
    }
}
