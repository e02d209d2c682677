import Dispatch
import HoistFiles
import Synchronization

/// Checksums of a file's bytes, of exactly those that were handed to the network: what a file says when it is read once
/// more is another question.
package struct Checksums: Sendable, Equatable {
    /// Nil where it was not computed: nobody asked, or OpenSSL does not do it (FIPS).
    package var md5: [UInt8]?
    package var sha256: [UInt8]?

    package init(md5: [UInt8]? = nil, sha256: [UInt8]? = nil) {
        self.md5 = md5
        self.sha256 = sha256
    }

    /// Which of them are wanted.
    package struct Kinds: OptionSet, Sendable {
        package let rawValue: Int
        /// Said by its name: `[]` is made by way of a generic initializer, a few hundred instructions for each file.
        package static let none = Kinds(rawValue: 0)
        package static let md5 = Kinds(rawValue: 1)
        package static let sha256 = Kinds(rawValue: 2)

        package init(rawValue: Int) { self.rawValue = rawValue }
    }
}

/// Takes the bytes of one transfer as they go, and sums them: small bodies on the spot, large ones on the digest thread.
final class BodyDigest: Sendable {
    private struct Sums {
        private let kinds: Checksums.Kinds
        private var md5: Digest?
        private var sha256: Digest?

        init(_ kinds: Checksums.Kinds) {
            self.kinds = kinds
            startOver()
        }

        mutating func startOver() {
            md5 = kinds.contains(.md5) ? Digest(.md5) : nil
            sha256 = kinds.contains(.sha256) ? Digest(.sha256) : nil
        }

        func update(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { bytes in
                md5?.update(bytes)
                sha256?.update(bytes)
            }
        }

        func finalized() -> Checksums { Checksums(md5: md5?.finalize(), sha256: sha256?.finalize()) }
    }

    private let thread: DigestThread
    private let sums: Mutex<Sums>

    init(_ kinds: Checksums.Kinds, on thread: DigestThread) {
        self.thread = thread
        sums = Mutex(Sums(kinds))
    }

    /// Takes bytes in the caller's time.
    func addHere(_ bytes: [UInt8]) { sums.withLock { $0.update(bytes) } }

    /// Takes bytes, which are summed on the digest thread.
    func add(_ bytes: [UInt8]) {
        thread.run(weighing: bytes.count) { [self] in addHere(bytes) }
    }

    /// The file is sent from its first byte once more.
    func startOver() {
        thread.run(weighing: 0) { [self] in sums.withLock { $0.startOver() } }
    }

    /// Hands over the checksums once all bytes are summed, on whatever thread.
    func finish(_ take: @escaping @Sendable (Checksums) -> Void) {
        thread.run(weighing: 0) { [self] in take(sums.withLock { $0.finalized() }) }
    }

    /// The checksums of what was added on the spot alone.
    func finishedHere() -> Checksums { sums.withLock { $0.finalized() } }
}

/// The thread that sums what is sent, on another core than the one that sends. It holds copies of a few MB at most: who
/// sends faster than that has to wait.
final class DigestThread: Sendable {
    private let queue = DispatchQueue(label: "digests")
    private let pendingBytes = Atomic<Int>(0)
    private let isRoomAwaited = Atomic(false)
    private let madeRoom: @Sendable () -> Void

    private static let mostPendingBytes = 4 << 20

    /// - Parameter madeRoom: is called when somebody who found no room can go on.
    init(madeRoom: @escaping @Sendable () -> Void) {
        self.madeRoom = madeRoom
    }

    /// Whether there is room for more. Where there is none, `madeRoom` says when to ask again.
    func hasRoom() -> Bool {
        if isEmptyEnough { return true }
        isRoomAwaited.store(true, ordering: .sequentiallyConsistent)
        // It may have been made meanwhile, when nobody knew that it was awaited.
        return isEmptyEnough
    }

    private var isEmptyEnough: Bool { pendingBytes.load(ordering: .sequentiallyConsistent) < Self.mostPendingBytes }

    fileprivate func run(weighing bytes: Int, _ work: @escaping @Sendable () -> Void) {
        pendingBytes.add(bytes, ordering: .sequentiallyConsistent)
        queue.async { [self] in
            work()
            let left = pendingBytes.subtract(bytes, ordering: .sequentiallyConsistent).newValue
            if left < Self.mostPendingBytes / 2, isRoomAwaited.exchange(false, ordering: .sequentiallyConsistent) {
                madeRoom()
            }
        }
    }

    /// Returns when all that was to be summed is.
    func drain() { queue.sync {} }
}
