import CLibCurl
import Glibc
import Synchronization

/// The one thread that drives libcurl. Others hand it requests and cancellations through an inbox and wake it up.
final class TransferLoop: Sendable {
    private enum Message: Sendable {
        case start(TransferRequest, finish: @Sendable (Result<Reply, Failure>) -> Void)
        case cancel(id: UInt64)
        case stop
    }

    private struct Inbox {
        var messages: [Message] = []
        var isClosed = false
    }

    private let inbox = Mutex(Inbox())
    // Used by the loop's thread alone, but for curl_multi_wakeup, which is made to be called from any thread; under
    // the inbox's lock and never once the inbox is closed.
    private nonisolated(unsafe) let multi: OpaquePointer

    /// Throws `bug` where libcurl or the system cannot start.
    init() throws(Failure) {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let multi = curl_multi_init() else {
            throw Failure(.bug, code: "libcurl", "libcurl cannot be started; check how it is installed")
        }
        self.multi = OpaquePointer(multi)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        guard pthread_create(&thread, nil, runTransferLoop, context.toOpaque()) == 0 else {
            context.release()
            curl_multi_cleanup(multi)
            throw Failure(.localIO, code: "no_thread", "no thread can be started; raise the limit (ulimit -u)")
        }
        pthread_detach(thread)
    }

    func start(_ request: TransferRequest, finish: @escaping @Sendable (Result<Reply, Failure>) -> Void) {
        post(.start(request, finish: finish))
    }

    func cancel(id: UInt64) { post(.cancel(id: id)) }

    /// Ends the thread; transfers under way are abandoned as interrupted.
    func stop() { post(.stop) }

    private func post(_ message: Message) {
        inbox.withLock { inbox in
            guard !inbox.isClosed else { return }
            inbox.messages.append(message)
            curl_multi_wakeup(UnsafeMutableRawPointer(multi))
        }
    }

    // MARK: - On the loop's thread

    fileprivate func run() {
        let multi = UnsafeMutableRawPointer(multi)
        var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
        var nextCheck = ContinuousClock.now
        while takeMessages(multi, &transfers) {
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            takeFinished(multi, &transfers)
            let now = ContinuousClock.now
            if now >= nextCheck {
                dropOverdue(multi, &transfers, at: now)
                nextCheck = now + .milliseconds(250)
            }
            curl_multi_poll(multi, nil, 0, transfers.isEmpty ? Int32.max : 250, nil)
        }
        for transfer in transfers.values {
            curl_multi_remove_handle(multi, transfer.handle.pointer)
            transfer.abandon(.interrupted)
        }
        curl_multi_cleanup(multi)
    }

    /// False once the loop has been told to stop.
    private func takeMessages(
        _ multi: UnsafeMutableRawPointer, _ transfers: inout [UnsafeMutableRawPointer: Transfer]
    ) -> Bool {
        let messages = inbox.withLock { inbox in
            let messages = inbox.messages
            inbox.messages.removeAll()
            inbox.isClosed = messages.contains { if case .stop = $0 { true } else { false } }
            return messages
        }
        for message in messages {
            switch message {
            case .start(let request, let finish):
                guard let handle = EasyHandle() else {
                    finish(.failure(Failure(.bug, code: "libcurl", "libcurl is out of memory; please report it")))
                    continue
                }
                let transfer = Transfer(request, handle: handle, finish: finish)
                guard curl_multi_add_handle(multi, handle.pointer) == CURLM_OK else {
                    transfer.complete(CURLE_FAILED_INIT)
                    continue
                }
                transfers[handle.pointer] = transfer
            case .cancel(let id):
                guard let transfer = transfers.values.first(where: { $0.request.id == id }) else { continue }
                drop(transfer, from: multi, &transfers)
                transfer.abandon(.interrupted)
            case .stop:
                return false
            }
        }
        return true
    }

    private func takeFinished(
        _ multi: UnsafeMutableRawPointer, _ transfers: inout [UnsafeMutableRawPointer: Transfer]
    ) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = transfers[handle]
            else { continue }
            let code = message.pointee.data.result
            drop(transfer, from: multi, &transfers)
            transfer.complete(code)
        }
    }

    private func dropOverdue(
        _ multi: UnsafeMutableRawPointer, _ transfers: inout [UnsafeMutableRawPointer: Transfer],
        at now: ContinuousClock.Instant
    ) {
        for transfer in Array(transfers.values) {
            guard let failure = transfer.overdue(at: now) else { continue }
            drop(transfer, from: multi, &transfers)
            transfer.abandon(failure)
        }
    }

    private func drop(
        _ transfer: Transfer, from multi: UnsafeMutableRawPointer,
        _ transfers: inout [UnsafeMutableRawPointer: Transfer]
    ) {
        curl_multi_remove_handle(multi, transfer.handle.pointer)
        transfers[transfer.handle.pointer] = nil
    }
}

private func runTransferLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let context { Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run() }
    return nil
}
