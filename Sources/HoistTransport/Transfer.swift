import CLibCurl
import Glibc
import HTTPTypes
import HoistCore
import HoistFiles

/// One request under way. It lives on the transfer loop's thread alone; libcurl's callbacks find it through their
/// context pointer.
final class Transfer {
    let request: TransferRequest
    let handle: EasyHandle
    private let finish: @Sendable (Result<Reply, Failure>) -> Void

    private let budget: SendBudget?
    /// Bytes that the budget has granted and that are not sent yet.
    private var allowance = 0
    /// What it waits for before it sends more; nil where it need not wait.
    private(set) var pause: Pause?

    enum Pause {
        /// Its share of the bytes that may be sent a second.
        case budget
        /// The thread that sums what is sent.
        case digests
        /// A place among the large files.
        case place
    }

    /// Bytes that it may send without a place.
    private var trickle = 0

    private let digests: DigestThread
    private let digest: BodyDigest?

    /// How often libcurl began to send the request.
    private var begins = 0
    private let sockets: Sockets
    /// Of the connection that it uses; nil until there is one.
    private var socket: Int32?
    private var firstBegin: ContinuousClock.Instant?
    private var offset: Int64 = 0
    private var head = ReplyHead()
    /// Bytes of the body that the peer had taken when it began to answer.
    private var takenAtReply: Int64 = 0
    /// Whether the peer dropped the connection with its reply.
    private var isReset = false
    private var replyBody: [UInt8] = []
    /// What a callback found wrong; libcurl itself only learns that it has to stop.
    private var failure: Failure?
    private var watch: StallWatch

    /// Throws what reading a small body throws.
    init(
        _ request: TransferRequest, handle: EasyHandle, budget: SendBudget?, digests: DigestThread, sockets: Sockets,
        finish: @escaping @Sendable (Result<Reply, Failure>) -> Void
    ) throws(Failure) {
        self.request = request
        self.handle = handle
        // What is said about a file is no part of what the user wants to limit.
        self.budget = request.body.file == nil ? nil : budget
        self.digests = digests
        digest = request.checksums.isEmpty ? nil : BodyDigest(request.checksums, on: digests)
        self.sockets = sockets
        self.finish = finish
        watch = StallWatch(timeout: request.configuration.timeout, replyTimeout: request.configuration.replyTimeout)
        if request.body.file != nil { request.progress?.expect(request.body.length) }
        try configure()
    }

    /// What a server may repeat of the URL and nobody else is to see.
    private lazy var secrets = Secrets(request.head.address?.secrets ?? [])

    private func configure() throws(Failure) {
        if !handle.isSetUp { setUp(handle.kind) }
        let head = request.head
        handle.set(scheme: head.scheme ?? "", authority: head.authority ?? "", target: head.path ?? "/")
        handle.set(
            context: Unmanaged.passUnretained(self).toOpaque(), sockets: Unmanaged.passUnretained(sockets).toOpaque())
        try configureBody(handle.kind)
    }

