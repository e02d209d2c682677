/// Sums of numbers from outside: a journal can say what it likes, and a sparse file of 8 EiB is easily made. Swift's own
/// operators end the program where there is no room for the result.
extension FixedWidthInteger where Self: SignedInteger {
    /// The sum, or the nearest number that there is room for.
    @inlinable public func adding(clamping other: Self) -> Self {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the nearest number that there is room for.
    @inlinable public func subtracting(clamping other: Self) -> Self {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}
