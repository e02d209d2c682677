import Foundation

/// A server that answers with exactly the bytes it is given, and keeps each request's head exactly as it came.
public struct RawServer: Sendable {
    public let port: Int
    private let heads: AsyncStream<String>

    public var baseURL: String { "http://127.0.0.1:\(port)" }

    fileprivate init(port: Int, heads: AsyncStream<String>) {
        self.port = port
        self.heads = heads
    }

    /// The lines of the next `count` request heads, once they have come. Can be asked once.
    public func heads(_ count: Int) async throws -> [[String]] {
        var result: [[String]] = []
        for await line in heads.prefix(count) {
            result.append(try JSONDecoder().decode([String].self, from: Data(line.utf8)))
        }
        return result
    }

    /// A whole reply with a JSON body.
    public static func json(_ body: String, status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}

/// Runs `body` with a server that gives those replies in turn; `PORT` in them is its own port.
///
/// - Parameter beforeReply: a command to run whenever a request has come whole, before the reply.
public func withRawServer<Result: Sendable>(
    replies: [String], beforeReply: [String] = [], _ body: @escaping @Sendable (RawServer) async throws -> Result
) async throws -> Result {
    let program = URL(filePath: #filePath).appending(path: "../Programs/raw_server.py").standardizedFileURL.path
    let lines = try replies.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }
    let command = Command("python3", [program] + beforeReply, input: Array(lines.joined().utf8))
    return try await command.withRunning { running in
        // The stream is read on by each reader where the last one stopped: the port first, then the heads.
        var lines = running.output.makeAsyncIterator()
        guard let port = await lines.next().flatMap({ Int($0) }) else {
            throw Sandbox.Failure(description: "raw_server.py did not start")
        }
        let result = try await body(RawServer(port: port, heads: running.output))
        try running.signal(SIGKILL)
        return result
    }.result
}
