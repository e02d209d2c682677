// The sources it makes are thread-safe, but not marked as such.
@preconcurrency import Dispatch
import Glibc

/// SIGINT and SIGTERM as an event, so that the end of the program is an ordinary return.
enum TerminationSignals {
    /// Resumes at the first of the two signals; from the call on they no longer kill the process.
    static func first() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.finish() }
            source.resume()
            return source
        }
        continuation.onTermination = { _ in sources.forEach { $0.cancel() } }
        return stream
    }
}
