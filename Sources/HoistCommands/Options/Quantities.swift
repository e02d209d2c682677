import ArgumentParser

/// A length of time as people write it: `90`, `90s`, `500ms`, `10m`, `1h`.
struct Seconds: ExpressibleByArgument {
    let value: Double

    init(_ value: Double) { self.value = value }

    init?(argument: String) {
        let units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
        let (suffix, factor) = units.first { argument.hasSuffix($0.0) } ?? ("", 1)
        guard let number = Double(argument.dropLast(suffix.count)), number.isFinite, number >= 0, number * factor <= 1e9
        else { return nil }
        value = number * factor
    }

    var defaultValueDescription: String { value.formatted + "s" }
}

/// From the first pause to the longest: `2s...30s`; a single one is both.
struct SecondsRange: ExpressibleByArgument {
    let value: ClosedRange<Double>

    init(_ value: ClosedRange<Double>) { self.value = value }

    init?(argument: String) {
        let ends = argument.replacing("…", with: "...").split(separator: "...", omittingEmptySubsequences: false)
        let seconds = ends.compactMap { Seconds(argument: String($0))?.value }
        guard seconds.count == ends.count, let first = seconds.first, let last = seconds.last, seconds.count <= 2,
            first > 0, first <= last
        else { return nil }
        value = first...last
    }

    var defaultValueDescription: String { "\(value.lowerBound.formatted)s...\(value.upperBound.formatted)s" }
}

/// A number of bytes: `1048576`, `512K`, `25M`, `5G`, in powers of 1024.
struct ByteCount: ExpressibleByArgument {
    let value: Int64

    init(_ value: Int64) { self.value = value }

    init?(argument: String) {
        let units: [Character: Int64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
        let factor = argument.last.flatMap { units[$0] }
        guard let number = Int64(factor == nil ? argument : String(argument.dropLast())), number >= 0 else {
            return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: factor ?? 1)
        guard !overflow else { return nil }
        value = product
    }

    var defaultValueDescription: String { "\(value >> 30)G" }
}
