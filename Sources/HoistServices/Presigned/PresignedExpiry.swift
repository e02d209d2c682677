import Glibc
import HoistCore
import HoistTransport

/// When a presigned URL lapses, as its own query says.
enum PresignedExpiry {
    /// Seconds by which this machine's clock may be ahead of storage's.
    private static let clockSkew = 300

    /// Throws `notAllowed` for a URL that has certainly lapsed.
    static func check(_ address: WebAddress, now: Int = time(nil)) throws(Failure) {
        guard let end = end(of: address), now > end.adding(clamping: clockSkew) else { return }
        var failure = Failure(
            .notAllowed, code: "url_expired",
            "the presigned URL expired \(phrase(now.subtracting(clamping: end))) ago; presign again (--no-expiry-check sends it all the same)"
        )
        failure.isExpiredURL = true
        throw failure
    }

    /// Seconds since 1970: AWS' and Google's date plus lifetime, or Azure's end; nil where the query does not say, or says
    /// what no signer would: that is for storage to judge.
    static func end(of address: WebAddress) -> Int? {
        var values: [Substring: String] = [:]
        for (name, value) in address.parameters { values[name] = value.percentDecoded }
        for prefix in ["X-Amz", "X-Goog"] {
            if let start = values["\(prefix)-Date"].flatMap(instant),
                let lifetime = values["\(prefix)-Expires"].flatMap(Int.init)
            {
                return lifetime < 0 ? nil : start.adding(clamping: lifetime)
            }
        }
        return values["sig"] == nil ? nil : values["se"].flatMap(instant)
    }

    /// `20261121T221000Z`, `2026-11-21T22:10:00Z`, `2026-11-21T22:10Z` or `2026-11-21`, in UTC; nil for anything else, such
    /// as a date in another time zone or one that no calendar has.
    private static func instant(_ text: String) -> Int? {
        let text = withoutFraction(text)
        let shape = String(decoding: text.utf8.map { $0.isDigit ? UInt8(ascii: "0") : $0 }, as: UTF8.self)
        guard shapes.contains(shape) else { return nil }
        let digits = text.filter { $0.isASCII && $0.isNumber }
        func number(_ from: Int, _ count: Int) -> Int32 { Int32(digits.dropFirst(from).prefix(count)) ?? 0 }
        var parts = tm()
        parts.tm_year = number(0, 4) - 1900
        parts.tm_mon = number(4, 2) - 1
        parts.tm_mday = number(6, 2)
        parts.tm_hour = number(8, 2)
        parts.tm_min = number(10, 2)
        parts.tm_sec = number(12, 2)
        let asked = parts
        let instant = timegm(&parts)
        // timegm(3) takes the 30th of February for the 2nd of March.
        let isInCalendar = (asked.tm_mon, asked.tm_mday, asked.tm_hour) == (parts.tm_mon, parts.tm_mday, parts.tm_hour)
        return isInCalendar && (asked.tm_min, asked.tm_sec) == (parts.tm_min, parts.tm_sec) ? instant : nil
    }

    private static let shapes: Set = ["00000000T000000Z", "0000-00-00T00:00:00Z", "0000-00-00T00:00Z", "0000-00-00"]

    /// The text without a fraction of a second in front of its `Z`.
    private static func withoutFraction(_ text: String) -> String {
        guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")), text.utf8.last == UInt8(ascii: "Z") else {
            return text
        }
        let fraction = text.utf8[point...].dropFirst().dropLast()
        return fraction.allSatisfy(\.isDigit) ? text[..<point] + "Z" : text
    }

    private static func phrase(_ seconds: Int) -> String {
        seconds < 7200 ? "\(seconds / 60) min" : "\(seconds / 3600) h"
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
