import Glibc
import HoistCore

/// Standard input as a file: it is kept first, so that it has a length. That is read to its end on a thread of its own,
/// while other files are sent.
package actor StandardInput {
    private let thread = WorkThread(label: "standard input")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let limit: Int64
    private let directory: String

    /// - Parameters:
    ///   - limit: bytes that it may have.
    ///   - directory: where it is kept.
    package init(limit: Int64, directory: String) {
        self.limit = limit
        self.directory = directory
    }

    /// Throws `refusedHere` where it is too long, `localIO` where it cannot be kept.
    package func spooled() throws(Failure) -> InputFile {
        try .spooling(STDIN_FILENO, limit: limit, directory: directory)
    }
}
