import HoistCore

/// What a status reply says of an upload. A word that no description knows counts as still under way, and is always shown
/// as it came.
package enum UploadState: Sendable, Equatable {
    case underWay(String)
    case finished(String)
    case failed(String, reason: String?)

    /// Words that services share, letter case aside. The vendor of the first one publishes five of them.
    private static let done = [
        "COMPLETED", "COMPLETE", "SUCCESS", "SUCCEEDED", "READY", "AVAILABLE", "UPLOADED", "DONE",
    ]
    private static let failed = ["FAILED", "ERROR", "EXPIRED", "REJECTED", "CANCELLED", "CANCELED"]

    init(_ word: String, of states: Call.States, reason: String?) {
        let upper = word.uppercased()
        func isOne(of words: [String]) -> Bool { words.contains { $0.uppercased() == upper } }
        if isOne(of: states.done) {
            self = .finished(word)
        } else if isOne(of: states.failed) {
            self = .failed(word, reason: reason)
        } else if states.done.isEmpty, isOne(of: Self.done) {
            self = .finished(word)
        } else if states.failed.isEmpty, isOne(of: Self.failed) {
            self = .failed(word, reason: reason)
        } else {
            self = .underWay(word)
        }
    }

    /// Whether a word is one of those by which services say that all is done.
    package static func isDone(_ word: String) -> Bool { done.contains(word.uppercased()) }

    package var word: String {
        switch self {
        case .underWay(let word), .finished(let word), .failed(let word, _): word
        }
    }

    /// What a record has of it, in the same words whatever the service's fields are called.
    var receipt: Receipt {
        var fields: [JSONValue.Member] = word.isEmpty ? [] : [.init("status", .string(word))]
        if case .failed(_, let reason?) = self { fields.append(.init("status_reason", .string(reason))) }
        return Receipt(fields: fields)
    }

    /// Throws `refusedByService` where processing failed.
    package func isFinished(at title: String) throws(Failure) -> Bool {
        switch self {
        case .underWay: return false
        case .finished: return true
        case .failed(_, let reason):
            throw Failure(
                .refusedByService, code: "processing_failed",
                "\(title) could not process it: its status is \(word.shortened.safeForTerminal)"
                    + (reason.map { " (\($0.shortened.safeForTerminal))" } ?? ""))
        }
    }
}
