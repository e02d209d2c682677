import Foundation

/// A running `chaos_proxy.py`: it stands before a server's API and its storage and breaks a share of the requests.
public struct ChaosProxy: Sendable {
    private struct Announcement: Decodable {
        let api: String
        let storage: String
    }

    /// A request that it has seen, and what it did to it.
    public struct Drawn: Decodable, Sendable {
        /// `call`, `question` (a GET of the API) or `storage`; `away` for all that came while the service was.
        public let kind: String
        public let fault: String
    }

    private let running: Running
    private let announcement: Announcement
    private let log: String

    public var apiURL: String { announcement.api }

    fileprivate init(_ running: Running, log: String) async throws {
        var lines = running.output.makeAsyncIterator()
        guard let line = await lines.next() else {
            var errors: [String] = []
            for await line in running.errors { errors.append(line) }
            throw Sandbox.Failure(description: "chaos_proxy.py did not start: \(errors.joined(separator: "\n"))")
        }
        self.running = running
        self.log = log
        announcement = try JSONDecoder().decode(Announcement.self, from: Data(line.utf8))
    }

    /// Takes the service away: connections are lost, and new ones refused.
    public func leave() async throws {
        try await tell(SIGUSR1, expecting: "away")
    }

    public func comeBack() async throws {
        try await tell(SIGUSR2, expecting: "back")
    }

    /// Every request so far.
    public func drawn() throws -> [Drawn] {
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Drawn.self, from: Data($0.utf8))
        }
    }

    private func tell(_ signal: Int32, expecting word: String) async throws {
        try running.signal(signal)
        // The stream is read on where the last reader stopped.
        var lines = running.output.makeAsyncIterator()
        let answer = await lines.next()
        guard answer == word else { throw Sandbox.Failure(description: "chaos_proxy.py said \(answer ?? "nothing")") }
    }
}

/// Runs `body` with a proxy before the sandbox, and ends it afterwards.
///
/// - Parameter options: those of `chaos_proxy.py`.
public func withChaosProxy<Result: Sendable>(
    before sandbox: Sandbox, _ options: [String],
    _ body: @escaping @Sendable (ChaosProxy) async throws -> Result
) async throws -> Result {
    let program = URL(filePath: #filePath).appending(path: "../Programs/chaos_proxy.py").standardizedFileURL.path
    return try await withTemporaryDirectory { directory in
        let log = directory.path("log")
        let command = Command(
            "python3", [program, "http://127.0.0.1:\(sandbox.port)", "--log", log] + options,
            timeLimit: Command.wholeRun)
        return try await command.withRunning { running in
            let result = try await body(ChaosProxy(running, log: log))
            try running.signal(SIGTERM)
            return result
        }.result
    }
}
