import CLibCurl
import Dispatch
import Glibc
import HoistCore
import Synchronization

/// The one thread that drives libcurl. Others hand it requests and cancellations through an inbox and wake it up.
final class TransferLoop: TaskExecutor {
    private enum Message: Sendable {
        case start(TransferRequest, finish: @Sendable (Result<Reply, Failure>) -> Void)
        case cancel(id: UInt64)
        case run(UnownedJob)
        /// The digest thread has room again.
        case digestsCaughtUp
        case stop
    }

    private struct Inbox {
        var messages: [Message] = []
        var isClosed = false
        /// Whether the loop waits for libcurl's sockets, and would not see a message before one of them moves.
        var isLoopAsleep = false
    }

    private let inbox = Mutex(Inbox())
    // Used by the loop's thread alone, but for curl_multi_wakeup, which is made to be called from any thread; under
    // the inbox's lock and never once the inbox is closed.
    private nonisolated(unsafe) let multi: OpaquePointer
    // Used by the loop's thread alone, as is what they share.
    private nonisolated(unsafe) let http1Share: OpaquePointer
    private nonisolated(unsafe) let otherShare: OpaquePointer
    private let sendRate: Double?
    private let thread = Mutex<pthread_t?>(nil)
    private let hasEnded = DispatchSemaphore(value: 0)
    /// Those whose thread has not ended.
    private static let running = Mutex<[TransferLoop]>([])

