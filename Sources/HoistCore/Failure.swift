/// Why an input failed, as a person and a script need it: what happened, how bad it is, what to do next.
package struct Failure: Error, Sendable, Equatable {
    package let kind: FailureClass
    /// The service's own word where it gave one (`BAD_REQUEST`, `SignatureDoesNotMatch`), otherwise hoist's.
    package let code: String
    /// What happened.
    package let what: String
    /// What to do about it, where that can be said.
    package let advice: String?
    package var httpStatus: Int?
    package var requestID: String?
    /// How long the service asked to be left alone, in seconds (RFC 9110, `Retry-After`).
    package var retryAfter: Double?
    /// Whether a presigned URL has lapsed: the one refusal that presigning again cures.
    package var isExpiredURL = false
    /// Whether a connection that had been used before was found closed: nothing of the server's doing, and cured at once.
    package var isStaleConnection = false
    /// Whether it is the key that is missing or refused: then no other input can do better.
    package var isAboutKey = false
    /// Whether its input was not even begun: that says nothing about the input.
    package private(set) var isNotAttempted = false

    package init(
        _ kind: FailureClass,
        code: String,
        _ what: String,
        advice: String? = nil,
        httpStatus: Int? = nil,
        requestID: String? = nil,
        retryAfter: Double? = nil
    ) {
        self.kind = kind
        self.code = code
        self.what = what
        self.advice = advice
        self.httpStatus = httpStatus
        self.requestID = requestID
        self.retryAfter = retryAfter
    }

    /// The same failure as one that may pass.
    package var temporary: Failure {
        var failure = Failure(
            .temporary, code: code, what, advice: advice, httpStatus: httpStatus, requestID: requestID,
            retryAfter: retryAfter)
        failure.isNotAttempted = isNotAttempted
        return failure
    }

    package static let interrupted = Failure(
        .interrupted, code: "interrupted", "interrupted before it was done", advice: "run it again")

    /// - Parameter reason: why the input was not begun.
    package static func notAttempted(_ reason: String, advice: String? = "run it again") -> Failure {
        var failure = Failure(.interrupted, code: "not_attempted", "not attempted: \(reason)", advice: advice)
        failure.isNotAttempted = true
        return failure
    }

    package var message: String { advice.map { "\(what); \($0)" } ?? what }

    package var json: JSONValue {
        .object([
            .init("class", .string(kind.name)),
            .init("code", .string(code)),
            .init("message", .string(message)),
            .init("retryable", .bool(kind.isRetryable)),
            .init("http_status", httpStatus.map { .number($0) } ?? .null),
            .init("request_id", .string(orNull: requestID)),
        ])
    }
}

/// The classes of trouble; each is an exit code, and each exit code says what to do next (sysexits.h).
package enum FailureClass: Int32, Sendable, CaseIterable {
    /// The command line is wrong: fix it.
    case usage = 64
    /// Refused before anything was sent, or changed while being sent: fix the file.
    case refusedHere = 65
    /// No such file, unreadable, not a regular file: fix the path.
    case noInput = 66
    /// The service refused it: read the message.
    case refusedByService = 69
    /// A bug in hoist, or an installation that cannot work: report it.
    case bug = 70
    /// A local file or the output could not be written or read.
    case localIO = 74
    /// Network, time limit, 408, 429, 5xx, after the retries: run it again.
    case temporary = 75
    /// The reply was not what the contract says.
    case contract = 76
    /// Key missing or refused, presigned URL refused or expired: fix the key, presign again.
    case notAllowed = 77
    /// The configuration is wrong: fix it.
    case configuration = 78
    /// SIGINT, SIGTERM or SIGHUP: run it again. The process exits with 128 + the signal's number.
    case interrupted = 130

    package var isRetryable: Bool { self == .temporary || self == .interrupted }

    package var name: String {
        switch self {
        case .usage: "usage"
        case .refusedHere: "refused_here"
        case .noInput: "no_input"
        case .refusedByService: "refused_by_service"
        case .bug: "bug"
        case .localIO: "local_io"
        case .temporary: "temporary"
        case .contract: "contract"
        case .notAllowed: "not_allowed"
        case .configuration: "configuration"
        case .interrupted: "interrupted"
        }
    }
}
