import Foundation
import TestSupport

/// A small pipe that nobody reads while a program writes to it.
struct UnreadPipe: Sendable {
    private let path: String
    private let descriptor: Int32
    /// What the program knows the stream by: 1 is standard output, 2 standard error.
    private let stream: Int

    struct Failure: Error {}

    fileprivate init(_ stream: Int, in directory: TemporaryDirectory) throws {
        path = directory.path("unread-\(stream)")
        self.stream = stream
        guard mkfifo(path, 0o600) == 0 else { throw Failure() }
        // For both, so that it opens without anybody at the other end.
        descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        // F_SETPIPE_SZ, which Glibc's module does not have: one page.
        guard descriptor >= 0, fcntl(descriptor, 1031, 4096) == 4096 else { throw Failure() }
    }

    /// The command with this as one of its streams.
    func taking(_ command: Command) -> Command {
        var command = command
        command.environment["UNREAD_\(stream)"] = path
        command.arguments =
            ["-c", "exec \"$0\" \"$@\" \(stream)>\"$UNREAD_\(stream)\"", command.program] + command.arguments
        command.program = "bash"
        return command
    }

    /// Awaits that what is written next has to wait.
    func waitUntilFull() async throws {
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while poll(&polled, 1, 0) != 0 { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// Leaves no room in it.
    func fill() {
        let byte: UInt8 = 0x2E
        while withUnsafeBytes(of: byte, { write(descriptor, $0.baseAddress, 1) }) == 1 {}
    }

    /// What was written to it.
    func content() -> String {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    }

    fileprivate func end() { close(descriptor) }
}

/// Runs `body` with such a pipe.
///
/// - Parameter stream: 1 for standard output, 2 for standard error.
func withUnreadPipe<Result>(_ stream: Int, _ body: (UnreadPipe) async throws -> Result) async throws -> Result {
    try await withTemporaryDirectory { directory in
        let pipe = try UnreadPipe(stream, in: directory)
        defer { pipe.end() }
        return try await body(pipe)
    }
}
