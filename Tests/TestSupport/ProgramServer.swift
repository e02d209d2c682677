import Foundation

/// A server of `Programs/`, written in Python: it prints its port first, then what it has to say.
public struct ProgramServer: Sendable {
    public let port: Int
    private let lines: AsyncStream<String>

    public var baseURL: String { "http://127.0.0.1:\(port)" }

    fileprivate init(port: Int, lines: AsyncStream<String>) {
        self.port = port
        self.lines = lines
    }

    /// The next `count` lines that it prints, once they have come. Can be asked once.
    public func lines(_ count: Int) async -> [String] {
        var result: [String] = []
        for await line in lines.prefix(count) { result.append(line) }
        return result
    }
}

/// Runs `body` with that server.
public func withServer<Result: Sendable>(
    _ program: String, _ arguments: [String], _ body: @escaping @Sendable (ProgramServer) async throws -> Result
) async throws -> Result {
    let path = testProgram(program)
    return try await Command("python3", [path] + arguments).withRunning { running in
        // The stream is read on by each reader where the last one stopped.
        var lines = running.output.makeAsyncIterator()
        guard let port = await lines.next().flatMap({ Int($0) }) else {
            throw Sandbox.Failure(description: "\(program) did not start")
        }
        let result = try await body(ProgramServer(port: port, lines: running.output))
        try running.signal(SIGKILL)
        return result
    }.result
}

/// The path of a file of `Programs/`.
public func testProgram(_ name: String) -> String {
    URL(filePath: #filePath).appending(path: "../Programs/\(name)").standardizedFileURL.path
}
