import Testing

@testable import HoistServices
@testable import HoistTransport

/// Dates and lifetimes in a presigned URL are any texts and numbers: none of them ends the program.
@Suite struct PresignedExpiryTests {
    private static let extremes = [
        "9223372036854775807", "9223372036854775806", "9223372035000000000", "9223372036854775808", "1e300", "-1",
        "-9223372036854775807", "-9223372036854775808", "-9223372036854775809", "99999999999999999999", "NaN", "inf",
        "",
    ]

    @Test(arguments: ["X-Amz", "X-Goog"], extremes)
    func aLifetimeOutOfRangeIsNoReasonToRefuse(prefix: String, lifetime: String) throws {
        for date in ["20260101T000000Z", "99991231T235959Z", "00000101T000000Z", "99999999T999999Z"] {
            let address = try #require(WebAddress("https://h/k?\(prefix)-Date=\(date)&\(prefix)-Expires=\(lifetime)"))
            #expect(throws: Never.self) { try PresignedExpiry.check(PresignedExpiry.end(of: address)) }
        }
    }

    @Test(arguments: [Int.min, -1, 0, 1_900_000_000, Int.max])
    func anyClockWillDo(now: Int) throws {
        for query in [
            "X-Amz-Date=20260101T000000Z&X-Amz-Expires=900",
            "X-Amz-Date=20260101T000000Z&X-Amz-Expires=9223372035087480607", "se=0000-01-01&sig=x",
        ] {
            let address = try #require(WebAddress("https://h/k?\(query)"))
            let end = try #require(PresignedExpiry.end(of: address))
            let latest = end.addingReportingOverflow(300)
            let hasLapsed = !latest.overflow && now > latest.partialValue
            do {
                try PresignedExpiry.check(PresignedExpiry.end(of: address), now: now)
                #expect(!hasLapsed)
            } catch {
                #expect(hasLapsed && error.isExpiredURL)
            }
        }
    }

    /// What is no date is not taken for another one.
    @Test(arguments: [
        "20261301T000000Z", "20260001T000000Z", "20260132T000000Z", "20260100T000000Z", "20260101T240000Z",
        "20260101T006000Z", "20260101T000061Z", "2026-01-01T10:00-05", "2026-01-01T10:00:00-05:00", "2a0b2c6d0e1f0g1",
        "20260101T000000", "٢٠٢٦٠١٠١T000000Z", "1e300", "-2026-01-01", "20260101T000000.5Zx",
    ])
    func whatIsNoDateSaysNothing(date: String) throws {
        let encoded = date.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let address = try #require(WebAddress("https://h/k?X-Amz-Date=\(encoded)&X-Amz-Expires=900"))
        #expect(PresignedExpiry.end(of: address) == nil)
    }

    @Test(arguments: [
        ("X-Amz-Date=20260101T000000Z&X-Amz-Expires=900", 1_767_225_600 + 900),
        ("X-Goog-Date=20260101T000000Z&X-Goog-Expires=0", 1_767_225_600), ("sig=x&se=2026-01-01", 1_767_225_600),
        ("sig=x&se=2026-01-01T00:01Z", 1_767_225_660), ("sig=x&se=2026-01-01T00%3A01%3A01Z", 1_767_225_661),
        ("sig=x&se=2026-01-01T00:01:01.1234567Z", 1_767_225_661),
    ])
    func everyFormOfADateIsRead(query: String, end: Int) throws {
        #expect(PresignedExpiry.end(of: try #require(WebAddress("https://h/k?\(query)"))) == end)
    }
}
