import CLibCurl
import Glibc

/// The sockets that libcurl opened. It tells nobody which of them a transfer uses (`CURLINFO_ACTIVESOCKET` is unknown
/// until the first transfer of a handle ends, measured), but the two ports of a connection do. Lives on the transfer
/// loop's thread.
final class Sockets {
    /// Sockets that may not be connected yet.
    private var opened: [Int32] = []
    private var connected: [Ports: Int32] = [:]

    func add(_ descriptor: Int32) { opened.append(descriptor) }

    /// Bytes that the kernel holds for a connection and that its peer has not taken: libcurl counts them as sent.
    static func unacknowledgedBytes(of descriptor: Int32) -> Int64 {
        Int64(max(0, hoist_unacknowledged_bytes(descriptor)))
    }

    static func isReset(_ descriptor: Int32) -> Bool { hoist_is_reset(descriptor) != 0 }

    /// Waits until the peer ends the connection, in whatever way, or that long.
    static func awaitEnd(of descriptor: Int32, milliseconds: Int32) {
        var events = pollfd(fd: descriptor, events: 0x2000 /* POLLRDHUP */, revents: 0)
        poll(&events, 1, milliseconds)
    }

    /// The socket of a connection; nil where it is gone.
    func descriptor(of ports: Ports) -> Int32? {
        // A number may have become something else's.
        if let known = connected[ports], Ports(of: known) == ports { return known }
        connected[ports] = nil
        for descriptor in opened {
            if let found = Ports(of: descriptor) { connected[found] = descriptor }
        }
        opened.removeAll(keepingCapacity: true)
        return connected[ports]
    }

    /// Both ends of a TCP connection, as far as one machine needs them to tell its connections apart.
    struct Ports: Hashable {
        let local: Int32
        let remote: Int32

        init(local: Int32, remote: Int32) {
            self.local = local
            self.remote = remote
        }

        /// Nil for what is no connected TCP socket.
        init?(of descriptor: Int32) {
            guard let local = Self.port(descriptor, getsockname), let remote = Self.port(descriptor, getpeername) else {
                return nil
            }
            self.init(local: local, remote: remote)
        }

        private static func port(
            _ descriptor: Int32,
            _ name: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
        ) -> Int32? {
            // An IPv4 address has its port in the same place (RFC 3493).
            var address = sockaddr_in6()
            var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            let isNamed = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name(descriptor, $0, &length) == 0 }
            }
            guard isNamed, [AF_INET, AF_INET6].contains(Int32(address.sin6_family)) else { return nil }
            return Int32(UInt16(bigEndian: address.sin6_port))
        }
    }
}
