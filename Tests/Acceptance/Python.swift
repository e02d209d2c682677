import Foundation
import TestSupport

/// The tests' Python programs, run in the environment that `Scripts/test` makes.
enum Python {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    static func command(_ program: String, _ arguments: [String] = [], input: [UInt8] = []) throws -> Command {
        guard let python = ProcessInfo.processInfo.environment["HOIST_TEST_PYTHON"] else {
            throw Missing(description: "HOIST_TEST_PYTHON is not set; run these tests with Scripts/test")
        }
        let path = URL(filePath: #filePath).appending(path: "../Programs/\(program)").standardizedFileURL.path
        let environment = ["TMPDIR": FileManager.default.temporaryDirectory.path]
        return Command(python, [path] + arguments, environment: environment, input: input, timeLimit: Command.wholeRun)
    }

    /// Runs `body` with a server that prints one line of JSON once it is ready, and ends it afterwards. Its standard input
    /// stays open meanwhile.
    static func withServer<Announcement: Decodable & Sendable, Result: Sendable>(
        _ program: String, _ body: @escaping @Sendable (Announcement) async throws -> Result
    ) async throws -> Result {
        var command = try command(program)
        // The server itself holds the other end of its input.
        command.arguments =
            ["-c", #"mkfifo "$HOME/input" && exec "$0" "$@" <>"$HOME/input""#, command.program] + command.arguments
        command.program = "bash"
        return try await command.withRunning { running in
            var lines = running.output.makeAsyncIterator()
            guard let line = await lines.next() else {
                var errors: [String] = []
                for await error in running.errors { errors.append(error) }
                throw Missing(description: "\(program) did not start: \(errors.joined(separator: "\n"))")
            }
            let announcement = try JSONDecoder().decode(Announcement.self, from: Data(line.utf8))
            let result = try await body(announcement)
            try running.signal(SIGTERM)
            return result
        }.result
    }
}

/// `sha256sum`'s word on a file.
func sha256(of path: String) async throws -> String {
    let output = try await Command("sha256sum", [path]).run().output
    // A leading backslash says that the name in the output is escaped.
    return String(output.drop { $0 == "\\" }.prefix(64))
}
