import HTTPTypes
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

    /// Sends one request once and follows no redirect. Any status is a reply; throws where there is no whole reply,
    /// and `interrupted` when the task is cancelled.
    ///
    /// - Parameter deadline: when it is given up as `temporary`, whatever moves; nil leaves it to the time limits.
    package func send(
        _ head: HTTPRequest, body: RequestBody = .none, deadline: ContinuousClock.Instant? = nil,
        progress: FileProgress? = nil
    ) async throws(Failure) -> Reply {
        let loop = try startedLoop()
        let id = lastID.add(1, ordering: .relaxed).newValue
        let request = TransferRequest(
            id: id, head: head, body: body, deadline: deadline, progress: progress, configuration: configuration,
            trace: trace)
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

/// What all requests have in common.
package struct TransportConfiguration: Sendable {
    /// A reply may take so many times longer than the bytes: a service stores and checks a file before it answers.
    static let replyFactor = 5.0

    /// Seconds without a connection, or without a byte moving, after which a request is given up.
    package var timeout: Double
    /// A file of CA certificates to use instead of the system's.
    package var certificateFile: String?
    /// How many connections are kept open for the next request.
    package var connections: Int
    /// Bytes a second, of all files together; nil sets no limit.
    package var sendRate: Double?

    package init(
        timeout: Double = 60, certificateFile: String? = nil, connections: Int = 16, sendRate: Double? = nil
    ) {
        self.timeout = timeout
        self.certificateFile = certificateFile
        self.connections = connections
        self.sendRate = sendRate
    }
}
