import Testing

@testable import HoistTransport

/// The headers of services that say how many requests they still take.
@Suite struct QuotaTests {
    @Test(
        arguments: [
            (["RateLimit-Remaining: 7", "RateLimit-Reset: 12"], 7, 12),
            (
                ["X-RateLimit-Limit: 60\r\n", "X-RateLimit-Remaining: 0\r\n", "X-RateLimit-Reset: 1700000030\r\n"], 0,
                30
            ),
            (["x-rate-limit-remaining: 5", "x-rate-limit-reset: 2"], 5, 2),
            (["RateLimit: limit=100, remaining=50, reset=5"], 50, 5),
            (["RateLimit: \"default\";r=9;t=30"], 9, 30),
            (["X-RateLimit-Remaining: 3, 900", "X-RateLimit-Reset: 1.5"], 3, 1.5),
        ] as [([String], Int, Double)])
    func whatIsSaid(lines: [String], remaining: Int, reset: Double) throws {
        let quota = try #require(Quota(lines, now: 1_700_000_000))
        #expect(quota.remaining == remaining)
        #expect(quota.reset == reset)
    }

    @Test(
        arguments: [
            [], ["RateLimit-Remaining: 7"], ["RateLimit-Reset: 7"],
            ["X-RateLimit-Remaining: many", "X-RateLimit-Reset: 1"],
            ["X-RateLimit-Remaining: -1", "X-RateLimit-Reset: 1"], ["RateLimit: \"default\";r=nan;t=1"],
            // A day's quota is not waited for.
            ["X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 86400"], ["RateLimit-Policy: \"default\";q=100;w=60"],
        ] as [[String]])
    func whatIsNotWaitedFor(lines: [String]) { #expect(Quota(lines, now: 1_700_000_000) == nil) }

    @Test(arguments: [
        ("X-RateLimit-Reset: 1\r\n", true), ("ratelimit: r=1\r\n", true), ("X-Rate-Limit-Reset: 1\r\n", true),
        ("x-amz-id-2: a\r\n", false), ("Retry-After: 1\r\n", false), ("\r\n", false), ("x-\r\n", false),
    ])
    func theLinesThatConcernIt(line: String, expected: Bool) {
        Array(line.utf8).withUnsafeBytes { #expect(Quota.mayConcern($0) == expected) }
    }
}
