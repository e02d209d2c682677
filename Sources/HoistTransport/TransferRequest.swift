import HTTPTypes

/// What is to be sent, and how. A class, since it is large and handed on several times: as a value it took a sixtieth of
/// a small file's instructions more (measured).
final class TransferRequest: Sendable {
    let id: UInt64
    let head: HTTPRequest
    let body: RequestBody
    let deadline: ContinuousClock.Instant?
    /// Told how much of a file's bytes has gone.
    let progress: FileProgress?
    let configuration: TransportConfiguration
    let trace: (@Sendable (String) -> Void)?
    /// Of the file's bytes.
    let checksums: Checksums.Kinds
    /// Of a large file: whether its bytes may go.
    let place: StreamPlace?

    init(
        id: UInt64, head: HTTPRequest, body: RequestBody, deadline: ContinuousClock.Instant?, progress: FileProgress?,
        configuration: TransportConfiguration, trace: (@Sendable (String) -> Void)?, checksums: Checksums.Kinds,
        place: StreamPlace?
    ) {
        self.id = id
        self.head = head
        self.body = body
        self.deadline = deadline
        self.progress = progress
        self.configuration = configuration
        self.trace = trace
        self.checksums = checksums
        self.place = place
    }
}

/// What a libcurl handle has to be set up for; one that was set up for the same is used as it is.
struct TransferKind: Equatable {
    enum Body {
        case none
        /// Given to libcurl as a whole.
        case whole
        /// Asked for piece by piece.
        case streamed
    }

    let method: String
    let scheme: String?
    let isHTTP1: Bool
    let body: Body

    /// - Parameter isLimited: whether files may be sent only so fast.
    init(_ request: TransferRequest, isLimited: Bool) {
        method = request.head.method.rawValue
        scheme = request.head.scheme
        let isFile = request.body.file != nil
        isHTTP1 = isFile || request.head.method == .put
        let isWhole = request.body.length <= Self.largestWholeBody && !(isFile && isLimited)
        body = request.head.method == .get ? .none : isWhole ? .whole : .streamed
    }

    /// Bytes: as much as libcurl sends together with the headers.
    private static let largestWholeBody: Int64 = 1 << 16
}
