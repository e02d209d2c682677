import Glibc
import HoistCore

/// Reading and writing to the end: the system may do less at a time, and a signal may come in between.
package enum Descriptor {
    /// Fills the buffer from `offset` on; fewer bytes only at the end of the file. With the error where there is one, 0
    /// else.
    package static func read(
        into buffer: UnsafeMutableRawBufferPointer, at offset: Int64, from descriptor: Int32
    ) -> (count: Int, error: Int32) {
        var filled = 0
        while filled < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
                off_t(offset) + off_t(filled))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return (filled, errno) }
            if count == 0 { break }
            filled += count
        }
        return (filled, 0)
    }

    /// Writes all of the bytes, or as many as there is room for; then with the error, else 0.
    package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> (count: Int, error: Int32) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return (written, errno) }
            written += count
        }
        return (written, 0)
    }

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
