import Foundation
import TestSupport

/// A running recording_server.py.
struct RecordingServer: Sendable {
    struct Request: Decodable, Sendable {
        let place: String
        /// `service` or `other`.
        let role: String
        let head: [String]
        /// As Latin-1.
        let body: String

        var text: String { head.joined(separator: "\n") + "\n" + body }
        /// `POST /r0/files`
        var line: String { head[0].split(separator: " ").prefix(2).joined(separator: " ") }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    fileprivate struct Document: Encodable {
        let scenarios: [String: [String: [ServerAnswer]]]
        let certificate: String?
    }

    /// By the names that texts have for them.
    let ports: [String: Int]

    /// All requests so far, by scenarios; under "" what belongs to none.
    func requests() async throws -> [String: [Request]] {
        let url = "http://127.0.0.1:\(ports["PORT"] ?? 0)/log"
        let finished = try await Command("curl", ["-sS", "--fail", "--noproxy", "*", url]).run()
        guard finished.exit == .code(0) else { throw Failure(description: "\(url): \(finished.errors)") }
        return try JSONDecoder().decode([String: [Request]].self, from: Data(finished.outputBytes))
    }
}

/// Runs `body` with a server that plays the services of these rows, by the rows' numbers.
///
/// - Parameter certificate: a file with a key and a certificate, for hosts that the proxy plays.
func withRecordingServer<Result: Sendable>(
    _ rows: [DescriptionRow], certificate: String? = nil,
    _ body: @escaping @Sendable (RecordingServer) async throws -> Result
) async throws -> Result {
    let scenarios = rows.enumerated().map { ("r\($0)", ["service": $1.service, "other": $1.other]) }
    let document = RecordingServer.Document(
        scenarios: Dictionary(uniqueKeysWithValues: scenarios), certificate: certificate)
    let input = Array(try JSONEncoder().encode(document))
    let command = Command("python3", [testProgram("recording_server.py")], input: input, timeLimit: Command.wholeRun)
    return try await command.withRunning { running in
        var lines = running.output.makeAsyncIterator()
        guard let line = await lines.next() else {
            throw RecordingServer.Failure(description: "recording_server.py did not start")
        }
        let ports = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))
        let result = try await body(RecordingServer(ports: ports))
        try running.signal(SIGKILL)
        return result
    }.result
}
