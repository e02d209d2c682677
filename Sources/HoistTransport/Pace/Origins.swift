import HTTPTypes
import Synchronization

/// The servers of a run.
package final class Origins: Sendable {
    /// Scheme, host and port (RFC 6454); the port is part of the authority.
    private struct Name: Hashable {
        let scheme: String?
        let authority: String?
    }

    private let origins = Mutex<[Name: Origin]>([:])
    let policy: RetryPolicy
    package let load = Load()
    private let jobs: Int?
    private let requestsPerSecond: Double?

    /// - Parameters:
    ///   - jobs: how many requests may be under way at one server; nil finds out.
    ///   - requestsPerSecond: how many calls a service gets; nil sets no limit.
    package init(policy: RetryPolicy, jobs: Int?, requestsPerSecond: Double? = nil) {
        self.policy = policy
        self.jobs = jobs
        self.requestsPerSecond = requestsPerSecond
    }

    func origin(of request: HTTPRequest) -> Origin {
        let name = Name(scheme: request.scheme, authority: request.authority)
        return origins.withLock { origins in
            if let known = origins[name] { return known }
            let origin = Origin(
                request.authority ?? "", policy: policy, jobs: jobs, requestsPerSecond: requestsPerSecond, load: load)
            origins[name] = origin
            return origin
        }
    }

    /// Of each server, by its name.
    package var paces: [Pace] {
        origins.withLock { $0.values.map(\.pace) }.sorted { $0.server < $1.server }
    }
}
