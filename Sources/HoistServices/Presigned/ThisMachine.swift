import Glibc
import HoistTransport

extension WebAddress {
    /// Whether it leads to this machine, however that is written: a service elsewhere has no business there. What is
    /// meant for this machine is to be `isLoopback`, which is stricter.
    var isThisMachine: Bool {
        let name = host.last == "." ? host.dropLast() : host[...]
        if isLoopback || name == "localhost" || name.hasSuffix(".localhost") { return true }
        let bytes = Self.bytes(of: String(name))
        // ::ffff:127.0.0.1, and without the ffff
        let isMapped = bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && [0, 0xFF].contains(bytes[10])
        let last = isMapped ? bytes.suffix(4) : bytes[...]
        guard last.count == 4, let first = last.first else { return false }
        // 0.0.0.0 and :: are where this machine listens, ::1 is its own.
        return first == 127 || first == 0
    }

    /// An IP address; empty for a name.
    private static func bytes(of host: String) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, host, &bytes) == 1 { return Array(bytes.prefix(4)) }
        let inner = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return inet_pton(AF_INET6, inner, &bytes) == 1 ? bytes : []
    }
}
