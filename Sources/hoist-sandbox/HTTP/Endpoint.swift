/// One call of a service, in the two steps in which a server can answer it.
protocol Endpoint: Sendable {
    /// What can be refused from the head alone, before the body is read; nil lets the body come.
    func refusal(_ request: Request) async -> Reply?

    /// The answer to the whole request. `body` is nil where none was sent.
    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply
}

/// Answers the same to everything, from the head.
struct Refusing: Endpoint {
    let reply: Reply

    func refusal(_ request: Request) async -> Reply? { reply }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply { reply }
}
