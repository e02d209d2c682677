import HoistFiles
import Synchronization

/// What a run has under way at all servers, for whoever decides whether another input may begin.
package final class Load: Sendable {
    private struct State {
        /// Inputs that wait for time to pass: before another attempt, or until a service has processed them.
        var resting = 0
        /// Those of them whose large file was sent before.
        var restingLarge = 0
        /// Requests that are sent.
        var underWay = 0
        /// Large files that are sent, and whose reply is awaited.
        var sentStreams = 0
        /// How many large files are sent at once, where that was found out.
        var streams: Int?
        var listener: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Whether another input may begin: as long as few wait, since what waits may lapse, and a few have to, so that no
    /// server waits for them.
    ///
    /// - Parameters:
    ///   - size: bytes of its file.
    ///   - working: how many inputs have begun and are not done, and how many of them are large files.
    package func mayBegin(size: Int64, working: Int, large: Int) -> Bool {
        state.withLock { state in
            // Those that are about to send something count as those that wait.
            let waiting = working - state.underWay - state.resting
            guard waiting < max(Self.fewestWaiting, state.underWay / 2) else { return false }
            guard Self.isLarge(size) else { return true }
            // One more than can be sent: what comes before its bytes is done while another one's bytes are on their way.
            return large - state.sentStreams - state.restingLarge <= state.streams ?? StreamLimit.first(size: size)
        }
    }

    /// Whether a file is one of those that a link carries only few of at once.
    package static func isLarge(_ size: Int64) -> Bool { size > LargeFile.largestSmall }

    /// - Parameter listener: called whenever another input may be able to begin.
    package func listen(_ listener: @escaping @Sendable () -> Void) { state.withLock { $0.listener = listener } }

    private static let fewestWaiting = 4

    struct Change {
        var resting = 0
        var restingLarge = 0
        var underWay = 0
        var sentStreams = 0
        var streams: Int?
    }

    func apply(_ change: Change) {
        let listener = state.withLock { state in
            state.resting += change.resting
            state.restingLarge += change.restingLarge
            state.underWay += change.underWay
            state.sentStreams += change.sentStreams
            if let streams = change.streams { state.streams = streams }
            return state.listener
        }
        listener?()
    }
}
