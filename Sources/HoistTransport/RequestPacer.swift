import HoistCore
import Synchronization

/// Lets requests go at a rate, whoever sends them: services count what comes from a key, not from a file.
package final class RequestPacer: Sendable {
    private let interval: Duration
    private struct State {
        /// When the next request may go.
        var next = ContinuousClock.now
        /// Until when none may.
        var heldUntil = ContinuousClock.now
    }

    private let state = Mutex(State())

    /// - Parameter rate: requests a second; nil lets each go at once.
    package init(rate: Double? = nil) {
        interval = rate.map { .seconds(1 / $0) } ?? .zero
    }

    /// Returns when it is this request's turn. Throws `interrupted` when the task is cancelled.
    func turn() async throws(Failure) {
        while true {
            let now = ContinuousClock.now
            let turn = state.withLock { state in
                let turn = max(state.next, now)
                state.next = turn + interval
                return turn
            }
            if turn > now { do { try await Task.sleep(until: turn) } catch { throw .interrupted } }
            // A hold that came meanwhile is for those that wait as well: they get another turn after it.
            if state.withLock({ $0.heldUntil }) <= turn { return }
        }
    }

    /// Holds every request back for so long: the service has said that there are too many.
    func hold(for wait: Duration) {
        let end = ContinuousClock.now + wait
        state.withLock { state in
            state.heldUntil = max(state.heldUntil, end)
            state.next = max(state.next, end)
        }
    }
}
