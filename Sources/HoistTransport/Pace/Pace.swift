/// How many requests to one server are under way at most, and why there are no more.
package struct Pace: Sendable {
    let server: String
    private let requests: Int
    private let requestsReason: RequestLimit.Reason
    /// Nil where no large file was sent.
    private let streams: Int?
    private let streamsReason: RequestLimit.Reason
    /// Requests a second that the server was found to take; nil where it refused none, or says so itself.
    private let perSecond: Double?

    init(server: String, _ state: OriginState) {
        self.server = server
        requests = state.limit.count
        // Of one that took nothing, nothing is known.
        requestsReason = state.lastTaken == nil ? .enough : state.limit.reason
        streams = state.hasSentStreams ? state.streams.count : nil
        streamsReason = state.streams.reason
        perSecond = state.lastTaken == nil || state.quota.isKnown ? nil : state.rate.perSecond
    }

    /// Whether something was found out.
    package var isTelling: Bool {
        requestsReason != .enough || streams != nil && streamsReason != .enough || perSecond != nil
    }

    /// `storage.example.com: 64 at a time (more only wait longer); 2 large files at a time (more bring no more)`
    package var text: String {
        var parts: [String] = []
        if requestsReason != .enough { parts.append("\(requests) at a time (\(requestsReason.text))") }
        if let streams, streamsReason != .enough {
            parts.append("\(streams) large at a time (\(streamsReason.text))")
        }
        if let perSecond {
            let tenths = (perSecond * 10).rounded() / 10
            parts.append(
                "\(perSecond < 10 ? tenths.description : String(Int(perSecond))) requests a second (it refused more)")
        }
        return "\(server): \(parts.joined(separator: "; "))"
    }
}

extension RequestLimit.Reason {
    fileprivate var text: String {
        switch self {
        case .enough: "no more were needed"
        case .most: "the most there may be"
        case .goodput: "more bring nothing more"
        case .latency: "more only wait longer"
        case .refused: "it refused more"
        case .trouble: "replies did not come in time"
        }
    }
}
