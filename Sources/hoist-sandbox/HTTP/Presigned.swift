import FoundationEssentials
import NIOHTTP1

/// A URL that carries its own permission: good for one path, with exactly one query, for a while.
struct PresignedURL: Sendable {
    let path: String
    let query: String
    let expiry: Date

    /// Storage's refusal of a query that was not the one handed out, or that came too late.
    func refusal(_ request: Request, now: Date = .now) -> S3Error? {
        guard request.path == path, let query = request.query, query == self.query else {
            return .signatureDoesNotMatch
        }
        return now < expiry ? nil : .expired(at: expiry, now: now)
    }
}

/// The two forms in which a time travels.
enum Timestamp {
    /// `2026-09-01T10:00:00Z`
    static func iso8601(_ date: Date) -> String {
        Date.ISO8601FormatStyle().format(date)
    }

    /// `20260901T100000Z`, as in `X-Amz-Date`.
    static func amz(_ date: Date) -> String {
        Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted).format(date)
    }
}
