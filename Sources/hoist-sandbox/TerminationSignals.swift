// The source it makes is thread-safe, but not marked as such.
@preconcurrency import Dispatch
import Glibc

/// SIGINT and SIGTERM as an event, so that the end of the program is an ordinary return.
enum TerminationSignals {
    /// Resumes at the first of the two signals; from the call on they no longer kill the process.
    ///
    /// Not by a signal source: that is there some time after it was asked for, and a signal that came before was lost
    /// (measured: 1 of 300 that were sent at once).
    static func first() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return stream }
        alarm = ends[1]
        let source = DispatchSource.makeReadSource(fileDescriptor: ends[0])
        source.setEventHandler { continuation.finish() }
        source.resume()
        continuation.onTermination = { _ in source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, raiseAlarm) }
        return stream
    }
}

/// Where the signal handler writes to; set before there is one.
private nonisolated(unsafe) var alarm: Int32 = -1

/// A signal handler: it may do nothing but what signal-safety(7) allows.
private func raiseAlarm(_ number: Int32) {
    let error = errno
    var byte: UInt8 = 1
    _ = write(alarm, &byte, 1)
    errno = error
}
