import Glibc
import Testing

@testable import HoistCore
@testable import HoistTransport

@Suite struct RetryPolicyTests {
    private static func trouble(_ kind: FailureClass = .temporary, retryAfter: Double? = nil) -> Failure {
        Failure(kind, code: "c", "m", retryAfter: retryAfter)
    }

    @Test(arguments: FailureClass.allCases)
    func temporaryTroubleOnly(_ kind: FailureClass) {
        let wait = RetryPolicy(retries: 3).wait(after: Self.trouble(kind, retryAfter: 1), attempt: 1)
        #expect((wait != nil) == (kind == .temporary))
    }

    @Test(arguments: [0, 1, 3, 100])
    func soManyRetriesAndNoMore(_ retries: Int) {
        let policy = RetryPolicy(retries: retries)
        for attempt in 1...(retries + 1) {
            #expect((policy.wait(after: Self.trouble(), attempt: attempt) != nil) == (attempt <= retries))
        }
    }

    /// Doubling from half a second to half a minute; all of it is chance, so that many clients do not come back at once.
    @Test(arguments: [(1, 0.5), (2, 1.0), (3, 2), (4, 4), (5, 8), (6, 16), (7, 30), (8, 30), (64, 30), (100, 30)])
    func backoff(_ attempt: Int, _ ceiling: Double) throws {
        var waits = Set<Duration>()
        for _ in 0..<200 {
            let wait = try #require(RetryPolicy(retries: 100).wait(after: Self.trouble(), attempt: attempt))
            #expect(wait >= .zero && wait <= .seconds(ceiling))
            waits.insert(wait)
        }
        #expect(waits.count > 10)
    }

    /// While the server answers others, a file was unlucky, and is tried more often.
    @Test func chanceIsTriedThreeTimesAsOften() {
        let policy = RetryPolicy(retries: 4)
        for attempt in 1...13 {
            let wait = policy.wait(after: Self.trouble(), attempt: attempt, isChance: true)
            #expect((wait != nil) == (attempt <= 12))
        }
        #expect(RetryPolicy(retries: 0).wait(after: Self.trouble(), attempt: 1, isChance: true) == nil)
    }

    @Test func notForLongerThanTheLongest() {
        let policy = RetryPolicy(retries: 100, longest: .seconds(60))
        let asked = Self.trouble(retryAfter: 10)
        #expect(policy.wait(after: asked, attempt: 3, elapsed: .seconds(50)) == .seconds(10))
        #expect(policy.wait(after: asked, attempt: 3, elapsed: .seconds(51)) == nil)
    }

    @Test func aServerThatNeverAnsweredIsWaitedForLess() {
        #expect(RetryPolicy(retries: 4).patience(hasAnswered: true) == .seconds(600))
        #expect(RetryPolicy(retries: 4).patience(hasAnswered: false) == .seconds(16))
        #expect(RetryPolicy(retries: 0).patience(hasAnswered: true) == .zero)
        #expect(RetryPolicy(retries: 4, longest: .seconds(3)).patience(hasAnswered: false) == .seconds(3))
    }

    @Test(arguments: [0, 1, 7.5, 119, 120.0])
    func asLongAsTheServiceAsks(_ seconds: Double) {
        let wait = RetryPolicy(retries: 1).wait(after: Self.trouble(retryAfter: seconds), attempt: 1)
        #expect(wait == .seconds(seconds))
    }

    @Test(arguments: [120.5, 121, 3600, 1e9, 1e300, .infinity])
    func longerThanAnyoneWaitsIsReported(_ seconds: Double) {
        #expect(RetryPolicy(retries: 1).wait(after: Self.trouble(retryAfter: seconds), attempt: 1) == nil)
    }

    @Test(arguments: [("0", 0.0), ("1", 1), ("120", 120), ("007", 7), ("4294967295", 4_294_967_295)])
    func retryAfterInSeconds(_ value: String, _ seconds: Double) {
        #expect(RetryAfter.seconds(value) == seconds)
    }

    /// More digits than a number has room for are still a long time (RFC 9110, section 10.2.3: 1*DIGIT).
    @Test(arguments: ["4294967296", "99999999999", "99999999999999999999999"])
    func retryAfterWithoutEnd(_ value: String) {
        #expect((RetryAfter.seconds(value) ?? 0) > RetryPolicy.longestWait)
    }

    /// However late, it is a number, and where nobody has such a time in mind it is not said.
    @Test(arguments: [
        String(repeating: "9", count: 400), "99999999999999999999", "9999999999", "Fri, 31 Dec 9999 23:59:59 GMT",
    ])
    func retryAfterBeyondAllTime(_ value: String) throws {
        let seconds = try #require(RetryAfter.seconds(value))
        #expect(seconds.isFinite && seconds > RetryPolicy.longestWait)
        #expect(RetryAfter.advice(seconds) == "run it again later")
    }

    @Test func retryAfterOfAnHourIsSaid() {
        #expect(RetryAfter.advice(RetryAfter.seconds("3600")) == "run it again in 3600 s, as it asks")
    }

    @Test(arguments: [
        "Sun, 06 Nov 1904 08:49:37 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Wed, 31 Dec 1969 23:59:59 GMT",
    ])
    func retryAfterBeforeThereWereClocks(_ value: String) {
        #expect([nil, 0].contains(RetryAfter.seconds(value)))
    }

    @Test(arguments: [
        "", " ", "inf", "Infinity", "nan", "-inf", "1e9", "-1", "+1", "0,5", "1 2", "soon", "-5", "5.5", "1e3", "0x10",
        "5 seconds", "\u{665}",
    ])
    func retryAfterThatIsNeither(_ value: String) {
        #expect(RetryAfter.seconds(value) == nil)
    }

    @Test func retryAfterAsADate() throws {
        // All three forms of RFC 9110, section 5.6.7; all are over.
        for past in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            #expect(RetryAfter.seconds(past) == 0)
        }
        var now = time(nil) + 100
        var parts = tm()
        gmtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 64)
        strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        let date = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let seconds = try #require(RetryAfter.seconds(date))
        #expect((90...100).contains(seconds))
    }
}
