import NIOHTTP1

/// Every request to the services, in the order in which their heads arrived.
actor RequestLog {
    struct Entry: Sendable {
        let kind: Request.Kind
        let method: String
        let target: String
        let headers: [(name: String, value: String)]
        var bodyBytes = 0
        var bodyPath: String?
        /// A small body, inline.
        var body: String?
        var status: Int?
        /// Answered, or lost with its connection.
        var ended = false
    }

    /// What to wait for among the requests of one kind, or of all.
    struct Condition: Sendable {
        var kind: Request.Kind?
        /// That many have arrived.
        var requests = 0
        /// That many have ended.
        var ended = 0
        /// The latest one's body has come this far.
        var bodyBytes = 0

        fileprivate func holds(in entries: [Entry]) -> Bool {
            let entries = kind.map { kind in entries.filter { $0.kind == kind } } ?? entries
            return entries.count >= requests
                && entries.count(where: \.ended) >= ended
                && (entries.last?.bodyBytes ?? 0) >= bodyBytes
        }
    }

    private(set) var entries: [Entry] = []
    private var waiters: [Int: (condition: Condition, continuation: CheckedContinuation<Bool, Never>)] = [:]
    private var nextWaiter = 0

    /// Lists the request and returns its number.
    func arrived(_ request: Request, kind: Request.Kind) -> Int {
        entries.append(
            Entry(
                kind: kind,
                method: request.method.rawValue,
                target: request.target,
                headers: request.headers.map { ($0.name, $0.value) }
            )
        )
        wake()
        return entries.count - 1
    }

    func update(_ number: Int, _ change: @Sendable (inout Entry) -> Void) {
        change(&entries[number])
        wake()
    }

    /// Whether the condition came true in time.
    func wait(for condition: Condition, timeout: Duration) async -> Bool {
        if condition.holds(in: entries) { return true }
        let waiter = nextWaiter
        nextWaiter += 1
        let expiry = Task {
            try await Task.sleep(for: timeout)
            waiters.removeValue(forKey: waiter)?.continuation.resume(returning: false)
        }
        defer { expiry.cancel() }
        return await withCheckedContinuation { waiters[waiter] = (condition, $0) }
    }

    private func wake() {
        for (waiter, (condition, continuation)) in waiters where condition.holds(in: entries) {
            waiters[waiter] = nil
            continuation.resume(returning: true)
        }
    }
}

extension RequestLog.Entry {
    var json: JSON {
        [
            "kind": .string(kind.rawValue),
            "method": .string(method),
            "target": .string(target),
            "headers": .array(headers.map { [.string($0.name), .string($0.value)] }),
            "body_bytes": JSON(bodyBytes),
            "body_path": bodyPath.map { .string($0) } ?? .null,
            "body": body.map { .string($0) } ?? .null,
            "status": status.map { JSON($0) } ?? .null,
            "ended": .bool(ended),
        ]
    }
}
