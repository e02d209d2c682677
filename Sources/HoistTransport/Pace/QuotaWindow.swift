/// How many requests a server still takes until it counts anew, where it says so. All times are seconds on a monotonic clock
/// that the caller reads.
struct QuotaWindow {
    private var left = 0
    private var end = -Double.infinity
    /// Seconds that it counts anew later than it says: most round down to whole ones.
    private var delay = 0.0

    /// Whether it says how many it takes.
    var isKnown: Bool { end > -.infinity }

    /// When the next request may be sent.
    var nextTurn: Double { left > 0 ? -.infinity : end }

    mutating func start(at now: Double) { if now < end { left -= 1 } else { left = .max } }

    /// - Parameter underWay: requests that it may have counted or not.
    mutating func learn(_ quota: Quota, underWay: Int, at now: Double) {
        left = quota.remaining - underWay
        end = now + quota.reset + delay
    }

    /// It refused a request: when that was sent just after the end, it had not counted anew.
    mutating func refuse(sent: Double) {
        if sent >= end, sent < end + Self.longestDelay { delay = Self.longestDelay }
    }

    private static let longestDelay = 1.0
}
