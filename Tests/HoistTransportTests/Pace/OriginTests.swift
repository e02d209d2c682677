import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistTransport

/// Who may send to a server, and when. Times are lower bounds only: a busy machine may always take longer.
@Suite(.timeLimit(.minutes(5))) struct OriginTests: Sendable {
    private final class Input: Sendable {}
    private let input = Input()
    private let tooMany = Failure(.temporary, code: "rate_limited", "m", httpStatus: 429, retryAfter: 0.3)

    private func want(bytes: Int64 = 0, isCounted: Bool = true) -> Origin.Want {
        Origin.Want(input: ObjectIdentifier(input), bytes: bytes, isCounted: isCounted)
    }

    private func origin(jobs: Int?, retries: Int = 4, requestsPerSecond: Double? = nil) -> Origin {
        Origin(policy: RetryPolicy(retries: retries), jobs: jobs, requestsPerSecond: requestsPerSecond)
    }

    @Test func noMoreThanAllowedAreUnderWay() async throws {
        let origin = origin(jobs: 2)
        let first = try await origin.enter(want())
        _ = try await origin.enter(want())
        let order = Order()
        let third = await started {
            let pass = try await origin.enter(want())
            order.add("third")
            return pass
        }
        order.add("first")
        origin.leave(first, latency: 0.01, quota: nil)
        _ = try await third.value
        #expect(order.names == ["first", "third"])
    }

    /// Large files and small requests do not stand in each other's way.
    @Test func largeFilesHavePlacesOfTheirOwn() async throws {
        let origin = origin(jobs: 1)
        let large = try await origin.enter(want(bytes: 1 << 30))
        let small = try await origin.enter(want())
        let next = await started { try await origin.enter(want(bytes: 1 << 30)) }
        origin.leave(small, latency: 0.01, quota: nil)
        // Its reply is still awaited, but all its bytes are there.
        large.place?.report(delivered: 1 << 30, isSent: true)
        origin.lookAtStreams()
        #expect(try await next.value.place != nil)
    }

    @Test func aRefusalHoldsEverybodyAndIsNobodysAttempt() async throws {
        let origin = origin(jobs: 8)
        let passes = [try await origin.enter(want()), try await origin.enter(want())]
        let refused = MonotonicSeconds.now
        guard case .tooMany(let hold?) = origin.leave(passes[0], tooMany) else {
            Issue.record("a 429 says that there are too many")
            return
        }
        #expect(0.25...0.31 ~= hold)
        #expect(origin.leave(passes[1], tooMany) == .tooMany(nil), "sent before the hold, it says nothing new")
        let next = try await origin.enter(want(isCounted: false))
        #expect(MonotonicSeconds.now - refused >= 0.29, "what is not counted is held as well")
        #expect(!origin.pace.isTelling, "it has taken nothing, so nothing is known of it")
        origin.leave(next, latency: 0.01, quota: nil)
        #expect(origin.pace.isTelling)
    }

    @Test func aRefusalIsAFailureWhereNothingIsTriedAgain() async throws {
        let origin = origin(jobs: 8, retries: 0)
        #expect(origin.leave(try await origin.enter(want()), tooMany) == .hopeless)
    }

    /// It never took anything: maybe it never will.
    @Test func aServerThatTakesNothingIsGivenUp() async throws {
        let origin = origin(jobs: 1, retries: 2)
        let soon = Failure(.temporary, code: "rate_limited", "m", httpStatus: 429, retryAfter: 0.01)
        for attempt in 0..<3 {
            let verdict = origin.leave(try await origin.enter(want()), soon)
            if attempt < 2 {
                guard case .tooMany = verdict else { return #expect(Bool(false), "\(verdict)") }
            } else {
                #expect(verdict == .hopeless)
            }
        }
    }

    @Test func whoAsksForHoursIsNotWaitedForAndGetsNothingMore() async throws {
        let origin = origin(jobs: 1)
        let later = Failure(.temporary, code: "rate_limited", "m", httpStatus: 429, retryAfter: 3600)
        let first = try await origin.enter(want())
        let inLine = await started { try await origin.enter(want()) }
        #expect(origin.leave(first, later) == .ordinary)
        for next in [inLine, await started { try await origin.enter(want()) }] {
            let failure = await #expect(throws: Failure.self) { try await next.value }
            #expect(failure?.code == "rate_limited")
            #expect(failure?.advice == "run it again in 3600 s, as it asks")
        }
    }

    @Test func aCancellationSendsAwayWhoWaits() async throws {
        let origin = origin(jobs: 1)
        let first = try await origin.enter(want())
        let second = await started { try await origin.enter(want()) }
        second.cancel()
        await #expect(throws: Failure.interrupted) { try await second.value }
        origin.leave(first, latency: 0.01, quota: nil)
        _ = try await origin.enter(want())
    }

    @Test func whatIsCountedGoesAtTheRateThatIsSaid() async throws {
        let start = MonotonicSeconds.now
        let origin = origin(jobs: 8, requestsPerSecond: 20)
        for turn in 0..<5 {
            origin.leave(try await origin.enter(want()), latency: 0.01, quota: nil)
            #expect(MonotonicSeconds.now - start >= 0.05 * Double(turn) - 0.001)
        }
        let counted = MonotonicSeconds.now
        for _ in 0..<5 { _ = try await origin.enter(want(isCounted: false)) }
        #expect(MonotonicSeconds.now - counted < 60)
    }

    @Test func aQuotaThatIsUsedUpIsWaitedFor() async throws {
        let origin = origin(jobs: 8)
        let pass = try await origin.enter(want())
        let told = MonotonicSeconds.now
        let quota = try #require(Quota(["RateLimit: limit=9, remaining=1, reset=1"], now: 0))
        origin.leave(pass, latency: 0.01, quota: quota)
        _ = try await origin.enter(want())
        _ = try await origin.enter(want())
        #expect(MonotonicSeconds.now - told >= 0.99)
    }

    @Test func othersThatWereAnsweredMakeAFailureChance() async throws {
        let (origin, other) = (origin(jobs: 1), Input())
        let id = ObjectIdentifier(input)
        #expect(!origin.hasAnsweredOthers(than: id))
        origin.leave(try await origin.enter(want()), latency: 0.01, quota: nil)
        #expect(!origin.hasAnsweredOthers(than: id))
        #expect(origin.hasAnsweredOthers(than: ObjectIdentifier(other)))
    }

    @Test func aHandleIsNewOnce() {
        let origin = origin(jobs: 1)
        #expect(origin.isNew(handle: "a"))
        #expect(!origin.isNew(handle: "a"))
        #expect(origin.isNew(handle: "b", of: 3))
        #expect(origin.isNew(handle: "b", of: 3))
        #expect(!origin.isNew(handle: "b", of: 4))
    }
}
