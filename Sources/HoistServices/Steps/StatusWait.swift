import HoistCore
import HoistTransport

/// Asks for an upload's status until it is finished: with growing pauses, and for so long.
package struct StatusWait: Sendable {
    /// Seconds in all.
    package let timeout: Double
    /// Seconds between two questions: the first pause and the longest.
    package let interval: ClosedRange<Double>

    package init(timeout: Double, interval: ClosedRange<Double>) {
        self.timeout = timeout
        self.interval = interval
    }

    /// Returns when it is finished. Throws `refusedByService` when processing failed and `temporary` when the time is over.
    package func untilFinished(_ service: Service, _ id: String, over exchange: Exchange) async throws(Failure) {
        var word: String?
        let deadline = ContinuousClock.now + .seconds(timeout)
        exchange.deadline = deadline
        defer { exchange.deadline = nil }
        // What went wrong with the last question; the service may be away for a while, and the wait outlives that.
        var trouble: Failure?
        var pause = interval.lowerBound
        while true {
            do throws(Failure) {
                let state = try await service.status(of: id, over: exchange)
                word = state.word
                exchange.progress.isProcessed(state.word)
                trouble = nil
                if try state.isFinished(at: service.title) { return }
            } catch {
                if error.kind == .interrupted { throw Self.interrupted(id) }
                guard error.kind == .temporary else { throw error }
                trouble = error
            }
            let left = deadline - ContinuousClock.now
            guard left > Self.lastAnswer, trouble?.retryAfter.map({ .seconds($0) < left }) ?? true else {
                throw late(id, word ?? exchange.receipt["status"]?.text, after: trouble)
            }
            // Jitter, so that many machines that started together do not ask together; and one last question when
            // the time is over.
            let next = min(.seconds(Double.random(in: pause * 0.75...pause)), left - Self.lastAnswer)
            do throws(Failure) { try await exchange.rest(for: next) } catch { throw Self.interrupted(id) }
            pause = min(pause * 1.5, interval.upperBound)
        }
    }

    /// What is kept of the time for the answer to the last question.
    private static let lastAnswer = Duration.milliseconds(250)

    /// The file is there; a journal need not send it again.
    private static func interrupted(_ id: String) -> Failure {
        Failure(
            .interrupted, code: lateCode, "interrupted while it was being processed",
            advice: "ask again with hoist status \(id.shortened.safeForTerminal)")
    }

    package static let lateCode = "not_finished"

    private func late(_ id: String, _ word: String?, after trouble: Failure?) -> Failure {
        let reason = trouble.map { " (\($0.message))" } ?? ""
        return Failure(
            .temporary, code: Self.lateCode,
            "still \(word?.shortened.safeForTerminal ?? "unknown") after \(timeout.formatted) s\(reason)",
            advice: "ask again with hoist status \(id.shortened.safeForTerminal), or allow more with --wait-timeout",
            httpStatus: trouble?.httpStatus, requestID: trouble?.requestID)
    }
}

extension Duration {
    /// `2 s`, `0.5 s`
    var inSeconds: String { "\((self / .seconds(1)).formatted) s" }
}

extension Double {
    /// Without a fraction that says nothing: `10`, `0.5`.
    package var formatted: String { Int64(exactly: self).map(String.init) ?? description }
}
