import Synchronization

/// What happened, in the order in which it did.
final class Order: Sendable {
    private let state = Mutex<[String]>([])

    var names: [String] { state.withLock { $0 } }

    func add(_ name: some CustomStringConvertible) { state.withLock { $0.append(name.description) } }
}
