import Synchronization

/// What is under way and what is done: written by those who work, read a few times a second by who shows it.
package final class ProgressBoard: Sendable {
    package struct Snapshot: Sendable {
        package var done = 0
        package var failed = 0
        /// Bytes of the inputs that are finished, failed ones included.
        package var finishedBytes: Int64 = 0
        /// In the order in which they were begun.
        package var running: [FileProgress] = []
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
            if record.failure == nil { state.done += 1 } else { state.failed += 1 }
            state.finishedBytes += record.bytes ?? 0
        }
    }
}
