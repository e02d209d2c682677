import Testing

@testable import HoistTransport

@Suite struct StallWatchTests {
    private let start = ContinuousClock.now
    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }
    private func watch() -> StallWatch { StallWatch(timeout: .seconds(2), replyTimeout: .seconds(10), now: start) }

    @Test func whatMovesIsNoStall() {
        var watch = watch()
        for step in 1...100 {
            let position = StallWatch.Position(taken: Int64(step), received: 0, isBodyTaken: false)
            #expect(watch.stall(position, at: at(Double(step) * 1.9)) == nil)
        }
    }

    @Test func whatStandsStillIsOne() {
        var watch = watch()
        let position = StallWatch.Position(taken: 5, received: 0, isBodyTaken: false)
        #expect(watch.stall(position, at: at(1)) == nil)
        #expect(watch.stall(position, at: at(2.9)) == nil)
        #expect(watch.stall(position, at: at(3)) == .sending)
    }

    @Test func theReplyHasItsOwnLimit() {
        var watch = watch()
        let sent = StallWatch.Position(taken: 5, received: 0, isBodyTaken: true)
        #expect(watch.stall(sent, at: at(1)) == nil)
        #expect(watch.stall(sent, at: at(10.9)) == nil)
        #expect(watch.stall(sent, at: at(11)) == .reply)
    }

    /// From the last byte taken, all of the reply has one time limit, however it drips.
    @Test func aReplyInDropsIsNoProgress() {
        var watch = watch()
        for step in 0..<20 {
            let position = StallWatch.Position(taken: 5, received: Int64(step), isBodyTaken: true)
            #expect((watch.stall(position, at: at(Double(step))) == .reply) == (step >= 10))
        }
    }

    @Test func whatHoistHoldsBackIsExcused() {
        var watch = watch()
        let position = StallWatch.Position(taken: 5, received: 0, isBodyTaken: false)
        #expect(watch.stall(position, at: at(0)) == nil)
        for second in 1...50 {
            watch.excuse(at: at(Double(second)))
            #expect(watch.stall(position, at: at(Double(second))) == nil)
        }
        #expect(watch.stall(position, at: at(52)) == .sending)
    }
}