    /// Throws `bug` where libcurl or the system cannot start.
    ///
    /// - Parameters:
    ///   - connections: how many are kept for the next request.
    ///   - sendRate: bytes a second for all files together; nil sets no limit.
    init(connections: Int, sendRate: Double?) throws(Failure) {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let multi = curl_multi_init(),
            let http1Share = curl_share_init(), let otherShare = curl_share_init(),
            // In a pool of their own: with both kinds in one, libcurl 7.88 puts a call that could share an HTTP/2 connection
            // on an HTTP/1.1 connection that is in use, and each gets the other's reply (17 of 400 files, measured).
            hoist_share(http1Share, CURL_LOCK_DATA_CONNECT) == CURLSHE_OK,
            // libcurl keeps a TLS session with the handle that made it; another handle's connection would begin with a whole
            // handshake: 1.5 ms of work for each side, and with TLS 1.2 one round trip more.
            hoist_share(http1Share, CURL_LOCK_DATA_SSL_SESSION) == CURLSHE_OK,
            hoist_share(otherShare, CURL_LOCK_DATA_SSL_SESSION) == CURLSHE_OK
        else {
            throw Failure(.bug, code: "libcurl", "libcurl cannot be started; check how it is installed")
        }
        // Left to itself libcurl closes connections when the number of transfers under way goes down (measured).
        _ = hoist_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, connections)
        self.multi = OpaquePointer(multi)
        self.http1Share = OpaquePointer(http1Share)
        self.otherShare = OpaquePointer(otherShare)
        self.sendRate = sendRate
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        guard pthread_create(&thread, nil, runTransferLoop, context.toOpaque()) == 0 else {
            context.release()
            curl_multi_cleanup(multi)
            curl_share_cleanup(http1Share)
            curl_share_cleanup(otherShare)
            throw Failure(.localIO, code: "no_thread", "no thread can be started; raise the limit (ulimit -u)")
        }
        self.thread.withLock { [thread] in $0 = thread }
        Self.running.withLock { $0.append(self) }
    }

    /// Ends every loop and its thread. To be called before the process ends: `exit` frees what OpenSSL uses, and a thread
    /// that still closes a TLS connection then crashes (20-70 % of runs with CBC suites, measured).
    ///
    /// Returns false where a thread has not ended within the limit.
    static func endAll(within limit: Duration) -> Bool {
        let loops = running.withLock { $0 }
        for loop in loops { loop.stop() }
        let deadline = DispatchTime.now() + .milliseconds(Int(limit / .milliseconds(1)))
        return loops.allSatisfy { loop in
            guard loop.hasEnded.wait(timeout: deadline) == .success else { return false }
            // What is left are the thread's own destructors.
            if let thread = loop.thread.withLock({ $0.take() }) { pthread_join(thread, nil) }
            return true
        }
    }

    func start(_ request: TransferRequest, finish: @escaping @Sendable (Result<Reply, Failure>) -> Void) {
        post(.start(request, finish: finish))
    }

    func cancel(id: UInt64) { post(.cancel(id: id)) }

    /// Ends the thread; transfers under way are abandoned as interrupted.
    func stop() { post(.stop) }

    /// False where the loop has ended.
    @discardableResult
    private func post(_ message: Message) -> Bool {
        inbox.withLock { inbox in
            guard !inbox.isClosed else { return false }
            inbox.messages.append(message)
            guard inbox.isLoopAsleep else { return true }
            inbox.isLoopAsleep = false
            curl_multi_wakeup(UnsafeMutableRawPointer(multi))
            return true
        }
    }

    // MARK: - On the loop's thread

    /// What prepares requests and reads replies runs here as well: handing each of them over to another thread and back
    /// took longer than the work itself (measured).
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if !post(.run(job)) { DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) } }
    }

    fileprivate func run() {
        let digests = DigestThread { [weak self] in self?.post(.digestsCaughtUp) }
        var state = LoopState(
            multi: UnsafeMutableRawPointer(multi), budget: sendRate.map(SendBudget.init), digests: digests)
        var messages: [Message] = []
        while takeMessages(into: &messages) {
            for message in messages { handle(message, &state) }
            messages.removeAll(keepingCapacity: true)
            var running: Int32 = 0
            curl_multi_perform(state.multi, &running)
            takeFinished(&state)
            let now = ContinuousClock.now
            if now >= state.nextCheck {
                dropOverdue(&state, at: now)
                state.nextCheck = now + .milliseconds(250)
            }
            let isBudgetAwaited = shareBudget(&state, at: now)
            lookAtPlaces(&state, at: now)
            guard fallAsleep() else { continue }
            let longest: Int32 = isBudgetAwaited ? 20 : state.places.isEmpty ? 250 : 50
            curl_multi_poll(state.multi, nil, 0, state.transfers.isEmpty ? Int32.max : longest, nil)
        }
        for transfer in Array(state.transfers.values) {
            drop(transfer, &state)
            transfer.abandon(.interrupted)
        }
        state.idleHandles.removeAll()
        curl_multi_cleanup(state.multi)
        curl_share_cleanup(UnsafeMutableRawPointer(http1Share))
        curl_share_cleanup(UnsafeMutableRawPointer(otherShare))
        // OpenSSL sums, too.
        digests.drain()
        Self.running.withLock { loops in loops.removeAll { $0 === self } }
        hasEnded.signal()
    }

    /// What the loop's thread alone knows.
    private struct LoopState {
        let multi: UnsafeMutableRawPointer
        let budget: SendBudget?
        let digests: DigestThread
        let sockets = Sockets()
        var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
        /// Handles of finished transfers, set up for others of their kind.
        var idleHandles: [EasyHandle] = []
        var nextCheck = ContinuousClock.now
        var nextShare = ContinuousClock.now
        /// Large files.
        var places: [ObjectIdentifier: (transfer: Transfer, place: StreamPlace)] = [:]
        var nextPlaces = ContinuousClock.now
        var nextTrickle = ContinuousClock.now

        mutating func idleHandle(for kind: TransferKind) -> EasyHandle? {
            idleHandles.lastIndex { $0.kind == kind }.map { idleHandles.remove(at: $0) }
        }
    }

    /// False once the loop has been told to stop.
    private func takeMessages(into messages: inout [Message]) -> Bool {
        inbox.withLock { inbox in
            // An empty array that keeps its memory goes in for the full one.
            swap(&messages, &inbox.messages)
            inbox.isLoopAsleep = false
            inbox.isClosed = messages.contains { if case .stop = $0 { true } else { false } }
            return !inbox.isClosed
        }
    }

    /// False where a message has come meanwhile.
    private func fallAsleep() -> Bool {
        inbox.withLock { inbox in
            inbox.isLoopAsleep = inbox.messages.isEmpty
            return inbox.isLoopAsleep
        }
    }

    private func handle(_ message: Message, _ state: inout LoopState) {
        switch message {
        case .start(let request, let finish):
            let kind = TransferKind(request, isLimited: state.budget != nil)
            guard let handle = state.idleHandle(for: kind) ?? newHandle(for: kind) else {
                finish(.failure(Failure(.bug, code: "libcurl", "libcurl is out of memory; please report it")))
                return
            }
            do throws(Failure) {
                let transfer = try Transfer(
                    request, handle: handle, budget: state.budget, digests: state.digests, sockets: state.sockets,
                    finish: finish)
                guard curl_multi_add_handle(state.multi, handle.pointer) == CURLM_OK else {
                    transfer.complete(CURLE_FAILED_INIT)
                    return
                }
                state.transfers[handle.pointer] = transfer
                if let place = request.place { state.places[ObjectIdentifier(place)] = (transfer, place) }
            } catch {
                finish(.failure(error))
            }
        case .cancel(let id):
            guard let transfer = state.transfers.values.first(where: { $0.request.id == id }) else { return }
            drop(transfer, &state)
            transfer.abandon(.interrupted)
        case .run(let job):
            job.runSynchronously(on: asUnownedTaskExecutor())
        case .digestsCaughtUp:
            for transfer in state.transfers.values where transfer.pause == .digests { transfer.resume() }
        case .stop:
            return
        }
    }

    private func newHandle(for kind: TransferKind) -> EasyHandle? {
        let handle = EasyHandle(for: kind)
        handle?.set(CURLOPT_SHARE, UnsafeMutableRawPointer(kind.isHTTP1 ? http1Share : otherShare))
        return handle
    }

    /// Returns whether any transfer waits for its share.
    private func shareBudget(_ state: inout LoopState, at now: ContinuousClock.Instant) -> Bool {
        guard let budget = state.budget else { return false }
        let waiting = state.transfers.values.filter { $0.pause == .budget }
        // In its own time only: shares of the moment would be bytes, and no rest.
        guard now >= state.nextShare else { return !waiting.isEmpty }
        state.nextShare = now + SendBudget.tick
        let share = budget.share(among: waiting.count, at: now)
        if share > 0 { for transfer in waiting { transfer.resume(allowance: share) } }
        return !waiting.isEmpty
    }

    /// Lets each server give its places for large files anew.
    private func lookAtPlaces(_ state: inout LoopState, at now: ContinuousClock.Instant) {
        guard !state.places.isEmpty, now >= state.nextPlaces else { return }
        state.nextPlaces = now + StreamPlace.tick
        let isTrickle = now >= state.nextTrickle
        if isTrickle { state.nextTrickle = now + .seconds(1) }
        var origins: [ObjectIdentifier: Origin] = [:]
        for (transfer, place) in state.places.values {
            transfer.lookAtPlace(place, trickle: isTrickle ? StreamPlace.trickle : 0)
            origins[ObjectIdentifier(place.origin)] = place.origin
        }
        for origin in origins.values { origin.lookAtStreams() }
    }

    private func takeFinished(_ state: inout LoopState) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(state.multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = state.transfers[handle]
            else { continue }
            let code = message.pointee.data.result
            drop(transfer, &state)
            transfer.complete(code)
            if !transfer.isHandleSpent { state.idleHandles.append(transfer.handle) }
        }
    }

    private func dropOverdue(_ state: inout LoopState, at now: ContinuousClock.Instant) {
        for transfer in Array(state.transfers.values) {
            guard let failure = transfer.overdue(at: now) else { continue }
            drop(transfer, &state)
            transfer.abandon(failure)
        }
    }

    private func drop(_ transfer: Transfer, _ state: inout LoopState) {
        curl_multi_remove_handle(state.multi, transfer.handle.pointer)
        state.transfers[transfer.handle.pointer] = nil
        if let place = transfer.request.place {
            transfer.report(to: place)
            state.places[ObjectIdentifier(place)] = nil
        }
    }
}

/// Returns when the loop has ended.
private func runTransferLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
