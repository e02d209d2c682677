import Foundation
import TestSupport

/// A running hostile_server.py.
struct HostileServer: Sendable {
    /// What a request was, and how much of it came.
    struct Request: Decodable, Sendable {
        let kind: String
        let head: [String]
        let bytes: Int
        let whole: Bool
        /// Of the file in it.
        let sha256: String?
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    fileprivate struct Scenario: Encodable {
        let name: String
        let directory: String
        let scripts: [String: [[HostileStep]]]
    }

    /// Ports by their names in the rows.
    let ports: [String: Int]

    /// The requests of a row so far.
    func requests(_ name: String) async throws -> [Request] {
        let url = "http://127.0.0.1:\(ports["PORT"] ?? 0)/log/\(name)"
        let finished = try await Command("curl", ["-sS", "--fail", "--noproxy", "*", url]).run()
        guard finished.exit == .code(0) else { throw Failure(description: "\(url): \(finished.errors)") }
        return try JSONDecoder().decode([Request].self, from: Data(finished.outputBytes))
    }
}

/// Runs `body` with a server that deals with all of those rows, each in its own directory.
func withHostileServer<Result: Sendable>(
    _ places: [HostilePlace], _ body: @escaping @Sendable (HostileServer) async throws -> Result
) async throws -> Result {
    let program = URL(filePath: #filePath).appending(path: "../../../TestSupport/Programs/hostile_server.py")
        .standardizedFileURL.path
    let lines = try places.map { place in
        let scripts = place.row.scripts.map { ($0.key.rawValue, $0.value) }
        let scenario = HostileServer.Scenario(
            name: place.name, directory: place.directory, scripts: Dictionary(uniqueKeysWithValues: scripts))
        return String(decoding: try JSONEncoder().encode(scenario), as: UTF8.self) + "\n"
    }
    let command = Command("python3", [program], input: Array(lines.joined().utf8), timeLimit: Command.wholeRun)
    return try await command.withRunning { running in
        var lines = running.output.makeAsyncIterator()
        guard let line = await lines.next() else {
            throw HostileServer.Failure(description: "hostile_server.py did not start")
        }
        let ports = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))
        let result = try await body(HostileServer(ports: ports))
        try running.signal(SIGKILL)
        return result
    }.result
}
