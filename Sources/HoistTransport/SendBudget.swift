/// Shares out the bytes a second that all files together may be sent at. It lives on the transfer loop's thread alone.
final class SendBudget {
    /// How often those that wait get their share; short, so that the rate is even.
    static let tick = Duration.milliseconds(20)
    /// Seconds of sending that may be saved up while nobody sends.
    private static let longestSaving = 0.1

    /// Bytes a second: more than any link has, and what adds up while the process is stopped has room in an integer.
    private static let highestRate = 1e12

    private let rate: Double
    private var credit: Double
    private var last = ContinuousClock.now

    /// - Parameter rate: bytes a second.
    init(rate: Double) {
        self.rate = min(rate, Self.highestRate)
        credit = self.rate * Self.longestSaving
    }

    /// What may be sent at once of `wanted` bytes.
    func take(_ wanted: Int) -> Int {
        let granted = min(Double(wanted), credit.rounded(.down))
        guard granted >= 1 else { return 0 }
        credit -= granted
        return Int(granted)
    }

    /// What each of `count` that wait may send next.
    func share(among count: Int, at now: ContinuousClock.Instant) -> Int {
        credit += rate * ((now - last) / .seconds(1))
        last = now
        let share = (credit / Double(max(1, count))).rounded(.down)
        guard count > 0, share >= 1 else {
            // A byte for each that waits has to fit, or all would wait for ever.
            credit = min(credit, max(Double(max(1, count)), rate * Self.longestSaving))
            return 0
        }
        credit -= share * Double(count)
        return Int(share)
    }
}
