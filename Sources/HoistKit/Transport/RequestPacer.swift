import Synchronization

/// Lets requests go at a rate, whoever sends them: services count what comes from a key, not from a file.
package final class RequestPacer: Sendable {
    private let interval: Duration
    /// When the next request may go.
    private let next = Mutex(ContinuousClock.now)

    /// - Parameter rate: requests a second; nil lets each go at once.
    package init(rate: Double? = nil) {
        interval = rate.map { .seconds(1 / $0) } ?? .zero
    }

    /// Returns when it is this request's turn. Throws `interrupted` when the task is cancelled.
    func turn() async throws(Failure) {
        let now = ContinuousClock.now
        let turn = next.withLock { next in
            let turn = max(next, now)
            next = turn + interval
            return turn
        }
        guard turn > now else { return }
        do { try await Task.sleep(until: turn) } catch { throw .interrupted }
    }

    /// Holds every request back for so long: the service has said that there are too many.
    func hold(for wait: Duration) {
        let end = ContinuousClock.now + wait
        next.withLock { $0 = max($0, end) }
    }
}
