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
