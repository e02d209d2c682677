import HTTPTypes
import HoistCore
import Synchronization

/// Sends requests over HTTP and brings back the replies. Connections are kept and used again.
package final class Transport: Sendable {
    /// Started with the first request: what sends nothing needs no thread and no libcurl.
    private let started = Mutex<TransferLoop?>(nil)
    private let configuration: TransportConfiguration
    private let trace: (@Sendable (String) -> Void)?
    private let lastID = Atomic<UInt64>(0)

    /// - Parameter trace: takes each request and response line with its headers, keys and signatures taken out.
    package init(_ configuration: TransportConfiguration, trace: (@Sendable (String) -> Void)? = nil) {
        self.configuration = configuration
        self.trace = trace
    }

    deinit { started.withLock { $0?.stop() } }

    /// Ends the threads of all transports: to be called before the process ends. Returns false where that takes longer.
    package static func endAll(within limit: Duration) -> Bool { TransferLoop.endAll(within: limit) }

    /// Sends one request once and follows no redirect. Any status is a reply; throws where there is no whole reply,
    /// and `interrupted` when the task is cancelled.
    ///
    /// - Parameters:
    ///   - checksums: which of them the reply is to have, of the file's bytes as they were sent.
    ///   - deadline: when it is given up as `temporary`, whatever moves; nil leaves it to the time limits.
    func send(
        _ head: HTTPRequest, body: RequestBody = .none, checksums: Checksums.Kinds = [],
        deadline: ContinuousClock.Instant? = nil, progress: FileProgress? = nil, place: StreamPlace? = nil
    ) async throws(Failure) -> Reply {
        let loop = try startedLoop()
        let id = lastID.add(1, ordering: .relaxed).newValue
        let request = TransferRequest(
            id: id, head: head, body: body, deadline: deadline, progress: progress, configuration: configuration,
            trace: trace, checksums: checksums, place: place)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                loop.start(request) { continuation.resume(returning: $0) }
                // A cancellation that came before the start found nothing to cancel.
                if Task.isCancelled { loop.cancel(id: id) }
            }
        } onCancel: {
            loop.cancel(id: id)
        }
        return try result.get()
    }

    /// Where to work for what is sent, so that no thread has to wait for another. What takes long has no place there.
    package var executor: any TaskExecutor {
        get throws(Failure) { try startedLoop() }
    }

    private func startedLoop() throws(Failure) -> TransferLoop {
        try started.withLock { (started) throws(Failure) in
            if let loop = started { return loop }
            let loop = try TransferLoop(connections: configuration.connections, sendRate: configuration.sendRate)
            started = loop
            return loop
        }
    }
}
