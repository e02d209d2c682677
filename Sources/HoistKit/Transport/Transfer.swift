import CLibCurl
import Glibc
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

    init(
        id: UInt64, head: HTTPRequest, body: RequestBody, deadline: ContinuousClock.Instant?, progress: FileProgress?,
        configuration: TransportConfiguration, trace: (@Sendable (String) -> Void)?
    ) {
        self.id = id
        self.head = head
        self.body = body
        self.deadline = deadline
        self.progress = progress
        self.configuration = configuration
        self.trace = trace
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

/// One request under way. It lives on the transfer loop's thread alone; libcurl's callbacks find it through their
/// context pointer.
final class Transfer {
    let request: TransferRequest
    let handle: EasyHandle
    private let finish: @Sendable (Result<Reply, Failure>) -> Void

    private let budget: SendBudget?
    /// Bytes that the budget has granted and that are not sent yet.
    private var allowance = 0
    /// Whether it waits for the budget.
    private(set) var isPaused = false

    /// How often libcurl began to send the request.
    private var begins = 0
    private var offset: Int64 = 0
    /// 0 until there is a status line.
    private var status = 0
    private var headerLines: [UInt8] = []
    private var replyBody: [UInt8] = []
    /// What a callback found wrong; libcurl itself only learns that it has to stop.
    private var failure: Failure?
    private var moved: (sent: Int64, received: Int64) = (-1, -1)
    private var lastMoved = ContinuousClock.now

    /// Throws what reading a small body throws.
    init(
        _ request: TransferRequest, handle: EasyHandle, budget: SendBudget?,
        finish: @escaping @Sendable (Result<Reply, Failure>) -> Void
    ) throws(Failure) {
        self.request = request
        self.handle = handle
        // What is said about a file is no part of what the user wants to limit.
        self.budget = request.body.file == nil ? nil : budget
        self.finish = finish
        if request.body.file != nil { request.progress?.expect(request.body.length) }
        try configure()
    }

    private var url: String {
        let head = request.head
        return (head.scheme ?? "") + "://" + (head.authority ?? "") + (head.path ?? "")
    }

    /// What a server may repeat of the URL and nobody else is to see.
    private lazy var secrets = WebAddress(url)?.secrets ?? []

    private func configure() throws(Failure) {
        if !handle.isSetUp { setUp(handle.kind) }
        handle.set(CURLOPT_URL, url)
        handle.set(context: Unmanaged.passUnretained(self).toOpaque())
        try configureBody(handle.kind)
    }

    /// What all transfers of a kind have in common.
    private func setUp(_ kind: TransferKind) {
        handle.isSetUp = true
        // Presigned URLs are signed as written: no squeezing of dots and slashes.
        handle.set(CURLOPT_PATH_AS_IS, 1)
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.configuration.timeout * 1000))
        // HTTP/2 uploads can degenerate (measured): a file goes over HTTP/1.1.
        if kind.isHTTP1 { handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1) }
        // Plain http is loopback only; a proxy from the environment would be sent the key in the clear.
        if kind.scheme == "http" { handle.set(CURLOPT_PROXY, "") }
        // Several calls to one server share a connection where it speaks HTTP/2: the first one finds that out.
        if kind.scheme == "https" { handle.set(CURLOPT_PIPEWAIT, 1) }
        if let file = request.configuration.certificateFile { handle.set(CURLOPT_CAINFO, file) }
        handle.setCallbacks(
            request: beginRequest, read: readBody, seek: seekBody, header: takeHeaderLine, write: takeBody,
            debug: request.trace == nil ? nil : traceLine)
        switch kind.body {
        case .none: handle.set(CURLOPT_HTTPGET, 1)
        // libcurl's "upload" streams from the read callback with a Content-Length; what the method is called is a
        // separate setting.
        case .streamed: handle.set(CURLOPT_UPLOAD, 1)
        case .whole: handle.set(CURLOPT_POST, 1)
        }
        if kind.body != .none { handle.set(CURLOPT_CUSTOMREQUEST, kind.method) }
    }

    private func configureBody(_ kind: TransferKind) throws(Failure) {
        let fields = request.head.headerFields
        let body = request.body
        var unwanted = fields.contains(.accept) ? [] : ["Accept"]
        switch kind.body {
        case .none: break
        case .whole:
            // It leaves in one piece with its headers, which saves a fifth of a small file's time (measured).
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(body.length), alignment: 1)
            defer { buffer.deallocate() }
            var filled = 0
            while filled < buffer.count {
                filled += try body.read(into: .init(rebasing: buffer[filled...]), at: Int64(filled))
            }
            handle.set(body: UnsafeRawBufferPointer(buffer))
            if !fields.contains(.contentType) { unwanted.append("Content-Type") }
        case .streamed:
            handle.set(CURLOPT_INFILESIZE_LARGE, offset: body.length)
            handle.set(CURLOPT_UPLOAD_BUFFERSIZE, Self.bufferSize(for: body.length))
        }
        // Asking first costs up to a second with a server that ignores the question; it is worth that only where it can
        // save sending a large body in vain.
        if kind.body != .none, body.length <= Self.largestUnannouncedBody, !fields.contains(.expect) {
            unwanted.append("Expect")
        }
        handle.set(headers: fields, removing: unwanted)
    }

    private static let largestUnannouncedBody: Int64 = 1 << 20

    /// Bytes: 512 KiB for large bodies, which takes three quarters of the time of libcurl's default of 64 KiB.
    private static func bufferSize(for length: Int64) -> Int { length > 1 << 16 ? 1 << 19 : 1 << 16 }

    // MARK: - The end

    func complete(_ code: CURLcode) {
        if request.body.file != nil { request.progress?.report(request.body.length) }
        if let failure {
            finish(.failure(failure))
        } else if code == CURLE_OK, status > 0 {
            finish(.success(Reply(status: status, headerLines: headerLines, body: replyBody)))
        } else {
            finish(.failure(NetworkFailure.describe(code, reason: handle.reason(for: code), request: request.head)))
        }
    }

    func abandon(_ failure: Failure) {
        finish(.failure(failure))
    }

    /// The failure, once no byte has moved for longer than the configuration allows. libcurl's own LOW_SPEED limits
    /// would also count the time in which a server works on a body that it has whole (measured).
    func overdue(at now: ContinuousClock.Instant) -> Failure? {
        let host = request.head.authority ?? "the server"
        if let deadline = request.deadline, now >= deadline {
            return Failure(.temporary, code: "timeout", "\(host) did not reply in time; run it again later")
        }
        // Held back by us: no fault of the server's.
        if isPaused { lastMoved = now }
        let current = handle.movedBytes
        let isWholeBodySent = current.sent >= request.body.length
        // A reply that comes in drops is no progress: from the last byte sent, all of it has one time limit.
        if current.sent != moved.sent || (!isWholeBodySent && current != moved) {
            moved = current
            lastMoved = now
            return nil
        }
        let limit = request.configuration.timeout * (isWholeBodySent ? TransportConfiguration.replyFactor : 1)
        guard now - lastMoved >= .seconds(limit) else { return nil }
        return Failure(
            .temporary, code: "timeout",
            isWholeBodySent
                ? "\(host) did not reply within \(limit) s; run it again, or allow more time with --timeout"
                : "no byte moved to \(host) for \(limit) s; run it again, or allow more time with --timeout")
    }

    // MARK: - What libcurl asks for and brings

    /// Goes on with what the budget grants.
    func resume(allowance: Int) {
        self.allowance += allowance
        isPaused = false
        handle.unpause()
    }

    /// Whether libcurl did more with the handle than one request: it counts the connections that a handle loses over all
    /// its transfers, and fails the sixth (measured).
    var isHandleSpent: Bool { begins > 1 }

    /// False where libcurl would send a file once more by itself, since a connection that it used before was closed
    /// without a reply: the server may have stored it, and whether to try again is said by `RetryPolicy`. Calls without a
    /// file are left to libcurl: HTTP/2 servers end connections with calls on their way that they did not take.
    fileprivate func begin() -> Bool {
        begins += 1
        // After a reply, such as 417 to an `Expect`, the file was not taken.
        guard begins > 1, handle.kind.isHTTP1, status == 0 else { return true }
        failure = Failure(
            .temporary, code: "network",
            "the connection to \(request.head.authority ?? "the server") was closed before a reply came; run it again")
        return false
    }

    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var buffer = buffer
        if let budget, offset < request.body.length {
            if allowance == 0 { allowance = budget.take(buffer.count) }
            guard allowance > 0 else {
                isPaused = true
                return Int(CURL_READFUNC_PAUSE)
            }
            buffer = .init(rebasing: buffer.prefix(allowance))
        }
        do throws(Failure) {
            let count = try request.body.read(into: buffer, at: offset)
            if budget != nil { allowance -= count }
            offset += Int64(count)
            request.progress?.report(offset)
            return count
        } catch {
            failure = error
            return Int(CURL_READFUNC_ABORT)
        }
    }

    fileprivate func seek(to offset: Int64) { self.offset = offset }

    fileprivate func take(headerLine line: UnsafeRawBufferPointer) {
        guard line.starts(with: "HTTP/".utf8), let code = Self.statusCode(in: line) else {
            headerLines.append(contentsOf: line)
            return
        }
        // What came before was an interim reply such as 100 Continue.
        status = code
        headerLines.removeAll(keepingCapacity: true)
    }

    /// Nil where it is no status line: a header may begin the same way, with any number in it.
    private static func statusCode(in line: UnsafeRawBufferPointer) -> Int? {
        guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        let digits = line[(space + 1)...].prefix { $0 > 0x20 }
        guard let code = Int(String(decoding: digits, as: UTF8.self)), (100...999).contains(code) else { return nil }
        return code
    }

    fileprivate func take(body bytes: UnsafeRawBufferPointer) -> Int {
        guard replyBody.count + bytes.count <= Reply.largestBody else {
            failure = Failure(
                .contract, code: "reply_too_large",
                "\(request.head.authority ?? "the server") sent a reply of more than 1 MiB; check the base URL",
                httpStatus: status > 0 ? status : nil)
            return 0
        }
        replyBody.append(contentsOf: bytes)
        return bytes.count
    }

    fileprivate func trace(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        let arrow: String
        switch kind {
        case CURLINFO_HEADER_OUT: arrow = ">"
        case CURLINFO_HEADER_IN: arrow = "<"
        default: return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            request.trace?(Trace.redacted("\(arrow) \(Trace.redacted(line))", secrets))
        }
    }
}

