import Synchronization

/// What happened, in the order in which it did.
package final class Order: Sendable {
    private let state = Mutex<[String]>([])

    package init() {}

    package var names: [String] { state.withLock { $0 } }

    package func add(_ name: some CustomStringConvertible) { state.withLock { $0.append(name.description) } }
}
