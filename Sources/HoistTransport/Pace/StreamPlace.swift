import Synchronization

/// The place of a large file among those that are sent to one server. The transfer loop says how far it has got; the
/// origin says whether its bytes may go.
final class StreamPlace: Sendable {
    private let bytes = Atomic<Int64>(0)
    private let isAllowed = Atomic<Bool>(true)
    private let isWhole = Atomic<Bool>(false)
    let origin: Origin

    init(at origin: Origin) { self.origin = origin }

    /// Bytes of the request that the server has taken.
    var delivered: Int64 { bytes.load(ordering: .relaxed) }
    /// Whether that is all of them.
    var isSent: Bool { isWhole.load(ordering: .relaxed) }
    var mayGo: Bool { isAllowed.load(ordering: .relaxed) }

    func report(delivered: Int64, isSent: Bool) {
        bytes.store(delivered, ordering: .relaxed)
        isWhole.store(isSent, ordering: .relaxed)
    }

    func allow(_ isAllowed: Bool) { self.isAllowed.store(isAllowed, ordering: .relaxed) }

    /// How often places are given anew.
    static let tick = Duration.milliseconds(50)
    /// What one without a place may send a second: a server ends a connection on which nothing comes.
    static let trickle = 1 << 14
}
