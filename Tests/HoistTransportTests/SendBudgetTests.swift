import Testing

@testable import HoistTransport

@Suite struct SendBudgetTests {
    /// A budget whose clock starts at that moment, with all that may be saved up.
    private func budget(rate: Double, at start: ContinuousClock.Instant) -> SendBudget {
        let budget = SendBudget(rate: rate)
        _ = budget.share(among: 0, at: start)
        return budget
    }

    /// Later than anything the budget has seen so far.
    private let start = ContinuousClock.now + .seconds(60)

    @Test func noMoreIsTakenThanIsSavedUp() {
        let budget = budget(rate: 1000, at: start)
        #expect(budget.take(30) == 30)
        #expect(budget.take(5000) == 70)
        #expect(budget.take(1) == 0)
    }

    @Test func littleIsSavedUpHoweverLongNobodySends() {
        let budget = budget(rate: 1000, at: start)
        _ = budget.share(among: 0, at: start + .seconds(3600))
        #expect(budget.take(.max) == 100)
    }

    @Test func thoseThatWaitGetEqualShares() {
        let budget = budget(rate: 1000, at: start)
        #expect(budget.take(100) == 100)
        #expect(budget.share(among: 4, at: start + .seconds(1)) == 250)
        #expect(budget.share(among: 4, at: start + .seconds(1)) == 0, "nothing is left")
    }

    @Test(arguments: [1, 3, 8], [1_000.0, 100_000, 1e9])
    func allTogetherKeepToTheRate(count: Int, rate: Double) {
        let budget = budget(rate: rate, at: start)
        var sent = 0
        for tick in 1...500 {
            sent += budget.share(among: count, at: start + SendBudget.tick * tick) * count
        }
        #expect(Double(sent) <= rate * 10.1)
        #expect(Double(sent) >= rate * 10 - Double(count))
    }

    /// However slow: what is left to wait for ever would hang.
    @Test(arguments: [1.0, 5, 50], [1, 8, 256])
    func everyoneGetsSomethingInTheEnd(rate: Double, count: Int) {
        let budget = budget(rate: rate, at: start)
        let seconds = 2 * Int(Double(count) / rate + 1)
        let sent = (1...seconds).map { budget.share(among: count, at: start + .seconds($0)) }.reduce(0, +)
        #expect(sent >= 1)
    }

    /// What was saved up while the loop stood still is more than a number has room for.
    @Test func theHighestRateAndALongPause() {
        let start = ContinuousClock.now + .seconds(60)
        let budget = SendBudget(rate: Double(Int64.max))
        _ = budget.share(among: 0, at: start)
        #expect(budget.share(among: 1, at: start + .seconds(3600)) > 0)
        #expect(budget.take(.max) >= 0)
    }
}
