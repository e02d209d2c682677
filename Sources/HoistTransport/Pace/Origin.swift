import HoistCore
import Synchronization

/// One server in a run: when requests may be sent to it, and what was learned of it.
package final class Origin: Sendable {
    private struct State {
        var known: OriginState
        var queue: [Waiter] = []
        var lastWaiter = 0
        /// When somebody looks whether the next in the queue may go.
        var wakeAt = Double.infinity
        var hasForeignETags = false
        var handles = RecentHandles()
    }

    private struct Waiter {
        let number: Int
        let want: Want
        let continuation: CheckedContinuation<Result<Pass, Failure>, Never>
    }

    /// What somebody wants to send.
    struct Want {
        let input: ObjectIdentifier
        /// Of the body, where it is a file's; else 0.
        var bytes: Int64 = 0
        /// Whether the service counts it.
        var isCounted = false
        /// When it is sent whether or not the server is away; infinity for none.
        var deadline = Double.infinity

        var isLarge: Bool { Load.isLarge(bytes) }
    }

    /// What allows one request.
    struct Pass {
        let want: Want
        /// Whether it is the one that finds out whether the server is back.
        let isProbe: Bool
        let sent: Double
        /// Of a large file.
        let place: StreamPlace?
    }

    /// What a failure says of the server.
    enum Verdict: Equatable {
        case ordinary
        /// It is this one that shows the server to be away.
        case away
        /// There were too many requests: it is repeated when there may be more again, and was no attempt. Seconds until then
        /// where it is the first to say so.
        case tooMany(Double?)
        /// There are too many, and that was waited for long enough.
        case hopeless
        /// There were said to be too many, and that is chance: this one is repeated after so many seconds, and was no attempt.
        case chance(Double)
    }

    private let state: Mutex<State>
    private let policy: RetryPolicy
    private let load: Load
    /// Host and port.
    let name: String

    /// - Parameters:
    ///   - jobs: how many requests may be under way; nil finds out.
    ///   - requestsPerSecond: of those that are counted; nil sets no limit.
    init(
        _ name: String = "", policy: RetryPolicy, jobs: Int?, requestsPerSecond: Double? = nil, load: Load = Load()
    ) {
        self.name = name
        self.policy = policy
        self.load = load
        state = Mutex(State(known: OriginState(policy: policy, jobs: jobs, requestsPerSecond: requestsPerSecond)))
    }

    // MARK: - What is known of it

    /// Whether it has answered requests about other inputs: then it is there, and this one was unlucky.
    func hasAnsweredOthers(than input: ObjectIdentifier) -> Bool {
        state.withLock { !$0.known.presence.answered.subtracting([input]).isEmpty }
    }

    /// Whether its ETags are known to be something else than MD5s.
    package var hasForeignETags: Bool { state.withLock { $0.hasForeignETags } }
    package func noteForeignETags() { state.withLock { $0.hasForeignETags = true } }

    /// Whether a handle that has to be unique has not been seen before.
    ///
    /// - Parameter size: bytes of what it stands for, where it may be given again for the same; nil where it may not.
    package func isNew(handle: String, of size: Int64? = nil) -> Bool {
        state.withLock { $0.handles.isNew(handle, of: size) }
    }

    /// Whether it refuses everybody, and is waited for.
    var isAwaited: Bool { state.withLock { $0.known.presence.isAwaited(at: MonotonicSeconds.now) } }

    /// How many are under way at most now, and why.
    var pace: Pace { state.withLock { Pace(server: name, $0.known) } }

    // MARK: - A request begins

    /// Returns when the request may be sent. Throws `interrupted` when the task is cancelled, and `temporary` where the server
    /// wants nothing more for longer than anybody waits.
    func enter(_ want: Want) async throws(Failure) -> Pass {
        let now = MonotonicSeconds.now
        let pass = state.withLock { state -> Pass? in
            guard state.queue.isEmpty, case .begin(let pass) = state.known.ask(want, at: self, now: now) else {
                return nil
            }
            return pass
        }
        if let pass {
            load.apply(.init(underWay: 1))
            return pass
        }
        return try await waitInLine(want).get()
    }

    private func waitInLine(_ want: Want) async -> Result<Pass, Failure> {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.queue.append(Waiter(number: number, want: want, continuation: continuation)) }
                admit()
                // A cancellation that came before found nobody to send away.
                if Task.isCancelled { sendAway(number) }
            }
        } onCancel: {
            sendAway(number)
        }
    }

    private func sendAway(_ number: Int) {
        let waiter = state.withLock { state in
            state.queue.firstIndex { $0.number == number }.map { state.queue.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: .failure(.interrupted))
    }

    /// Lets those go that may, and sees to it that somebody looks again where only time helps.
    private func admit() {
        let now = MonotonicSeconds.now
        let (answered, begun, wake) = state.withLock { state -> ([(Waiter, Result<Pass, Failure>)], Int, Double?) in
            var answered: [(Waiter, Result<Pass, Failure>)] = []
            var begun = 0
            var next = Double.infinity
            var index = 0
            // In place: most stay, and a copy of each costs more than the question.
            while index < state.queue.count {
                let want = state.queue[index].want
                switch state.known.ask(want, at: self, now: now) {
                case .begin(let pass):
                    answered.append((state.queue.remove(at: index), .success(pass)))
                    begun += 1
                case .closed(let seconds):
                    answered.append((state.queue.remove(at: index), .failure(closed(for: seconds))))
                case .wait(let time):
                    next = min(next, time, want.deadline)
                    index += 1
                }
            }
            guard next < state.wakeAt else { return (answered, begun, nil) }
            state.wakeAt = next
            return (answered, begun, next)
        }
        if begun > 0 { load.apply(.init(underWay: begun)) }
        for (waiter, answer) in answered { waiter.continuation.resume(returning: answer) }
        if let wake { Task { await look(at: wake) } }
    }

    /// What becomes of a request that the server does not want for so many seconds.
    private func closed(for seconds: Double) -> Failure {
        Failure(
            .temporary, code: "rate_limited", "\(name) wants no more requests for now",
            advice: RetryAfter.advice(seconds))
    }

    private func look(at time: Double) async {
        try? await Task.sleep(for: .seconds(max(0, time - MonotonicSeconds.now)))
        state.withLock { if $0.wakeAt == time { $0.wakeAt = .infinity } }
        admit()
    }

    // MARK: - A request ends

    /// The server has taken the request.
    ///
    /// - Parameters:
    ///   - latency: seconds that its reply took.
    ///   - quota: what the reply says of those to come.
    func leave(_ pass: Pass, latency: Double, quota: Quota?) {
        let now = MonotonicSeconds.now
        let wasSent = state.withLock { state in
            defer { state.known.take(pass, latency: latency, quota, at: now) }
            return state.known.end(pass)
        }
        finish(wasSent)
    }

    func leave(_ pass: Pass, _ failure: Failure) -> Verdict {
        let now = MonotonicSeconds.now
        let (wasSent, verdict) = state.withLock { state in
            let underWay = state.known.underWay
            return (state.known.end(pass), state.known.fail(pass, failure, underWay: underWay, policy, at: now))
        }
        finish(wasSent)
        return verdict
    }

    private func finish(_ wasSentStream: Bool) {
        load.apply(.init(underWay: -1, sentStreams: wasSentStream ? -1 : 0))
        admitWaiting()
    }

    private func admitWaiting() { if state.withLock({ !$0.queue.isEmpty }) { admit() } }

    // MARK: - Large files

    /// Gives their places anew. On the transfer loop's thread.
    func lookAtStreams() {
        let now = MonotonicSeconds.now
        let (newlySent, count) = state.withLock { state in
            let isMoreWanted = state.queue.contains(where: \.want.isLarge)
            return (
                state.known.lookAtStreams(isMoreWanted: isMoreWanted, at: now), state.known.streams.count
            )
        }
        load.apply(.init(sentStreams: newlySent, streams: count))
        admitWaiting()
    }
}
