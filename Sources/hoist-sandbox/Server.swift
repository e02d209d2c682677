import ArgumentParser
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// What all connections share.
struct Sandbox: Sendable {
    let router: Router
    let storage: Storage
    let faults: FaultPlan
    let log: RequestLog
}

/// Listens on the loopback address and serves every connection in a task of its own.
struct Server {
    struct Configuration {
        let port: Int
        let figurKey: String
        let eachLabsKey: String
        let urlLifetime: Int
        let processing: Duration
    }

    let configuration: Configuration
    let storage: Storage
    let faults: FaultPlan

    /// Serves until `end` finishes.
    func run(until end: AsyncStream<Void>) async throws {
        let listener = try await bind()
        let port = listener.channel.localAddress?.port ?? configuration.port
        let origin = "http://127.0.0.1:\(port)"
        let log = RequestLog()
        let sandbox = Sandbox(
            router: Router(configuration: configuration, origin: origin, storage: storage, faults: faults, log: log),
            storage: storage,
            faults: faults,
            log: log
        )
        announce(origin, port: port)

        // Not awaited: connections may be stalled on purpose, and end with the process.
        Task { try await accept(from: listener, for: sandbox) }
        for await _ in end {}
    }

    /// Throws what a person can do something about where the port cannot be had.
    private func bind() async throws -> NIOAsyncChannel<Connection.Channel, Never> {
        do { return try await listener() } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw ValidationError("port \(configuration.port) is in use; choose another with --port")
        } catch let error as IOError where error.errnoCode == EACCES {
            throw ValidationError("port \(configuration.port) needs root; choose one above 1023 with --port")
        }
    }

    private func listener() async throws -> NIOAsyncChannel<Connection.Channel, Never> {
        try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // Few, large reads: a body is copied to disk read by read.
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 256 * 1024))
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .bind(host: "127.0.0.1", port: configuration.port) { channel in
                channel.eventLoop.makeCompletedFuture { try Connection.channel(on: channel) }
            }
    }

    private func accept(
        from listener: NIOAsyncChannel<Connection.Channel, Never>,
        for sandbox: Sandbox
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            try await listener.executeThenClose { connections in
                for try await channel in connections {
                    group.addTask { await Connection.serve(channel, in: sandbox) }
                }
            }
        }
    }

    /// The one line on stdout; flushed, because stdout is a pipe wherever the line is read by a program.
    private func announce(_ origin: String, port: Int) {
        let line: JSON = [
            "port": JSON(port),
            "figur_base_url": .string(origin),
            "eachlabs_base_url": .string(origin),
            "eachlabs_v1_base_url": .string(origin),
            "figur_api_key": .string(configuration.figurKey),
            "eachlabs_api_key": .string(configuration.eachLabsKey),
            "owner": "org-sandbox",
            "directory": .string(storage.directory),
        ]
        print(line.text)
        fflush(nil)
    }
}
