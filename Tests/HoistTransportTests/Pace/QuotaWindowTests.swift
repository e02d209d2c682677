import Testing

@testable import HoistTransport

/// A server that says how many requests it still takes, and until when.
@Suite struct QuotaWindowTests {
    private func quota(_ remaining: Int, reset: Int) throws -> Quota {
        try #require(Quota(["RateLimit: limit=10, remaining=\(remaining), reset=\(reset)"], now: 0))
    }

    @Test func nothingIsAwaitedBeforeItSaysSomething() {
        var window = QuotaWindow()
        for time in [0.0, 1] {
            #expect(window.nextTurn < time)
            window.start(at: time)
        }
        #expect(!window.isKnown)
    }

    @Test func whatIsLeftIsUsedAndTheRestWaits() throws {
        var window = QuotaWindow()
        window.learn(try quota(3, reset: 5), underWay: 1, at: 10)
        for _ in 0..<2 {
            #expect(window.nextTurn < 10)
            window.start(at: 10)
        }
        #expect(window.nextTurn == 15)
        // The first one after it brings news of the next window with its reply; until then nothing holds the others.
        window.start(at: 15)
        #expect(window.nextTurn < 15)
    }

    /// Whole seconds are rounded down by most: whoever comes at once is refused, but only once.
    @Test func aWindowThatEndsLaterThanSaidIsNoticed() throws {
        var window = QuotaWindow()
        window.learn(try quota(0, reset: 5), underWay: 0, at: 10)
        window.refuse(sent: 12)
        window.learn(try quota(0, reset: 5), underWay: 0, at: 10)
        #expect(window.nextTurn == 15, "refused for another reason")
        window.refuse(sent: 15.2)
        window.learn(try quota(0, reset: 5), underWay: 0, at: 16)
        #expect(window.nextTurn == 22)
    }
}
