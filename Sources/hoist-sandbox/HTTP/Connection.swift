import Glibc
import NIOCore
import NIOHTTP1

/// One connection: requests in, replies out, one after the other, faults on the way.
final class Connection {
    typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// The client went away in the middle of a request.
    private struct Lost: Error {}

    /// What becomes of the connection after a request.
    private enum Next { case keep, close }

    private let channel: any NIOCore.Channel
    private var inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    private let sandbox: Sandbox

    private init(
        channel: any NIOCore.Channel,
        inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>,
        sandbox: Sandbox
    ) {
        self.channel = channel
        self.inbound = inbound.makeAsyncIterator()
        self.sandbox = sandbox
    }

    /// Speaks HTTP on an accepted socket. Requests are not pipelined: the next one is read after the reply.
    static func channel(on channel: any NIOCore.Channel) throws -> Channel {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false)
        // Two reads ahead at most: a client that must wait is to notice soon, and memory is to stay small.
        let configuration = Channel.Configuration(backPressureStrategy: .init(lowWatermark: 1, highWatermark: 2))
        return try Channel(wrappingChannelSynchronously: channel, configuration: configuration)
    }

    /// Serves a connection until either side closes it.
    static func serve(_ channel: Channel, in sandbox: Sandbox) async {
        do {
            try await channel.executeThenClose { inbound, _ in
                let connection = Connection(channel: channel.channel, inbound: inbound, sandbox: sandbox)
                while case .head(let head)? = try await connection.inbound.next() {
                    guard try await connection.serve(head) == .keep else { break }
                }
            }
        } catch let failure as Storage.Failure {
            StandardError.note(failure)
        } catch {
            // What goes wrong between the two sides is the client's to see.
        }
    }

    private func serve(_ head: HTTPRequestHead) async throws -> Next {
        var request = Request(head)
        let route = sandbox.router.route(request)
        guard let kind = route.kind else {
            let exchange = Exchange(request: request, keepAlive: head.isKeepAlive, number: nil)
            return try await perform(exchange, route.endpoint)
        }
        let number = await sandbox.log.arrived(request, kind: kind)
        request.fault = await sandbox.faults.take(kind)
        let exchange = Exchange(request: request, keepAlive: head.isKeepAlive, number: number)
        do {
            let next = try await serve(exchange, route.endpoint)
            await sandbox.log.update(number) { $0.ended = true }
            return next
        } catch {
            await sandbox.log.update(number) { $0.ended = true }
            throw error
        }
    }
}

/// A request under way.
private struct Exchange {
    let request: Request
    let keepAlive: Bool
    /// Its number in the log; nil where it is not listed.
    let number: Int?
}

// MARK: - Faults

extension Connection {
    /// Lets a fault that takes the whole exchange have it; otherwise answers as the service would.
    private func serve(_ exchange: Exchange, _ endpoint: any Endpoint) async throws -> Next {
        switch exchange.request.fault {
        case .rejectEarly(let reply):
            return try await refuse(exchange, with: reply)
        case .reply(let reply):
            _ = try await receive(exchange)
            return try await send(reply, exchange)
        case .reset(let bytes):
            _ = try await receive(exchange, upTo: bytes)
            try await reset()
            return .close
        case .close(let bytes):
            _ = try await receive(exchange, upTo: bytes)
            return .close
        case .stall(let bytes):
            _ = try await receive(exchange, upTo: bytes)
            try await channel.closeFuture.get()
            return .close
        default:
            return try await perform(exchange, endpoint)
        }
    }

    /// Answers as the service would, and lets the faults that work on its reply have that.
    private func perform(_ exchange: Exchange, _ endpoint: any Endpoint) async throws -> Next {
        if let refusal = await endpoint.refusal(exchange.request) { return try await refuse(exchange, with: refusal) }
        let body = try await receive(exchange)
        let reply = try await endpoint.answer(exchange.request, body: body)
        if exchange.number == nil, let body { unlink(body.path) }

        switch exchange.request.fault {
        case .merge(let fields):
            return try await send(reply.merging(fields), exchange)
        case .malformed:
            return try await send(reply.halved, exchange)
        case .truncate:
            return try await send(reply.halved, exchange, announcing: reply.body.count)
        case .delay(let delay):
            try await Task.sleep(for: delay)
            return try await send(reply, exchange)
        default:
            return try await send(reply, exchange)
        }
    }

