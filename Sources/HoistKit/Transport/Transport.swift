import HTTPTypes
import Synchronization

/// Sends requests over HTTP and brings back the replies. Connections are kept and used again.
package final class Transport: Sendable {
    private let loop: TransferLoop
    private let configuration: TransportConfiguration
    private let trace: (@Sendable (String) -> Void)?
    private let lastID = Atomic<UInt64>(0)

    /// - Parameter trace: takes each request and response line with its headers, keys and signatures taken out.
    package init(_ configuration: TransportConfiguration, trace: (@Sendable (String) -> Void)? = nil) throws(Failure) {
        self.configuration = configuration
        self.trace = trace
        loop = try TransferLoop()
    }

    deinit { loop.stop() }

    /// Sends one request once and follows no redirect. Any status is a reply; throws where there is no whole reply,
    /// and `interrupted` when the task is cancelled.
    package func send(_ head: HTTPRequest, body: RequestBody = .none) async throws(Failure) -> Reply {
        let id = lastID.add(1, ordering: .relaxed).newValue
        let request = TransferRequest(id: id, head: head, body: body, configuration: configuration, trace: trace)
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
}

/// What all requests have in common.
package struct TransportConfiguration: Sendable {
    /// A reply may take so many times longer than the bytes: a service stores and checks a file before it answers.
    static let replyFactor = 5.0

    /// Seconds without a connection, or without a byte moving, after which a request is given up.
    package var timeout: Double
    /// A file of CA certificates to use instead of the system's.
    package var certificateFile: String?

    package init(timeout: Double = 60, certificateFile: String? = nil) {
        self.timeout = timeout
        self.certificateFile = certificateFile
    }
}
