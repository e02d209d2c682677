import HTTPTypes

/// The conversation with a service about one input: sends its requests, repeats what is worth repeating, and counts.
package final class Exchange {
    private let transport: Transport
    private let policy: RetryPolicy
    private let notices: NoticeSink
    private let pacer: RequestPacer
    private let file: String
    /// How far the file has got.
    let progress: FileProgress
    /// How often the work was tried: 0 before anything was sent, then one more than had to be repeated.
    package private(set) var attempts = 0
    /// When everything has to be done; nil sets no limit beyond those of each request.
    var deadline: ContinuousClock.Instant?

    init(
        about progress: FileProgress, transport: Transport, policy: RetryPolicy, pacer: RequestPacer,
        notices: @escaping NoticeSink
    ) {
        file = progress.name
        self.progress = progress
        self.transport = transport
        self.policy = policy
        self.pacer = pacer
        self.notices = notices
    }

    /// Counts what begins from the start once more.
    func startOver() { attempts += 1 }

    /// Sends a request until `read` accepts its reply, the trouble is not temporary, or the retries are used up.
    ///
    /// - Parameter isCounted: whether the service counts it, so that it has to wait for its turn.
    func perform<Value>(
        _ request: HTTPRequest, body: RequestBody = .none, isCounted: Bool, read: (Reply) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        attempts = max(attempts, 1)
        var attempt = 1
        while true {
            do throws(Failure) {
                if isCounted { try await pacer.turn() }
                return try read(
                    try await transport.send(request, body: body, deadline: deadline, progress: progress))
            } catch {
                guard let wait = policy.wait(after: error, attempt: attempt) else { throw error }
                if let deadline, ContinuousClock.now + wait >= deadline { throw error }
                // The others would only be told the same.
                if isCounted, error.httpStatus == 429 { pacer.hold(for: wait) }
                notices(.retrying(file: file, reason: error.message, wait: wait, next: attempt + 1))
                do { try await Task.sleep(for: wait) } catch { throw .interrupted }
                attempt += 1
                attempts += 1
            }
        }
    }
}

/// What a person may want to know while the work goes on. Nothing here is part of a record.
package enum Notice: Sendable {
    case warning(file: String, String)
    case retrying(file: String, reason: String, wait: Duration, next: Int)
}

package typealias NoticeSink = @Sendable (Notice) -> Void
