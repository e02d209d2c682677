import Glibc

/// Reading what is small or has no length.
package enum Descriptor {
    /// Everything that is left to read, at most `limit` bytes; nil where there is more.
    ///
    /// Throws `noInput` where it cannot be read.
    package static func readAll(_ descriptor: Int32, limit: Int) throws(Failure) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(limit + 1, 1 << 16))
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(.noInput, code: "not_readable", "cannot be read: \(describe(errno))")
            }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        return nil
    }
}
