import Testing

@testable import HoistCore
@testable import HoistTransport

/// A server that refuses everybody is asked by one request at a time.
@Suite struct PresenceTests {
    private let refused = Failure(.temporary, code: "no_connection", "refused")
    private final class Input {}
    private let inputs = (0..<4).map { _ in Input() }

    private func input(_ number: Int) -> ObjectIdentifier { ObjectIdentifier(inputs[number % inputs.count]) }

    private func presence(retries: Int = 4, jobs: Int = 1) -> Presence {
        Presence(policy: RetryPolicy(retries: retries), jobs: jobs)
    }

    /// A server that has just failed each of four inputs, and is waited for.
    private func away(retries: Int = 100) -> Presence {
        var presence = presence(retries: retries)
        for number in 0..<4 { #expect(presence.fails(refused, input(number)) == (number == 3)) }
        return presence
    }

    @Test func chanceIsNoOutage() {
        var presence = presence(jobs: 8)
        for _ in 0..<100 {
            for number in 0..<7 { #expect(presence.fails(refused, input(number)) == false) }
            presence.answer(input(0))
        }
        #expect(!presence.isAwaited(at: 0))
        #expect(presence.turn(of: input(0), until: .infinity, at: 0) == .ordinary)
    }

    @Test func oneAsksAndTheOthersWait() {
        var presence = away()
        #expect(presence.isAwaited(at: 1))
        #expect(presence.turn(of: input(0), until: .infinity, at: 1) == .probe)
        for number in 0..<4 {
            #expect(presence.turn(of: input(number), until: .infinity, at: 1) == .wait(until: .infinity))
        }
        presence.answer(input(0))
        #expect(!presence.isAwaited(at: 1))
        for number in 0..<4 { #expect(presence.turn(of: input(number), until: .infinity, at: 1) == .ordinary) }
    }

    @Test func aProbeThatFailsIsFollowedByAnother() {
        var presence = away()
        #expect(presence.turn(of: input(0), until: .infinity, at: 1) == .probe)
        #expect(presence.fails(refused, input(0), isProbe: true, at: 1) == false)
        guard case .wait(let next) = presence.turn(of: input(1), until: .infinity, at: 1) else {
            Issue.record("somebody asks at once")
            return
        }
        #expect(1.2...2 ~= next)
        #expect(presence.turn(of: input(1), until: .infinity, at: next) == .probe)
        // What ends for another reason leaves the question to the next one.
        #expect(presence.fails(.interrupted, input(1), isProbe: true, at: next) == false)
        #expect(presence.turn(of: input(2), until: .infinity, at: next) == .probe)
    }

    @Test func whoWasAskedAboutLastLeavesItToTheOthers() {
        var presence = away()
        #expect(presence.turn(of: input(0), until: .infinity, at: 1) == .probe)
        #expect(presence.fails(refused, input(0), isProbe: true, at: 1) == false)
        guard case .wait(let other) = presence.turn(of: input(1), until: .infinity, at: 1),
            case .wait(let same) = presence.turn(of: input(0), until: .infinity, at: 1)
        else {
            Issue.record("somebody asks at once")
            return
        }
        #expect(same > other)
        #expect(presence.turn(of: input(1), until: .infinity, at: other) == .probe)
    }

    @Test(arguments: [429, 408, 500])
    func aServerThatSaysItIsBusyIsThere(status: Int) {
        var presence = presence()
        for _ in 0..<100 {
            let busy = Failure(.temporary, code: "busy", "m", httpStatus: status)
            for number in 0..<4 { #expect(presence.fails(busy, input(number)) == false) }
        }
    }

    /// One that never answered may be a proxy before nobody.
    @Test func onlyWhoAnsweredBeforeHasTooManyRequestsWith503() {
        let busy = Failure(.temporary, code: "busy", "m", httpStatus: 503, retryAfter: 1)
        var new = presence()
        for number in 0..<4 { #expect(new.fails(busy, input(number)) == (number == 3)) }
        var known = presence()
        known.answer(input(0))
        for _ in 0..<100 { for number in 0..<4 { #expect(known.fails(busy, input(number)) == false) } }
    }

    @Test func aRefusalIsAnAnswer() {
        var presence = presence()
        for _ in 0..<10 {
            for number in 0..<3 { #expect(presence.fails(refused, input(number)) == false) }
            #expect(presence.fails(Failure(.refusedByService, code: "no", "m", httpStatus: 400), input(3)) == false)
        }
    }

    /// What fails for one input alone may be the input's doing.
    @Test func oneInputThatAlwaysFailsIsNoOutage() {
        var presence = presence()
        for _ in 0..<100 { #expect(presence.fails(refused, input(0)) == false) }
        #expect(!presence.isAwaited(at: 0))
    }

    @Test func aServerThatIsAwayForHoursIsNotWaitedFor() {
        var presence = away()
        let closed = Failure(.temporary, code: "closed", "m", httpStatus: 503, retryAfter: 3600)
        #expect(presence.fails(closed, input(0)) == false)
        #expect(!presence.isAwaited(at: 0))
    }

    @Test func nobodyIsWaitedForWithoutRetries() {
        var presence = away(retries: 0)
        #expect(!presence.isAwaited(at: 0))
        #expect(presence.turn(of: input(0), until: .infinity, at: 0) == .ordinary)
    }

    @Test func aDeadlineEndsTheWait() {
        var presence = away()
        #expect(presence.turn(of: input(0), until: 0, at: 0) == .ordinary)
        #expect(presence.turn(of: input(0), until: 0.1, at: 0) == .wait(until: 0.1))
    }
}

extension Presence {
    fileprivate mutating func fails(
        _ failure: Failure, _ input: ObjectIdentifier, isProbe: Bool = false, at now: Double = 0
    ) -> Bool {
        fail(failure, isProbe: isProbe, input, at: now, chance: 0.5)
    }
}
