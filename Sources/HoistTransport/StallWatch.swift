/// When a transfer counts as stuck. libcurl's own LOW_SPEED limits would also count the time in which a server works on a
/// body that it has whole (measured), and take what lies in the kernel's send buffer for sent: at 4 kB/s, that takes
/// minutes to leave.
struct StallWatch {
    enum Stall {
        /// The peer has taken no byte of the request for as long as that.
        case sending
        /// The peer has the whole request, and there is no whole reply yet.
        case reply
    }

    /// What has moved so far, in bytes.
    struct Position: Equatable {
        /// What the peer's kernel has taken.
        var taken: Int64
        var received: Int64
        var isBodyTaken: Bool
    }

    private let timeout: Duration
    private let replyTimeout: Duration
    private var last: Position?
    private var moved: ContinuousClock.Instant

    init(timeout: Duration, replyTimeout: Duration, now: ContinuousClock.Instant = .now) {
        self.timeout = timeout
        self.replyTimeout = replyTimeout
        moved = now
    }

    /// Held back by hoist itself, which is no fault of the peer's.
    mutating func excuse(at now: ContinuousClock.Instant) { moved = now }

    /// The stall, once it has lasted for longer than its limit.
    mutating func stall(_ position: Position, at now: ContinuousClock.Instant) -> Stall? {
        // A reply that comes in drops is no progress: from the last byte taken, all of it has one time limit.
        let hasMoved =
            last.map { last in
                position.isBodyTaken ? !last.isBodyTaken || position.taken != last.taken : position != last
            } ?? true
        if hasMoved { moved = now }
        last = position
        guard now - moved >= (position.isBodyTaken ? replyTimeout : timeout) else { return nil }
        return position.isBodyTaken ? .reply : .sending
    }
}
