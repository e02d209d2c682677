import ArgumentParser
import Dispatch
import Glibc
import HoistCore
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
        let over: Int32 = -1
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        // Before the work begins: until then a signal ends the process at once, and what it has sent is not reported.
        try Self.heed([SIGINT, SIGTERM, SIGHUP].filter(isHeeded)) { number in
            if received.signal.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
            stop.yield()
        }
        let task = Task { try await work { stop.yield() } }
        let stopping = Task { for await _ in stops { task.cancel() } }
        defer { stopping.cancel() }
        let result = await task.result
        // What is left is a word about it: nobody is to wait until that is read.
        let number = received.signal.exchange(over, ordering: .relaxed)
        if number != 0 { throw ExitCode(128 + number) }
        try result.get()
    }

    /// Can be read from once a signal has come, and ever after; -1 until signals are heeded.
    static var descriptor: Int32 { stopped.read }

    /// Calls `heed` with each signal from now on. Not by signal sources: those are there some time after they were asked
    /// for, and a signal that came before was lost (measured: 1 of 600 that came in the first moments).
    private static func heed(_ numbers: [Int32], _ heed: @escaping @Sendable (Int32) -> Void) throws(Failure) {
        let pipe = try makePipe()
        stopped = try makePipe()
        // Nobody reads from it: full, it must not hold up the handler.
        _ = fcntl(stopped.write, F_SETFL, O_NONBLOCK)
        alarm = pipe.write
        // A queue of its own: those that all share may be held up by somebody who does not read.
        let source = DispatchSource.makeReadSource(
            fileDescriptor: pipe.read, queue: DispatchQueue(label: "signals"))
        source.setEventHandler {
            // It keeps itself, to the end of the process.
            withExtendedLifetime(source) {
                var number: UInt8 = 0
                if read(pipe.read, &number, 1) == 1 { heed(Int32(number)) }
            }
        }
        source.resume()
        for number in numbers { signal(number, raiseAlarm) }
    }

    private static func makePipe() throws(Failure) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw Failure(.localIO, code: "no_descriptors", "no pipe can be made: \(describe(errno))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
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

// Where the signal handler writes to; set before there is one, and never again.
private nonisolated(unsafe) var alarm: Int32 = -1
private nonisolated(unsafe) var stopped: (read: Int32, write: Int32) = (-1, -1)

/// A signal handler: it may do nothing but what signal-safety(7) allows.
private func raiseAlarm(_ number: Int32) {
    let error = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(stopped.write, &byte, 1)
    _ = write(alarm, &byte, 1)
    errno = error
}
