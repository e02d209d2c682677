import Glibc
import HoistCore
import HoistTransport

/// When a presigned URL lapses, as its own query says. It is read as bytes: as characters it was a third of a small file's
/// work (measured).
package enum PresignedExpiry {
    /// Seconds by which this machine's clock may be ahead of storage's.
    private static let clockSkew = 300

    /// Throws `notAllowed` where that end has certainly passed; nil has none.
    static func check(_ end: Int?, now: Int = time(nil)) throws(Failure) {
        guard let end, now > end.adding(clamping: clockSkew) else { return }
        var failure = Failure(
            .notAllowed, code: "url_expired",
            "the presigned URL expired \(phrase(end, now))",
            advice: "presign again (--no-expiry-check sends it all the same)")
        failure.isExpiredURL = true
        throw failure
    }

    /// The same of a URL's text.
    package static func end(of url: String) -> Int? { WebAddress(url).flatMap { end(of: $0) } }

    /// Seconds since 1970: AWS' and Google's date plus lifetime, or Azure's end; nil where the query does not say, or says
    /// what no signer would: that is for storage to judge.
    static func end(of address: WebAddress) -> Int? {
        var target = address.target
        return target.withUTF8 { end(of: Parameters(of: $0)) }
    }

    private static func end(of parameters: Parameters) -> Int? {
        for (date, expires) in [parameters.amazon, parameters.google] {
            if let start = date.flatMap(instant), let lifetime = expires.flatMap({ Int(decoded($0)) }) {
                return lifetime < 0 ? nil : start.adding(clamping: lifetime)
            }
        }
        return parameters.sig == nil ? nil : parameters.se.flatMap(instant)
    }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    /// The parameters of a query that say something of its end, as they stand there; the last of one name counts.
    private struct Parameters {
        var amazon: (date: Bytes?, expires: Bytes?)
        var google: (date: Bytes?, expires: Bytes?)
        var sig: Bytes?
        var se: Bytes?

        init(of target: UnsafeBufferPointer<UInt8>) {
            guard let question = target.firstIndex(of: UInt8(ascii: "?")) else { return }
            var rest = target[(question + 1)...]
            while !rest.isEmpty {
                let pair = rest.prefix { $0 != UInt8(ascii: "&") }
                rest = rest[pair.endIndex...].dropFirst()
                let name = pair.prefix { $0 != UInt8(ascii: "=") }
                add(name, pair[name.endIndex...].dropFirst())
            }
        }

        private mutating func add(_ name: Bytes, _ value: Bytes) {
            switch name.count {
            case 2 where name.elementsEqual("se".utf8): se = value
            case 3 where name.elementsEqual("sig".utf8): sig = value
            case 10 where name.elementsEqual("X-Amz-Date".utf8): amazon.date = value
            case 11 where name.elementsEqual("X-Goog-Date".utf8): google.date = value
            case 13 where name.elementsEqual("X-Amz-Expires".utf8): amazon.expires = value
            case 14 where name.elementsEqual("X-Goog-Expires".utf8): google.expires = value
            default: return
            }
        }
    }

    private static func decoded(_ value: Bytes) -> String {
        String(decoding: value, as: UTF8.self)[...].percentDecoded
    }

    /// `20261121T221000Z`, `2026-11-21T22:10:00Z`, `2026-11-21T22:10Z` or `2026-11-21`, in UTC; nil for anything else, such
    /// as a date in another time zone or one that no calendar has.
    private static func instant(_ value: Bytes) -> Int? {
        let text = withoutFraction(Array(decoded(value).utf8))
        let isShaped = shapes.contains { shape in
            shape.utf8CodeUnitCount == text.count
                && text.indices.allSatisfy { index in
                    let wanted = shape.utf8Start[index]
                    return wanted == UInt8(ascii: "0") ? text[index].isDigit : text[index] == wanted
                }
        }
        guard isShaped else { return nil }
        let digits = text.filter(\.isDigit)
        func number(_ from: Int, _ count: Int) -> Int32 {
            digits.dropFirst(from).prefix(count).reduce(0) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
        }
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

    /// 0 stands for any digit.
    private static let shapes: [StaticString] = [
        "00000000T000000Z", "0000-00-00T00:00:00Z", "0000-00-00T00:00Z", "0000-00-00",
    ]

    /// The text without a fraction of a second in front of its `Z`.
    private static func withoutFraction(_ text: [UInt8]) -> [UInt8] {
        guard let point = text.firstIndex(of: UInt8(ascii: ".")), text.last == UInt8(ascii: "Z") else { return text }
        let fraction = text[point...].dropFirst().dropLast()
        return fraction.allSatisfy(\.isDigit) ? text[..<point] + [UInt8(ascii: "Z")] : text
    }

    /// `12 min ago`; of what is longer ago, the day in UTC.
    private static func phrase(_ end: Int, _ now: Int) -> String {
        let minutes = now.subtracting(clamping: end) / 60
        guard minutes >= 120 else { return "\(minutes) min ago" }
        return "on \(Timestamp(seconds: end).text.prefix { $0 != "T" })"
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
