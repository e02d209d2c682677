import CLibCurl
import Glibc

/// `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
package enum RetryAfter {
    /// Seconds from now, 136 years at most; nil where it is neither.
    static func seconds(_ value: String) -> Double? {
        if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return Double(value).map { min($0, longest) }
        }
        let date = curl_getdate(value, nil)
        return date >= 0 ? min(max(0, Double(date - time(nil))), longest) : nil
    }

    private static let longest = Double(UInt32.max)
    /// Thirty years: who says more has no time in mind.
    private static let longestAdvised = 1e9

    /// What to do about trouble that will pass: with the time where that is more than is waited for here.
    package static func advice(_ seconds: Double?) -> String {
        guard let seconds, seconds > RetryPolicy.longestWait, seconds <= longestAdvised else {
            return "run it again later"
        }
        return "run it again in \(seconds.rounded().formatted) s, as it asks"
    }
}

extension Reply {
    /// Seconds from now that the server asks to be left alone; nil where it does not.
    package var retryAfter: Double? { headerFields[.retryAfter].flatMap(RetryAfter.seconds) }
}
