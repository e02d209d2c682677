import HoistCore
import HoistFiles

/// What a whole run came to, counted by its records.
package struct RunSummary: Sendable {
    private var done = 0
    private var resumed = 0
    private var failed = 0
    private var notAttempted = 0
    /// Bytes that this run has brought where they belong.
    private var bytes: Int64 = 0
    private let start = ContinuousClock.now
    /// The classes of what was tried and failed.
    package private(set) var failures = Set<FailureClass>()

    package init() {}

    package mutating func count(_ record: Record) {
        if let failure = record.failure {
            if failure.isNotAttempted {
                notAttempted += 1
            } else {
                failed += 1
                failures.insert(failure.kind)
            }
        } else if record.isResumed {
            resumed += 1
        } else {
            done += 1
            if record.sameAs == nil { bytes = bytes.adding(clamping: record.bytes ?? 0) }
        }
    }

    package var finished: Int { done + resumed }
    package var missing: Int { failed + notAttempted }
    package var total: Int { finished + missing }

    /// The same for programs.
    package var members: [JSONValue.Member] {
        let milliseconds = ((ContinuousClock.now - start) / .milliseconds(1)).rounded()
        return [
            .init("done", .number(done)), .init("resumed", .number(resumed)), .init("failed", .number(failed)),
            .init("not_attempted", .number(notAttempted)), .init("bytes", .number(bytes)),
            .init("seconds", .number((milliseconds / 1000).description)),
        ]
    }

    /// `12 done, 1 failed, 24.1 MB in 3.2 s (7.5 MB/s)`; behind patterns `13 matched, 48 not: 12 done, …`
    ///
    /// - Parameters:
    ///   - isSending: whether the bytes mean anything.
    ///   - leftOut: of the directories' files.
    package func text(isSending: Bool, leftOut: LeftOut = LeftOut()) -> String {
        let matched = leftOut.byPattern > 0 ? "\(total) matched, \(leftOut.byPattern) not: " : ""
        let seconds = max(0.001, (ContinuousClock.now - start) / .seconds(1))
        let counts = [
            "\(done) done", resumed > 0 ? "\(resumed) done before" : nil, "\(failed) failed",
            notAttempted > 0 ? "\(notAttempted) not attempted" : nil,
        ].compactMap(\.self).joined(separator: ", ")
        let rounded = (seconds * 10).rounded() / 10
        guard isSending else { return "\(matched)\(counts) in \(rounded.formatted) s" }
        return
            "\(matched)\(counts), \(TerminalText.size(bytes)) in \(rounded.formatted) s (\(TerminalText.size(Double(bytes) / seconds))/s)"
    }
}
