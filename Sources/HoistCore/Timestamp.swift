import Glibc

/// A moment in UTC, as RFC 3339 writes it: `2026-11-21T22:10:00.125Z`.
package struct Timestamp: Sendable {
    private let seconds: Int
    private let milliseconds: Int

    /// - Parameter seconds: since 1970.
    package init(seconds: Int, milliseconds: Int = 0) {
        self.seconds = seconds
        self.milliseconds = milliseconds
    }

    package static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
    }

    /// Without a fraction where that is zero. Each record has one: digit by digit, it takes a tenth of what interpolations
    /// take.
    package var text: String {
        var (time, parts) = (time_t(seconds), tm())
        guard gmtime_r(&time, &parts) != nil, (-1900...8099).contains(parts.tm_year) else { return "\(seconds)" }
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var count = 0
            func put(_ byte: UInt8) {
                buffer[count] = byte
                count += 1
            }
            func put(_ number: Int32, digits: Int32) {
                var divisor: Int32 = digits == 4 ? 1000 : digits == 3 ? 100 : 10
                while divisor > 0 {
                    put(0x30 + UInt8(truncatingIfNeeded: number / divisor % 10))
                    divisor /= 10
                }
            }
            put(parts.tm_year + 1900, digits: 4)
            put(UInt8(ascii: "-"))
            put(parts.tm_mon + 1, digits: 2)
            put(UInt8(ascii: "-"))
            put(parts.tm_mday, digits: 2)
            put(UInt8(ascii: "T"))
            put(parts.tm_hour, digits: 2)
            put(UInt8(ascii: ":"))
            put(parts.tm_min, digits: 2)
            put(UInt8(ascii: ":"))
            put(parts.tm_sec, digits: 2)
            if milliseconds != 0 {
                put(UInt8(ascii: "."))
                put(Int32(truncatingIfNeeded: milliseconds), digits: 3)
            }
            put(UInt8(ascii: "Z"))
            return count
        }
    }
}
