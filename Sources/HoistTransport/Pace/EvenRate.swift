/// Requests at an even rate that the user has set. Times are seconds on a monotonic clock.
struct EvenRate {
    private let interval: Double
    private(set) var next = 0.0

    init(_ perSecond: Double) { interval = 1 / perSecond }

    mutating func start(at now: Double) { next = max(next, now) + interval }
}
