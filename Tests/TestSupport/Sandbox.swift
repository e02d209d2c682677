import Foundation

/// A running `hoist-sandbox`.
public struct Sandbox: Sendable {
    /// What it says about itself once it listens.
    private struct Announcement: Decodable {
        let port: Int
        let figur_base_url: String
        let eachlabs_base_url: String
        let figur_api_key: String
        let eachlabs_api_key: String
        let owner: String
        let directory: String
    }

    /// It ended before it should have, or otherwise than it should have.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let announcement: Announcement
    public let processID: Int32

    public var port: Int { announcement.port }
    public var figurBaseURL: String { announcement.figur_base_url }
    public var eachLabsBaseURL: String { announcement.eachlabs_base_url }
    public var figurKey: String { announcement.figur_api_key }
    public var eachLabsKey: String { announcement.eachlabs_api_key }
    public var owner: String { announcement.owner }
    public var directory: String { announcement.directory }

    fileprivate init(line: String, processID: Int32) throws {
        announcement = try JSONDecoder().decode(Announcement.self, from: Data(line.utf8))
        self.processID = processID
    }
}

/// Starts a sandbox on a free port, and ends it when `body` is done; it must then end well.
public func withSandbox<Result: Sendable>(
    _ options: String...,
    during body: @escaping @Sendable (Sandbox) async throws -> Result
) async throws -> Result {
    let (result, finished) = try await withTemporaryDirectory { directory in
        // Where its own directory goes, so that it is removed even if the sandbox has to be killed.
        let environment = ["TMPDIR": directory.path]
        let command = Command(try Binaries.sandbox, options, environment: environment, timeLimit: Command.wholeRun)
        return try await command.withRunning { running in
            var lines = running.output.makeAsyncIterator()
            guard let line = await lines.next() else {
                var errors: [String] = []
                for await line in running.errors { errors.append(line) }
                throw Sandbox.Failure(description: "hoist-sandbox did not start: \(errors.joined(separator: "\n"))")
            }
            let result = try await body(Sandbox(line: line, processID: running.processID))
            try running.signal(SIGTERM)
            return result
        }
    }
    guard finished.exit == .code(0) else {
        throw Sandbox.Failure(description: "hoist-sandbox ended with \(finished.exit): \(finished.errors)")
    }
    return result
}

/// A request that the sandbox has seen.
public struct SeenRequest: Decodable, Sendable {
    private enum CodingKeys: String, CodingKey {
        case kind, method, target, body, status, ended
        case headerPairs = "headers"
        case bodyBytes = "body_bytes"
        case bodyPath = "body_path"
    }

    /// What it was for: `figur`, `initiate`, `put`, `status`, `download` or `other`.
    public let kind: String
    public let method: String
    public let target: String
    public let body: String?
    public let bodyBytes: Int
    /// Where its body is kept.
    public let bodyPath: String?
    /// Nil until it is answered.
    public let status: Int?
    /// Answered, or lost with its connection.
    public let ended: Bool
    private let headerPairs: [[String]]

    /// The headers in the order and the letter case in which they came.
    public var headers: [(name: String, value: String)] { headerPairs.map { ($0[0], $0[1]) } }

    /// The values of all headers of that name, in any letter case.
    public func values(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
}

// MARK: - Control plane

extension Sandbox {
    /// Sets a fault, or an array of them, given as JSON.
    public func fault(_ json: String) async throws {
        _ = try await control("faults", "-X", "POST", "-d", json)
    }

    public func clearFaults() async throws {
        _ = try await control("faults", "-X", "DELETE")
    }

    /// Every request so far, in the order of arrival.
    public func requests() async throws -> [SeenRequest] {
        try JSONDecoder().decode([SeenRequest].self, from: try await control("requests"))
    }

    /// Awaits that many requests of a kind (of any kind without one) to have arrived, that many to have ended, and
    /// that many bytes of the latest one's body; returns every request so far.
    @discardableResult
    public func wait(
        on kind: String? = nil,
        requests: Int = 0,
        ended: Int = 0,
        bodyBytes: Int = 0,
        timeout: Duration = .seconds(30)
    ) async throws -> [SeenRequest] {
        let milliseconds = timeout.components.seconds * 1000
        let conditions = "requests=\(requests)&ended=\(ended)&body_bytes=\(bodyBytes)&timeout_ms=\(milliseconds)"
        let query = conditions + (kind.map { "&on=\($0)" } ?? "")
        return try JSONDecoder().decode([SeenRequest].self, from: try await control("wait?\(query)"))
    }

    /// Calls the control plane with curl: a client that shares nothing with the programs under test.
    private func control(_ path: String, _ options: String...) async throws -> Data {
        let url = "http://127.0.0.1:\(port)/sandbox/\(path)"
        let finished = try await Command("curl", ["-sS", "--fail-with-body"] + options + [url]).run()
        guard finished.exit == .code(0) else {
            throw Failure(description: "\(url): \(finished.errors)\(finished.output)")
        }
        return Data(finished.outputBytes)
    }
}
