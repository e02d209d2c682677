import Testing

@testable import HoistKit

/// A server that refuses everybody is asked by one request at a time.
@Suite struct OriginTests {
    private let refused = Failure(.temporary, code: "no_connection", "refused")

    @Test func chanceIsNoOutage() async throws {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 8)
        for _ in 0..<100 {
            for _ in 0..<7 { #expect(!origin.failed(refused, .ordinary)) }
            origin.answered()
        }
        #expect(!origin.isAwaited)
        #expect(try await origin.turn(until: nil) == .ordinary)
    }

    @Test func oneAsksAndTheOthersWait() async throws {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        #expect((1...4).map { _ in origin.failed(refused, .ordinary) } == [false, false, false, true])
        #expect(origin.isAwaited)
        let turns = try await withThrowingTaskGroup(of: Origin.Turn.self) { group in
            for _ in 0..<10 { group.addTask { try await origin.turn(until: nil) } }
            // The first to come through is the one that asks; nobody else does before it has an answer.
            let first = try #require(try await group.next())
            origin.answered()
            return try await group.reduce(into: [first]) { $0.append($1) }
        }
        #expect(turns == [.probe] + Array(repeating: .ordinary, count: 9))
        #expect(!origin.isAwaited)
    }

    @Test func aProbeThatFailsIsFollowedByAnother() async throws {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        for _ in 0..<4 { _ = origin.failed(refused, .ordinary) }
        #expect(try await origin.turn(until: nil) == .probe)
        #expect(!origin.failed(refused, .probe))
        #expect(try await origin.turn(until: nil) == .probe)
        // What ends for another reason leaves the question to the next one.
        #expect(!origin.failed(.interrupted, .probe))
        #expect(try await origin.turn(until: nil) == .probe)
    }

    @Test(arguments: [429, 408])
    func aServerThatSaysItIsBusyIsThere(status: Int) {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        for _ in 0..<100 {
            #expect(!origin.failed(Failure(.temporary, code: "busy", "m", httpStatus: status), .ordinary))
        }
    }

    @Test func aRefusalIsAnAnswer() {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        for _ in 0..<10 {
            for _ in 0..<3 { #expect(!origin.failed(refused, .ordinary)) }
            #expect(!origin.failed(Failure(.refusedByService, code: "no", "m", httpStatus: 400), .ordinary))
        }
        #expect(origin.answers == 10)
    }

    @Test func nobodyIsWaitedForWithoutRetries() async throws {
        let origin = Origin(policy: RetryPolicy(retries: 0), jobs: 1)
        for _ in 0..<4 { _ = origin.failed(refused, .ordinary) }
        #expect(!origin.isAwaited)
        #expect(try await origin.turn(until: nil) == .ordinary)
    }

    @Test func aDeadlineEndsTheWait() async throws {
        let origin = Origin(policy: RetryPolicy(retries: 4), jobs: 1)
        for _ in 0..<4 { _ = origin.failed(refused, .ordinary) }
        #expect(try await origin.turn(until: .now) == .ordinary)
    }
}
