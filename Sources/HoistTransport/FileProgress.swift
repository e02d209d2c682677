import Synchronization

/// How far one input has got.
package final class FileProgress: Sendable {
    package let name: String
    private let sentBytes = Atomic<Int64>(0)
    private let totalBytes = Atomic<Int64>(0)
    private let wait = Mutex<String?>(nil)

    package init(name: String) {
        self.name = name
    }

    /// Bytes of the file's request that libcurl has taken; back at 0 when it is sent again.
    package var sent: Int64 { sentBytes.load(ordering: .relaxed) }
    /// Bytes of the file's request; 0 until it is sent.
    package var total: Int64 { totalBytes.load(ordering: .relaxed) }

    /// What the service said last, while it is waited for; nil before that.
    package var processing: String? { wait.withLock { $0 } }

    package func isProcessed(_ word: String) { wait.withLock { $0 = word } }

    func expect(_ total: Int64) { totalBytes.store(total, ordering: .relaxed) }
    func report(_ sent: Int64) { sentBytes.store(sent, ordering: .relaxed) }
}