    /// Ends the connection with a TCP RST: that is what closing does with a linger time of zero (socket(7)).
    private func reset() async throws {
        try await (channel as? any SocketOptionProvider)?.setSoLinger(NIOLinger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }
}

// MARK: - Reading

extension Connection {
    /// Takes the body to disk, whole or until `limit` bytes have come. Nil where there is none.
    private func receive(_ exchange: Exchange, upTo limit: Int? = nil) async throws -> StoredBytes? {
        if let limit, limit == 0 { return nil }
        if exchange.request.expectsContinue {
            try await write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
        }
        guard exchange.request.hasBody else {
            try await end()
            return nil
        }
        var spool = try Spool(path: sandbox.storage.path("\(Identifier.hex()).body"))
        if let number = exchange.number {
            let path = spool.path
            await sandbox.log.update(number) { $0.bodyPath = path }
        }
        reading: while true {
            switch try await inbound.next() {
            case .body(let chunk):
                try chunk.withUnsafeReadableBytes { try spool.append($0) }
                let count = spool.count
                if let number = exchange.number { await sandbox.log.update(number) { $0.bodyBytes = count } }
                if let limit, count >= limit { break reading }
            case .end: break reading
            case .head, nil: throw Lost()
            }
        }
        let body = spool.bytes
        try await listInline(body, exchange)
        return body
    }

    /// The end of a request without a body.
    private func end() async throws {
        guard case .end? = try await inbound.next() else { throw Lost() }
    }

    /// Puts a small JSON body into the log itself.
    private func listInline(_ body: StoredBytes, _ exchange: Exchange) async throws {
        guard let number = exchange.number, body.count <= 65_536,
            HeaderValue(exchange.request.headers["content-type"].first ?? "")?.value == "application/json"
        else { return }
        let text = String(decoding: try body.mapped(), as: UTF8.self)
        await sandbox.log.update(number) { $0.body = text }
    }
}

// MARK: - Writing

extension Connection {
    /// Answers from the head. A body that is still to come is not waited for: the connection ends here.
    private func refuse(_ exchange: Exchange, with reply: Reply) async throws -> Next {
        guard exchange.request.hasBody else {
            try await end()
            return try await send(reply, exchange)
        }
        _ = try await send(reply, Exchange(request: exchange.request, keepAlive: false, number: exchange.number))
        try await linger()
        return .close
    }

    /// Closes the sending side and drops what still comes, for a while: closing at once would answer the bytes under
    /// way with a reset, and that can take the reply from the client before it has read it (RFC 9112, 9.6).
    private func linger() async throws {
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(5)) { [channel] in channel.close(promise: nil) }
        defer { deadline.cancel() }
        try await channel.close(mode: .output)
        while try await inbound.next() != nil {}
    }

    /// Sends a reply, with another `Content-Length` than its own if need be: a body that falls short of that ends the
    /// connection.
    private func send(_ reply: Reply, _ exchange: Exchange, announcing length: Int? = nil) async throws -> Next {
        let length = length ?? reply.body.count
        let isComplete = length == reply.body.count
        if let number = exchange.number {
            await sandbox.log.update(number) {
                $0.status = Int(reply.status.code)
                $0.ended = true
            }
        }
        var head = HTTPResponseHead(version: .http1_1, status: reply.status, headers: reply.headers)
        if !head.headers.contains(name: "content-length") {
            head.headers.add(name: "Content-Length", value: String(length))
        }
        if !exchange.keepAlive { head.headers.add(name: "Connection", value: "close") }
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        if exchange.request.method != .HEAD { try await write(reply.body) }
        guard isComplete else { return .close }
        try await write(.end(nil))
        return exchange.keepAlive ? .keep : .close
    }

    private func write(_ body: Reply.Body) async throws {
        switch body {
        case .bytes(let bytes):
            if !bytes.isEmpty { try await write(.body(.byteBuffer(ByteBuffer(bytes: bytes)))) }
        case .file(let file):
            var reader = try file.reader()
            while let piece = try reader.next() { try await write(.body(.byteBuffer(piece))) }
        }
    }

    /// Returns when the part has left. Parts given to the channel's asynchronous writer would be queued instead, as
    /// many as there are, where the client is slower than the disk.
    private func write(_ part: HTTPServerResponsePart) async throws {
        try await channel.writeAndFlush(part).get()
    }
}
