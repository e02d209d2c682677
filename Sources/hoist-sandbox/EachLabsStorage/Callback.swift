import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOPosix

/// The notification that an upload has been processed.
enum Callback {
    struct Unsupported: Error, CustomStringConvertible {
        var description: String { "the sandbox delivers callbacks over plain http only" }
    }

    /// POSTs once and does not look at the answer; a receiver that never answers is given ten seconds.
    static func post(_ json: JSON, to address: String) async throws {
        guard let url = URL(string: address), url.scheme == "http", let host = url.host() else { throw Unsupported() }
        let port = url.port ?? 80
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        let deadline = channel.channel.eventLoop.scheduleTask(in: .seconds(10)) {
            channel.channel.close(promise: nil)
        }
        defer { deadline.cancel() }
        try await channel.executeThenClose { inbound, outbound in
            let body = ByteBuffer(string: json.text)
            let headers: HTTPHeaders = [
                "Host": "\(host):\(port)",
                "Content-Type": "application/json",
                "Content-Length": String(body.readableBytes),
                "Connection": "close",
            ]
            let path = url.path(percentEncoded: true)
            let target = (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?\($0)" } ?? "")
            let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: target, headers: headers)
            try await outbound.write(.head(head))
            try await outbound.write(.body(.byteBuffer(body)))
            try await outbound.write(.end(nil))
            for try await case .end in inbound { break }
        }
    }
}
