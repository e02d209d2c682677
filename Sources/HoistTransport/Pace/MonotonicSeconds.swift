import Glibc

/// The clock of everything that paces requests.
package enum MonotonicSeconds {
    /// Seconds on a clock that nobody sets.
    package static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
