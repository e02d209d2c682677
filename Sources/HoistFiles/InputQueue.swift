import Dispatch
import HoistCore
import Synchronization

/// How many inputs there are, as far as that is known.
package struct InputTotal: Sendable, Equatable {
    /// Those to be worked on, each once.
    package var inputs = 0
    /// Bytes of all of them; what has no size of its own is not in it.
    package var bytes: Int64 = 0
    /// Whether no more can come.
    package var isFinal = false

    package init(inputs: Int = 0, bytes: Int64 = 0, isFinal: Bool = false) {
        self.inputs = inputs
        self.bytes = bytes
        self.isFinal = isFinal
    }
}

/// Files on their way from who finds them to who works on them: the first are worked on while more are found.
package final class InputQueue: Sendable {
    private struct State {
        var paths = PackedPaths()
        var total = InputTotal()
        /// Columns of the widest name, where that was measured.
        var widest = 0
        /// Why no more could be found.
        var trouble: Failure?
        var leftOut = LeftOut()
        var isBegun = false
        var isAbandoned = false
        var taker: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)

    package init() {}

    package var total: InputTotal { state.withLock { $0.total } }
    package var widest: Int { state.withLock { $0.widest } }
    /// What was not taken, once all are found.
    package var leftOut: LeftOut { state.withLock { $0.leftOut } }
    package var trouble: Failure? { state.withLock { $0.trouble } }

    // MARK: - For who finds them

    /// Adds a file. Returns whether more are wanted.
    ///
    /// - Parameters:
    ///   - position: the place of its record; larger than that of the one before.
    ///   - width: columns of its name, where anybody wants to know.
    package func append(_ path: InputPath, at position: Int, size: Int64, width: Int = 0) -> Bool {
        let (isWanted, taker) = state.withLock { state in
            guard !state.isAbandoned else { return (false, CheckedContinuation<Void, Never>?.none) }
            // Only what is large is begun by its size.
            state.paths.append(path.bytes, at: position, size: size > LargeFile.largestSmall ? size : 0)
            state.total.inputs += 1
            state.total.bytes = state.total.bytes.adding(clamping: size)
            state.widest = max(state.widest, width)
            return (true, state.taker.take())
        }
        taker?.resume()
        return isWanted
    }

    /// No more come.
    ///
    /// - Parameter report: says what kept more away, where the work has begun and so cannot say it: before the work can end,
    ///   and the process with it.
    package func end(
        _ trouble: Failure? = nil, leaving leftOut: LeftOut = LeftOut(), report: (Failure) -> Void = { _ in }
    ) {
        let isBegun = state.withLock { state in
            state.trouble = trouble
            state.leftOut = leftOut
            return state.isBegun
        }
        if isBegun, let trouble { report(trouble) }
        let taker = state.withLock { state in
            state.total.isFinal = true
            return state.taker.take()
        }
        taker?.resume()
        ended.signal()
    }

    // MARK: - For who works on them

    /// Waits until all are found, or for so long.
    package func waitUntilFinal(_ time: DispatchTimeInterval) {
        // Whoever waits next is to find it the same.
        if ended.wait(timeout: .now() + time) == .success { ended.signal() }
    }

    /// Returns once there is an input, or it is known that there is none. Throws what kept them from being found, if the
    /// work need not begin.
    package func begin() async throws(Failure) {
        await wait()
        let trouble = state.withLock { state in
            state.isBegun = true
            return state.trouble
        }
        if let trouble { throw trouble }
    }

    /// The next one, as soon as it is found. Nil after the last one, and where the task is cancelled, after the last one
    /// that has been found.
    package func next() async -> BatchItem<InputPath>? {
        while true {
            if let item = state.withLock({ $0.paths.removeFirst() }) {
                return BatchItem(InputPath(bytes: item.path), position: item.position, size: item.size)
            }
            guard await wait() else { return nil }
        }
    }

    /// No more are wanted than have been found.
    package func abandon() { state.withLock { $0.isAbandoned = true } }

    /// Returns once one is there; false where none comes.
    @discardableResult
    private func wait() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isKnown = state.withLock { state in
                    guard state.paths.count == 0, !state.total.isFinal, !Task.isCancelled else { return true }
                    state.taker = continuation
                    return false
                }
                if isKnown { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.taker.take() }?.resume()
        }
        return state.withLock { $0.paths.count > 0 }
    }
}