// MARK: - libcurl's callbacks: file-scope functions, since a closure formed elsewhere may trap on libcurl's thread

private func transfer(_ context: UnsafeMutableRawPointer) -> Transfer {
    Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
}

private func beginRequest(
    _ context: UnsafeMutableRawPointer?, _ server: UnsafeMutablePointer<CChar>?, _ client: UnsafeMutablePointer<CChar>?,
    _ serverPort: Int32, _ clientPort: Int32
) -> Int32 {
    guard let context, transfer(context).begin() else { return CURL_PREREQFUNC_ABORT }
    return CURL_PREREQFUNC_OK
}

private func readBody(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return Int(CURL_READFUNC_ABORT) }
    return transfer(context).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private func seekBody(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
    guard let context, origin == SEEK_SET else { return CURL_SEEKFUNC_CANTSEEK }
    transfer(context).seek(to: Int64(offset))
    return CURL_SEEKFUNC_OK
}

private func takeHeaderLine(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    transfer(context).take(headerLine: UnsafeRawBufferPointer(start: buffer, count: size * count))
    return size * count
}

private func takeBody(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    return transfer(context).take(body: UnsafeRawBufferPointer(start: buffer, count: size * count))
}

private func traceLine(
    _ handle: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ data: UnsafeMutablePointer<CChar>?, _ size: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context else { return 0 }
    transfer(context).trace(kind, UnsafeRawBufferPointer(start: data, count: size))
    return 0
}