    /// What all transfers of a kind have in common.
    private func setUp(_ kind: TransferKind) {
        handle.isSetUp = true
        handle.set(CURLOPT_PROTOCOLS_STR, "http,https")
        handle.set(CURLOPT_NOSIGNAL, 1)
        // A name server that does not answer would hold up everything: libcurl joins the thread that waits for it (10 s,
        // measured).
        handle.set(CURLOPT_QUICK_EXIT, 1)
        let configuration = request.configuration
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, Int(configuration.connectTimeout / .milliseconds(1)))
        handle.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        switch configuration.addressFamily {
        case .any: break
        case .ipv4: handle.set(CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V4))
        case .ipv6: handle.set(CURLOPT_IPRESOLVE, Int(CURL_IPRESOLVE_V6))
        }
        // HTTP/2 uploads can degenerate (measured): a file goes over HTTP/1.1.
        if kind.isHTTP1 { handle.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1) }
        // Plain http is loopback only; a proxy from the environment would be sent the key in the clear.
        if kind.scheme == "http" { handle.set(CURLOPT_PROXY, "") }
        // Several calls to one server share a connection where it speaks HTTP/2: the first one finds that out.
        if kind.scheme == "https" { handle.set(CURLOPT_PIPEWAIT, 1) }
        if let file = configuration.certificates.file { handle.set(CURLOPT_CAINFO, file) }
        if let directory = configuration.certificates.directory { handle.set(CURLOPT_CAPATH, directory) }
        // What a proxy says of the way to the server is no reply of the server's.
        handle.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        handle.setCallbacks(
            socket: openSocket, request: beginRequest, read: readBody, seek: seekBody, header: takeHeaderLine,
            write: takeBody,
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
            let file = body.fileRange
            digest?.addHere(Array(buffer[Int(file.lowerBound)..<Int(file.upperBound)]))
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
        } else if code == CURLE_OK, head.isWhole {
            finishWhole()
        } else if let failure = NetworkFailure.proxyRefusal(handle.proxyStatus) {
            finish(.failure(failure))
        } else {
            // libcurl takes a reply that ends within its headers for a whole one (measured).
            let code = code == CURLE_OK ? CURLE_GOT_NOTHING : code
            finish(.failure(NetworkFailure.describe(code, reason: handle.reason(for: code), request: request.head)))
        }
    }

    private func finishWhole() {
        let (finish, reply) = (finish, reply)
        guard let digest, case .success(var whole) = reply else { return finish(reply) }
        if handle.kind.body == .whole {
            whole.checksums = digest.finishedHere()
            finish(.success(whole))
        } else {
            digest.finish { [whole] checksums in
                var reply = whole
                reply.checksums = checksums
                finish(.success(reply))
            }
        }
    }

    /// A reply that ends the connection makes libcurl stop sending, and it reports success (measured: "ok" for 0 of 20 MB):
    /// only what the peer had taken before it answered can have been stored. A peer that closes a connection with bytes
    /// unread resets it (RFC 1122, 4.2.2.13). A refusal may come early.
    private var reply: Result<Reply, Failure> {
        // Kept for the next request, it may still be found reset.
        if !head.isClosing, let socket, Sockets.isReset(socket) { isReset = true }
        let length = request.body.length
        let isWhole =
            handle.movedBytes.sent >= length && (request.body.file == nil || takenAtReply >= length && !isReset)
        guard (200..<300).contains(head.status), !isWhole else {
            return .success(head.reply(body: replyBody, latency: handle.latency))
        }
        return .failure(
            Failure(
                .temporary, code: "early_reply",
                isReset
                    ? "\(host) answered \(head.status) and dropped the connection; part of the file may be unread"
                    : "\(host) answered \(head.status) after \(takenAtReply) of \(request.body.length) bytes; nothing is known to be stored",
                advice: "run it again", httpStatus: head.status))
    }

    func abandon(_ failure: Failure) {
        finish(.failure(failure))
    }

    /// Bytes that the peer's kernel has not taken.
    private var unacknowledged: Int64 { socket.map(Sockets.unacknowledgedBytes) ?? 0 }

    private var host: String { request.head.authority ?? "the server" }

    /// The failure, once it has passed its deadline or one of the configuration's time limits.
    func overdue(at now: ContinuousClock.Instant) -> Failure? {
        if let deadline = request.deadline, now >= deadline {
            return Failure(.temporary, code: "timeout", "\(host) did not reply in time", advice: "run it again later")
        }
        if pause != nil { watch.excuse(at: now) }
        let (sent, received) = handle.movedBytes
        let waiting = unacknowledged
        let position = StallWatch.Position(
            taken: sent - min(sent, waiting), received: received,
            isBodyTaken: sent >= request.body.length && waiting == 0)
        let configuration = request.configuration
        switch watch.stall(position, at: now) {
        case nil: return nil
        case .sending:
            return Failure(
                .temporary, code: "timeout",
                "\(host) took no byte for \(configuration.timeout.inSeconds)",
                advice: "run it again, or allow more time with --timeout")
        case .reply:
            return Failure(
                .temporary, code: "timeout",
                "\(host) did not reply within \(configuration.replyTimeout.inSeconds)",
                advice: "run it again, or allow more time with --reply-timeout")
        }
    }

    // MARK: - What libcurl asks for and brings

    /// Says how far a large file has got, and goes on where it may.
    ///
    /// - Parameter trickle: bytes that it may send where others have the places.
    func lookAtPlace(_ place: StreamPlace, trickle: Int) {
        report(to: place)
        self.trickle = max(self.trickle, trickle)
        if pause == .place, place.mayGo || trickle > 0 { resume() }
    }

    func report(to place: StreamPlace) {
        let length = request.body.length
        let sent = min(handle.movedBytes.sent, length)
        let waiting = unacknowledged
        place.report(delivered: sent - min(sent, waiting), isSent: sent >= length && waiting < LargeFile.largestSmall)
    }

    /// Goes on, with what the budget grants where that was awaited.
    func resume(allowance: Int = 0) {
        self.allowance += allowance
        pause = nil
        handle.unpause()
    }

    /// Whether libcurl did more with the handle than one request: it counts the connections that a handle loses over all
    /// its transfers, and fails the sixth (measured).
    var isHandleSpent: Bool { begins > 1 }

    /// False where libcurl would send a file once more by itself, since a connection that it used before was closed
    /// without a reply: the server may have stored it, and whether to try again is said by `RetryPolicy`. Calls without a
    /// file are left to libcurl: HTTP/2 servers end connections with calls on their way that they did not take.
    func begin(on ports: Sockets.Ports) -> Bool {
        socket = sockets.descriptor(of: ports)
        begins += 1
        let now = ContinuousClock.now
        let first = firstBegin ?? now
        firstBegin = first
        // After a reply, such as 417 to an `Expect`, the file was not taken.
        guard begins > 1, handle.kind.isHTTP1, head.status == 0 else { return true }
        var failure = Failure(
            .temporary, code: "network", "the connection to \(host) was closed before a reply came",
            advice: "run it again")
        // Servers close connections that nobody used for a while, just when a request may be on its way.
        failure.isStaleConnection = now - first < .seconds(1)
        self.failure = failure
        return false
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var buffer = buffer
        if digest != nil, !digests.hasRoom() {
            pause = .digests
            return Int(CURL_READFUNC_PAUSE)
        }
        if let place = request.place, !place.mayGo, offset < request.body.length {
            guard trickle > 0 else {
                pause = .place
                return Int(CURL_READFUNC_PAUSE)
            }
            buffer = .init(rebasing: buffer.prefix(trickle))
            trickle = 0
        }
        if let budget, offset < request.body.length {
            if allowance == 0 { allowance = budget.take(buffer.count) }
            guard allowance > 0 else {
                pause = .budget
                return Int(CURL_READFUNC_PAUSE)
            }
            buffer = .init(rebasing: buffer.prefix(allowance))
        }
        do throws(Failure) {
            let count = try request.body.read(into: buffer, at: offset)
            if budget != nil { allowance -= count }
            if request.body.fileRange.contains(offset) { digest?.add(Array(buffer[..<count])) }
            offset += Int64(count)
            request.progress?.report(offset)
            return count
        } catch {
            failure = error
            return Int(CURL_READFUNC_ABORT)
        }
    }

    /// libcurl goes back to the first byte only.
    func seek(to offset: Int64) {
        self.offset = offset
        digest?.startOver()
    }

    /// Returns how many bytes were taken: fewer than all end the transfer.
    func take(headerLine line: UnsafeRawBufferPointer) -> Int {
        do throws(Failure) {
            switch try head.take(line, from: host) {
            case .header: break
            case .statusLine: noteWhatIsTaken()
            case .end: lookForReset()
            }
            return line.count
        } catch {
            failure = error
            return 0
        }
    }

    private var hasTakenFile: Bool { (200..<300).contains(head.status) && request.body.file != nil }

    /// A reply acknowledges all that came before it: what is still unacknowledged now was not there to be stored.
    private func noteWhatIsTaken() {
        guard hasTakenFile else { return }
        let sent = handle.movedBytes.sent
        takenAtReply = sent - min(sent, unacknowledged)
    }

    private func lookForReset() {
        guard hasTakenFile, let socket else { return }
        // How it ends the connection comes right behind: libcurl closes its own end before anybody could look. A busy server
        // may take a moment; one that never does is waited for once a reply.
        if head.isClosing { Sockets.awaitEnd(of: socket, milliseconds: 250) }
        isReset = Sockets.isReset(socket)
    }

    func take(body bytes: UnsafeRawBufferPointer) -> Int {
        guard replyBody.count + bytes.count <= Reply.largestBody else {
            failure = Failure(
                .contract, code: "reply_too_large",
                "\(host) sent a reply of more than 1 MiB", advice: "check the base URL",
                httpStatus: head.knownStatus)
            return 0
        }
        replyBody.append(contentsOf: bytes)
        return bytes.count
    }

    func trace(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
        let arrow: String
        switch kind {
        case CURLINFO_HEADER_OUT: arrow = ">"
        case CURLINFO_HEADER_IN: arrow = "<"
        default: return
        }
        // Many are under way at a time.
        let name = request.progress.map { "\($0.name) " } ?? ""
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) {
            request.trace?("\(name)\(secrets.redacted("\(arrow) \(Trace.redacted(line))"))")
        }
    }
}
