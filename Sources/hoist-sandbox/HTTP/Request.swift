import NIOHTTP1

/// The head of a request, and the fault it has met, if any.
struct Request: Sendable {
    /// What a request is for, as faults and the request log name it.
    enum Kind: String, Sendable, CaseIterable {
        case figur, initiate, put, status, presign, delete, download, other
    }

    let method: HTTPMethod
    let target: String
    let headers: HTTPHeaders
    var fault: Fault.Action?

    init(_ head: HTTPRequestHead) {
        method = head.method
        target = head.uri
        headers = head.headers
    }

    var path: Substring { target.prefix { $0 != "?" } }

    /// The query as it was sent; nil without one.
    var query: Substring? {
        target.firstIndex(of: "?").map { target[target.index(after: $0)...] }
    }

    var contentLength: Int? { headers["content-length"].first.flatMap { Int($0) } }

    /// Whether a body follows, be it an empty one (RFC 9112, 6.3).
    var hasBody: Bool { headers.contains(name: "transfer-encoding") || contentLength != nil }

    var expectsContinue: Bool { headers["expect"].contains { $0.lowercased() == "100-continue" } }

    /// Whether the header was sent exactly once, with exactly this value.
    func has(_ name: String, _ value: String) -> Bool { headers[name] == [value] }
}
