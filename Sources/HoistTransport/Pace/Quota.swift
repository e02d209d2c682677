import HoistCore

/// What a server says of the requests that it still takes: `RateLimit-Remaining` and `-Reset`, their `X-` kin, or
/// `RateLimit` (draft-ietf-httpapi-ratelimit-headers, its form with `limit=…, remaining=…, reset=…` and the one with `r=` and
/// `t=`).
struct Quota: Equatable {
    let remaining: Int
    /// Seconds from the reply on until there are more.
    let reset: Double

    /// Nil where it does not say both.
    ///
    /// - Parameters:
    ///   - lines: the header lines that may have to do with it, as they came.
    ///   - now: Unix time, for those who send a point in time.
    init?(_ lines: [String], now: Double) {
        var remaining: Double?
        var reset: Double?
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...]
            switch name {
            case "ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining":
                remaining = Self.number(value)
            case "ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset": reset = Self.number(value)
            case "ratelimit":
                let parameters = Self.parameters(value)
                remaining = parameters["remaining"] ?? parameters["r"]
                reset = parameters["reset"] ?? parameters["t"]
            default: continue
            }
        }
        guard let remaining, var reset, remaining >= 0, reset >= 0 else { return nil }
        // Nobody resets in thirty years: it is a point in time.
        if reset > 1e9 { reset = max(0, reset - now) }
        // Days belong to another quota, such as what a plan includes; it cannot be waited for.
        guard reset <= RetryPolicy.longestWait else { return nil }
        self.remaining = Int(min(remaining, 1e9))
        self.reset = reset
    }

    private static func number(_ text: Substring) -> Double? {
        let first = text.split { $0 == "," || $0 == ";" }.first.map { String($0).trimming(\.isWhitespace) }
        return first.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    }

    private static func parameters(_ text: Substring) -> [String: Double] {
        var found: [String: Double] = [:]
        for part in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = String(part[..<equals]).trimming(\.isWhitespace).lowercased()
            if found[name] == nil { found[name] = number(part[part.index(after: equals)...]) }
        }
        return found
    }

    /// The header lines that `init` wants to see; most replies have none.
    static func mayConcern(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count > 9 else { return false }
        let first = line[0] | 0x20
        let word = first == UInt8(ascii: "x") && line[1] == UInt8(ascii: "-") ? 2 : 0
        // "Rat": "Rate-Limit" and "RateLimit" alike.
        return line[word] | 0x20 == UInt8(ascii: "r") && line[word + 1] | 0x20 == UInt8(ascii: "a")
            && line[word + 2] | 0x20 == UInt8(ascii: "t")
    }
}
