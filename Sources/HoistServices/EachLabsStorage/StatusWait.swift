import HoistCore
import HoistTransport

/// What a `status` word means. The vendor documents PENDING and publishes no list of the later words, so a word that is
/// not known counts as still under way, and is always shown as it came.
enum UploadState {
    case underWay
    case finished
    case failed

    init(_ word: String) {
        switch word.uppercased() {
        case "COMPLETED", "COMPLETE", "SUCCESS", "SUCCEEDED", "READY", "AVAILABLE", "UPLOADED", "DONE": self = .finished
        case "FAILED", "ERROR", "EXPIRED", "REJECTED", "CANCELLED", "CANCELED": self = .failed
        default: self = .underWay
        }
    }
}

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

    /// The finished upload's reply. Throws `refusedByService` when processing failed and `temporary` when the time is
    /// over, each with what is known so far.
    package func status(
        of id: String, known: Receipt, from api: EachLabsAPI, over exchange: Exchange
    ) async throws(Failure) -> Receipt {
        var last = known
        let deadline = ContinuousClock.now + .seconds(timeout)
        exchange.deadline = deadline
        defer { exchange.deadline = nil }
        // What went wrong with the last question; the service may be away for a while, and the wait outlives that.
        var trouble: Failure?
        do throws(Failure) {
            var pause = interval.lowerBound
            while true {
                do throws(Failure) {
                    let status = try await api.status(of: id, over: exchange)
                    last = known.updated(by: status)
                    trouble = nil
                    if try StatusReply(status).isFinished { return last }
                } catch {
                    guard error.kind == .temporary else { throw error }
                    trouble = error
                }
                let left = deadline - ContinuousClock.now
                guard left > Self.lastAnswer, trouble?.retryAfter.map({ .seconds($0) < left }) ?? true else {
                    throw late(last, after: trouble)
                }
                // Jitter, so that many machines that started together do not ask together; and one last question when
                // the time is over.
                let next = min(.seconds(Double.random(in: pause * 0.75...pause)), left - Self.lastAnswer)
                do { try await Task.sleep(for: next) } catch { throw .interrupted }
                pause = min(pause * 1.5, interval.upperBound)
            }
        } catch {
            throw error.keeping(last)
        }
    }

    /// What is kept of the time for the answer to the last question.
    private static let lastAnswer = Duration.milliseconds(250)

    package static let lateCode = "not_finished"

    private func late(_ status: Receipt, after trouble: Failure?) -> Failure {
        let word = status["status"]?.text?.shortened ?? "unknown"
        let reason = trouble.map { " (\($0.message))" } ?? ""
        return Failure(
            .temporary, code: Self.lateCode,
            "still \(word) after \(timeout.formatted) s\(reason); ask again with hoist status, or allow more with --wait-timeout",
            httpStatus: trouble?.httpStatus, requestID: trouble?.requestID)
    }
}

/// What a status reply comes to.
package struct StatusReply {
    private let word: String
    private let reason: String?

    package init(_ receipt: Receipt) {
        word = receipt["status"]?.text ?? ""
        reason = receipt[Self.reasonName]?.text
    }

    /// Under which name a record has the service's reason: the service's own, `error`, is one of hoist's.
    static let reasonName = "status_reason"

    /// Throws `refusedByService` where processing failed.
    package var isFinished: Bool {
        get throws(Failure) {
            switch UploadState(word) {
            case .underWay: return false
            case .finished: return true
            case .failed:
                throw Failure(
                    .refusedByService, code: "processing_failed",
                    "\(ServiceName.eachlabs.title) could not process it: its status is \(word.shortened)"
                        + (reason.map { " (\($0.shortened.safeForTerminal))" } ?? ""))
            }
        }
    }
}
