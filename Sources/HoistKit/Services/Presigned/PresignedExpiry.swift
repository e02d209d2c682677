import Glibc

/// When a presigned URL lapses, as its own query says.
enum PresignedExpiry {
    /// Seconds by which this machine's clock may be ahead of storage's.
    private static let clockSkew = 300

    /// Throws `notAllowed` for a URL that has certainly lapsed.
    static func check(_ address: WebAddress, now: Int = time(nil)) throws(Failure) {
        guard let end = end(of: address), now > end + clockSkew else { return }
        var failure = Failure(
            .notAllowed, code: "url_expired",
            "the presigned URL expired \(phrase(now - end)) ago; presign again (--no-expiry-check sends it all the same)"
        )
        failure.isExpiredURL = true
        throw failure
    }

    /// Seconds since 1970: AWS' and Google's date plus lifetime, or Azure's end; nil where the query does not say.
    static func end(of address: WebAddress) -> Int? {
        var values: [Substring: String] = [:]
        for (name, value) in address.parameters { values[name] = value.percentDecoded }
        for prefix in ["X-Amz", "X-Goog"] {
            if let start = values["\(prefix)-Date"].flatMap(instant),
                let lifetime = values["\(prefix)-Expires"].flatMap(Int.init)
            {
                return start.addingReportingOverflow(lifetime).overflow ? nil : start + lifetime
            }
        }
        return values["sig"] == nil ? nil : values["se"].flatMap(instant)
    }

    /// `20261121T221000Z`, `2026-11-21T22:10:00Z`, `2026-11-21T22:10Z` or `2026-11-21`, in UTC.
    private static func instant(_ text: String) -> Int? {
        guard !text.contains("+") else { return nil }
        let digits = text.prefix { $0 != "." && $0 != "Z" }.filter { $0.isASCII && $0.isNumber }
        guard [8, 12, 14].contains(digits.count) else { return nil }
        let padded = digits + String(repeating: "0", count: 14 - digits.count)
        func number(_ from: Int, _ count: Int) -> Int32 { Int32(padded.dropFirst(from).prefix(count)) ?? 0 }
        var parts = tm()
        parts.tm_year = number(0, 4) - 1900
        parts.tm_mon = number(4, 2) - 1
        parts.tm_mday = number(6, 2)
        parts.tm_hour = number(8, 2)
        parts.tm_min = number(10, 2)
        parts.tm_sec = number(12, 2)
        return timegm(&parts)
    }

    private static func phrase(_ seconds: Int) -> String {
        seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }
}
