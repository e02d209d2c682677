import Foundation
import TestSupport

/// Standard input whose bytes come when the test says so: the input that it is takes as long as the test needs.
struct HeldInput: Sendable {
    private let path: String
    private let descriptor: Int32

    struct Failure: Error {}

    fileprivate init(in directory: TemporaryDirectory) throws {
        path = directory.path("held")
        guard mkfifo(path, 0o600) == 0 else { throw Failure() }
        // For reading as well: so it opens before anybody reads, and what is written is kept.
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure() }
    }

    /// The command with this as its standard input.
    func feeding(_ command: Command) -> Command {
        var command = command
        command.environment["HELD"] = path
        command.arguments = ["-c", #"exec "$0" "$@" <"$HELD""#, command.program] + command.arguments
        command.program = "bash"
        return command
    }

    /// Gives the bytes, fewer than a pipe holds, and their end. Only once the program runs: before, there is nobody
    /// whom the end could reach.
    func release(_ bytes: Data) throws {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count == bytes.count, close(descriptor) == 0 else { throw Failure() }
    }
}

func withHeldInput<Result>(_ body: (HeldInput) async throws -> Result) async throws -> Result {
    try await withTemporaryDirectory { try await body(HeldInput(in: $0)) }
}
