import HoistTransport
import Synchronization

/// What is under way and what is done: written by those who work, read a few times a second by who shows it.
package final class ProgressBoard: Sendable {
    package struct Snapshot: Sendable {
        /// Inputs that are finished, whatever they came to.
        package internal(set) var finished = 0
        /// Bytes of the inputs that are finished.
        package internal(set) var finishedBytes: Int64 = 0
        /// Of those, what an earlier run had sent.
        package internal(set) var resumedBytes: Int64 = 0
        /// In the order in which they were begun.
        package internal(set) var running: [FileProgress] = []

        fileprivate mutating func count(_ record: Record) {
            finished += 1
            finishedBytes = finishedBytes.adding(clamping: record.bytes ?? 0)
            // Also where it was still waited for: its bytes have not gone now.
            if record.isResumed { resumedBytes = resumedBytes.adding(clamping: record.bytes ?? 0) }
        }

        /// Bytes of files that have gone, those under way included; never more than their sizes.
        package var movedBytes: Int64 { running.reduce(finishedBytes) { $0.adding(clamping: min($1.sent, $1.total)) } }
    }

    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    func begin(_ name: String) -> FileProgress {
        let progress = FileProgress(name: name)
        state.withLock { $0.running.append(progress) }
        return progress
    }

    func end(_ progress: FileProgress, _ record: Record) {
        state.withLock { state in
            state.running.removeAll { $0 === progress }
            state.count(record)
        }
    }

    /// An input that an earlier run had done.
    package func skip(_ record: Record) {
        state.withLock { state in
            state.count(record)
        }
    }
}
