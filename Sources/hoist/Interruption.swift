import ArgumentParser
import Dispatch
import Glibc
import Synchronization

/// SIGINT, SIGTERM and SIGHUP (the terminal is gone) end the work in good order: what is under way is cancelled and still gets its record. A second
/// signal ends the process at once.
enum Interruption {
    /// Runs the work, which may stop itself. After a signal it throws 128 + the signal's number as exit code, whatever
    /// the work came to.
    static func stopping(
        _ work: sending @escaping (_ stop: @escaping @Sendable () -> Void) async throws -> Void
    ) async throws {
        let received = Received()
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        // Before the work begins: until then a signal ends the process at once, and what it has sent is not reported.
        let sources = [SIGINT, SIGTERM, SIGHUP].filter(isHeeded).map { number in
            // The source sees the signal all the same; this only takes away what it does by default.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if received.signal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
                stop.yield()
            }
            source.resume()
            return source
        }
        let task = Task { try await work { stop.yield() } }
        let stopping = Task { for await _ in stops { task.cancel() } }
        defer { stopping.cancel() }
        let result = await task.result
        for source in sources { source.cancel() }
        let number = received.signal.load(ordering: .relaxed)
        if number != 0 { throw ExitCode(128 + number) }
        try result.get()
    }

    private final class Received: Sendable {
        let signal = Atomic<Int32>(0)
    }

    /// A signal that the parent made us ignore (nohup) stays ignored.
    private static func isHeeded(_ number: Int32) -> Bool {
        var action = sigaction()
        return sigaction(number, nil, &action) != 0
            || unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
    }
}
