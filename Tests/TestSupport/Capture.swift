import Subprocess
import Synchronization

/// What a program writes to one of its streams, as bytes and, while it runs, line by line.
final class Capture: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var lineStart = 0
    }

    let lines: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let state = Mutex(State())

    init() {
        (lines, continuation) = AsyncStream.makeStream()
    }

    var bytes: [UInt8] { state.withLock { $0.bytes } }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    func collect(_ stream: SubprocessOutputSequence) async throws {
        defer { continuation.finish() }
        for try await buffer in stream {
            buffer.withUnsafeBytes { append($0) }
        }
        state.withLock { state in
            guard state.lineStart < state.bytes.count else { return }
            continuation.yield(String(decoding: state.bytes[state.lineStart...], as: UTF8.self))
        }
    }

    private func append(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { state in
            var searched = state.bytes.count
            state.bytes += bytes
            while let end = state.bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                continuation.yield(String(decoding: state.bytes[state.lineStart..<end], as: UTF8.self))
                state.lineStart = end + 1
                searched = end + 1
            }
        }
    }
}
