import Dispatch

/// A thread for what waits for disks, pipes and readers: in Swift's own few threads, or in the one that sends, it would
/// hold up everything else. Tasks that prefer it and actors that stand on it share it.
package final class WorkThread: SerialExecutor, TaskExecutor {
    private let queue: DispatchQueue

    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(
                isolatedTo: self.asUnownedSerialExecutor(), taskExecutor: self.asUnownedTaskExecutor())
        }
    }
}
