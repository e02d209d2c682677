import Testing

@testable import HoistTransport

/// What replies come to before there is a queue anywhere; what comes then is simulated.
@Suite struct RequestLimitTests {
    @Test func aNumberThatIsGivenStays() {
        var limit = RequestLimit(fixed: 4)
        limit.wait()
        limit.reply(latency: 0.15, at: 1)
        #expect(limit.count == 4)
    }

    /// Refusals of requests that were sent together are one refusal, however many there are: else a single burst that is too
    /// large would leave two at a time, for minutes.
    @Test func whatWasSentTogetherIsRefusedOnce() {
        var limit = RequestLimit()
        for reply in 0..<100 {
            limit.wait()
            limit.reply(latency: 0.06, at: 0.06 + Double(reply) * 0.001)
        }
        let before = limit.count
        #expect(before > 64)
        // Those before them may fill a round with good replies.
        for failure in 0..<2 * before {
            limit.fail(sent: 1, at: 1.06 + Double(failure) * 0.001)
        }
        #expect(limit.count >= before / 4, "\(limit.count)")
        #expect(limit.count < before)
        // What is sent from then on counts anew.
        let then = limit.count
        for failure in 0..<2 * then { limit.fail(sent: 2, at: 2.06 + Double(failure) * 0.001) }
        #expect(limit.count < then)
    }

    /// On loopback the client is what is waited for: more connections would only cost.
    @Test func repliesThatComeAtOnceNeedNoMore() {
        var limit = RequestLimit()
        for reply in 0..<1000 {
            limit.wait()
            limit.reply(latency: 0.0001, at: Double(reply) * 0.0001)
        }
        #expect(limit.count == 16)
    }
}
