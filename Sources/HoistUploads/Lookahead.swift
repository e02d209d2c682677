import Synchronization

/// What is prepared and waits to be worked on: enough that nobody waits for it, and no more.
final class Lookahead<Element: Sendable>: Sendable {
    private struct State {
        /// A ring: what is taken is let go of at once.
        var ring: [Element?]
        var first = 0
        var count = 0
        var takers: [CheckedContinuation<Element?, Never>] = []
        var putter: CheckedContinuation<Bool, Never>?
        var taken = 0
        /// Whether nothing more comes, or is wanted.
        var isEnded = false

        mutating func append(_ element: Element) {
            ring[(first + count) % ring.count] = element
            count += 1
        }

        mutating func removeFirst() -> Element? {
            guard count > 0 else { return nil }
            defer {
                first = (first + 1) % ring.count
                count -= 1
            }
            return ring[first].take()
        }
    }

    private let state: Mutex<State>
    private let capacity: Int
    private let dropped: @Sendable (Element) -> Void

    /// - Parameter dropped: is told of each element that nobody takes, in their order.
    init(capacity: Int, dropped: @escaping @Sendable (Element) -> Void = { _ in }) {
        self.capacity = capacity
        self.dropped = dropped
        state = Mutex(State(ring: Array(repeating: nil, count: capacity)))
    }

    /// How many elements were taken.
    var taken: Int { state.withLock { $0.taken } }

    /// Returns once there is room for another one; false when no more is wanted.
    func put(_ element: Element) async -> Bool {
        await withCheckedContinuation { continuation in
            let (taker, isDone) = state.withLock { state -> (CheckedContinuation<Element?, Never>?, Bool?) in
                guard !state.isEnded else {
                    dropped(element)
                    return (nil, false)
                }
                if !state.takers.isEmpty {
                    state.taken += 1
                    return (state.takers.removeFirst(), true)
                }
                state.append(element)
                guard state.count >= capacity else { return (nil, true) }
                state.putter = continuation
                return (nil, nil)
            }
            taker?.resume(returning: element)
            if let isDone { continuation.resume(returning: isDone) }
        }
    }

    /// The next element in order, once there is one; nil when there is none any more.
    func take() async -> Element? {
        await withCheckedContinuation { continuation in
            let (isDone, element, putter) = state.withLock { state in
                guard let element = state.removeFirst() else {
                    if !state.isEnded { state.takers.append(continuation) }
                    return (state.isEnded, Element?.none, CheckedContinuation<Bool, Never>?.none)
                }
                state.taken += 1
                // Not for every one: each time costs two switches of threads.
                let putter = state.count <= capacity / 2 ? state.putter.take() : nil
                return (true, Element?.some(element), putter)
            }
            putter?.resume(returning: true)
            if isDone { continuation.resume(returning: element) }
        }
    }

    /// No more comes: takers get what there is.
    func finish() { end(dropping: false) }

    /// No more is wanted: what is prepared is dropped.
    func close() { end(dropping: true) }

    /// In one step: between dropping and ending, a later element could get past those that were dropped.
    private func end(dropping: Bool) {
        let (takers, putter) = state.withLock { state in
            state.isEnded = true
            if dropping { while let element = state.removeFirst() { dropped(element) } }
            defer { state.takers.removeAll() }
            return (state.takers, dropping ? state.putter.take() : nil)
        }
        for taker in takers { taker.resume(returning: nil) }
        putter?.resume(returning: false)
    }
}
