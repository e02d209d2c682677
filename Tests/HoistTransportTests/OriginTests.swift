import Testing

@testable import HoistCore
@testable import HoistTransport

/// A server that refuses everybody is asked by one request at a time.
@Suite struct OriginTests {
    private let refused = Failure(.temporary, code: "no_connection", "refused")
    private final class Input {}
    private let inputs = (0..<4).map { _ in Input() }

    private func input(_ number: Int) -> ObjectIdentifier { ObjectIdentifier(inputs[number % inputs.count]) }

    /// A server that has just failed each of four inputs, and is waited for for minutes: tests may have to wait their turn.
    private func awayOrigin(retries: Int = 100) -> Origin {
        let origin = Origin(policy: RetryPolicy(retries: retries), jobs: 1)
        #expect((0..<4).map { origin.failed(refused, .ordinary, input($0)) } == [false, false, false, true])
        return origin
    }

    @Test func chanceIsNoOutage() async throws {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 8)
        for _ in 0..<100 {
            for number in 0..<7 { #expect(!origin.failed(refused, .ordinary, input(number))) }
            origin.answered(input(0))
        }
        #expect(!origin.isAwaited)
        #expect(try await origin.turn(of: input(0), until: nil) == .ordinary)
    }

    @Test func oneAsksAndTheOthersWait() async throws {
        let origin = awayOrigin()
        #expect(origin.isAwaited)
        let first = input(0)
        let turns = try await withThrowingTaskGroup(of: Origin.Turn.self) { group in
            for _ in 0..<10 { group.addTask { try await origin.turn(of: first, until: nil) } }
            // The first to come through is the one that asks; nobody else does before it has an answer.
            let turn = try #require(try await group.next())
            origin.answered(first)
            return try await group.reduce(into: [turn]) { $0.append($1) }
        }
        #expect(turns == [.probe] + Array(repeating: .ordinary, count: 9))
        #expect(!origin.isAwaited)
    }

    @Test func aProbeThatFailsIsFollowedByAnother() async throws {
        let origin = awayOrigin()
        #expect(try await origin.turn(of: input(0), until: nil) == .probe)
        #expect(!origin.failed(refused, .probe, input(0)))
        #expect(try await origin.turn(of: input(0), until: nil) == .probe)
        // What ends for another reason leaves the question to the next one.
        #expect(!origin.failed(.interrupted, .probe, input(0)))
        #expect(try await origin.turn(of: input(0), until: nil) == .probe)
    }

    @Test func whoWasAskedAboutLastLeavesItToTheOthers() async throws {
        let origin = awayOrigin()
        #expect(try await origin.turn(of: input(0), until: nil) == .probe)
        let others = (1..<3).map { number in
            Task { [first = input(number)] in try await origin.turn(of: first, until: nil) }
        }
        #expect(!origin.failed(refused, .probe, input(0)))
        // Whoever of the others it is: not the one that has just asked.
        let same = Task { [first = input(0)] in try await origin.turn(of: first, until: nil) }
        let turn = try await withThrowingTaskGroup(of: (isSame: Bool, turn: Origin.Turn).self) { group in
            for other in others { group.addTask { (false, try await other.value) } }
            group.addTask { (true, try await same.value) }
            let first = try #require(try await group.next())
            origin.answered(input(0))
            try await group.waitForAll()
            return first
        }
        #expect(turn == (false, .probe))
    }

    @Test(arguments: [429, 408, 500])
    func aServerThatSaysItIsBusyIsThere(status: Int) {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        for _ in 0..<100 {
            let busy = Failure(.temporary, code: "busy", "m", httpStatus: status)
            #expect((0..<4).allSatisfy { !origin.failed(busy, .ordinary, input($0)) })
        }
    }

    @Test func aRefusalIsAnAnswer() {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        for _ in 0..<10 {
            for number in 0..<3 { #expect(!origin.failed(refused, .ordinary, input(number))) }
            let refusal = Failure(.refusedByService, code: "no", "m", httpStatus: 400)
            #expect(!origin.failed(refusal, .ordinary, input(3)))
        }
    }

    /// What fails for one input alone may be the input's doing.
    @Test func oneInputThatAlwaysFailsIsNoOutage() {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        for _ in 0..<100 { #expect(!origin.failed(refused, .ordinary, input(0))) }
        #expect(!origin.isAwaited)
    }

    @Test func othersThatWereAnsweredMakeAFailureChance() {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        #expect(!origin.hasAnsweredOthers(than: input(0)))
        origin.answered(input(0))
        #expect(!origin.hasAnsweredOthers(than: input(0)))
        #expect(origin.hasAnsweredOthers(than: input(1)))
        origin.answered(input(1))
        origin.answered(input(2))
        #expect(origin.hasAnsweredOthers(than: input(0)))
    }

    @Test func aServerThatIsAwayForHoursIsNotWaitedFor() {
        let origin = awayOrigin()
        let closed = Failure(.temporary, code: "closed", "m", httpStatus: 503, retryAfter: 3600)
        #expect(!origin.failed(closed, .ordinary, input(0)))
        #expect(!origin.isAwaited)
    }

    @Test func nobodyIsWaitedForWithoutRetries() async throws {
        let origin = awayOrigin(retries: 0)
        #expect(!origin.isAwaited)
        #expect(try await origin.turn(of: input(0), until: nil) == .ordinary)
    }

    @Test func aDeadlineEndsTheWait() async throws {
        let origin = awayOrigin()
        #expect(try await origin.turn(of: input(0), until: .now) == .ordinary)
    }
}
