import HTTPTypes

/// The conversation with a service about one input: sends its requests, repeats what is worth repeating, and counts.
package final class Exchange {
    private let transport: Transport
    private let policy: RetryPolicy
    private let notices: NoticeSink
    private let file: String
    /// How often the work was tried: 0 before anything was sent, then one more than had to be repeated.
    package private(set) var attempts = 0
    /// When everything has to be done; nil sets no limit beyond those of each request.
    var deadline: ContinuousClock.Instant?

    package init(about file: String, transport: Transport, policy: RetryPolicy, notices: @escaping NoticeSink) {
        self.file = file
        self.transport = transport
        self.policy = policy
        self.notices = notices
    }

    /// Sends a request until `read` accepts its reply, the trouble is not temporary, or the retries are used up.
    func perform<Value>(
        _ request: HTTPRequest, body: RequestBody = .none, read: (Reply) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        attempts = max(attempts, 1)
        var attempt = 1
        while true {
            do throws(Failure) {
                return try read(try await transport.send(request, body: body, deadline: deadline))
            } catch {
                guard let wait = policy.wait(after: error, attempt: attempt) else { throw error }
                if let deadline, ContinuousClock.now + wait >= deadline { throw error }
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
