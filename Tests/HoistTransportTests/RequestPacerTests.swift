import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistTransport

/// Times are lower bounds only: a busy machine may always take longer.
@Suite(.timeLimit(.minutes(5))) struct RequestPacerTests {
    @Test func oneAfterAnotherAtTheRate() async throws {
        let start = ContinuousClock.now
        let pacer = RequestPacer(rate: 20)
        for turn in 0..<5 {
            try await pacer.turn()
            #expect(ContinuousClock.now - start >= .milliseconds(50 * turn))
        }
    }

    @Test func whoeverAsks() async throws {
        let start = ContinuousClock.now
        let pacer = RequestPacer(rate: 20)
        let turns = try await withThrowingTaskGroup(of: ContinuousClock.Instant.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await pacer.turn()
                    return .now
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for (index, turn) in turns.sorted().enumerated() { #expect(turn - start >= .milliseconds(50 * index)) }
    }

    @Test func aHoldIsForThoseToCome() async throws {
        let start = ContinuousClock.now
        let pacer = RequestPacer()
        pacer.hold(for: .milliseconds(200))
        try await pacer.turn()
        #expect(ContinuousClock.now - start >= .milliseconds(200))
    }

    /// They have been given their turn before, and would only be told the same.
    @Test func aHoldIsForThoseThatWaitAsWell() async throws {
        // On a busy machine its turn may come before the hold does: then that was no trial.
        for _ in 0..<100 {
            let pacer = RequestPacer(rate: 10)
            try await pacer.turn()
            let waiting = await started {
                try await pacer.turn()
                return ContinuousClock.now
            }
            let start = ContinuousClock.now
            pacer.hold(for: .milliseconds(500))
            let held = ContinuousClock.now
            let turn = try await waiting.value
            guard turn > held else { continue }
            #expect(turn - start >= .milliseconds(500))
            return
        }
        Issue.record("no hold came while somebody waited")
    }

    /// When the hold is over, not all go at once.
    @Test func theRateHoldsAfterAHold() async throws {
        let start = ContinuousClock.now
        let pacer = RequestPacer(rate: 20)
        pacer.hold(for: .milliseconds(100))
        try await pacer.turn()
        try await pacer.turn()
        try await pacer.turn()
        #expect(ContinuousClock.now - start >= .milliseconds(200))
    }

    @Test func aShorterHoldEndsNoLongerOne() async throws {
        let start = ContinuousClock.now
        let pacer = RequestPacer()
        pacer.hold(for: .milliseconds(300))
        pacer.hold(for: .milliseconds(1))
        try await pacer.turn()
        #expect(ContinuousClock.now - start >= .milliseconds(300))
    }

    @Test func whoIsCancelledWaitsNoLonger() async throws {
        let pacer = RequestPacer()
        pacer.hold(for: .seconds(3600))
        let waiting = await started { try await pacer.turn() }
        waiting.cancel()
        let failure = await #expect(throws: Failure.self) { try await waiting.value }
        #expect(failure == .interrupted)
    }
}
