import Glibc
import HoistCore
import HoistFiles

/// A request's body: bytes in memory, a file, or a file between two pieces of memory (a multipart form). The file is
/// never read into memory as a whole.
package struct RequestBody: Sendable {
    let head: [UInt8]
    let file: InputFile?
    let tail: [UInt8]

    package static let none = RequestBody(bytes: [])

    package init(bytes: [UInt8]) {
        head = bytes
        file = nil
        tail = []
    }

    package init(file: InputFile) {
        self.init(head: [], file: file, tail: [])
    }

    package init(head: [UInt8], file: InputFile, tail: [UInt8]) {
        self.head = head
        self.file = file
        self.tail = tail
    }

    /// Where the file's own bytes are.
    var fileRange: Range<Int64> { Int64(head.count)..<Int64(head.count) + (file?.size ?? 0) }

    /// Bytes: the value of `Content-Length`.
    package var length: Int64 {
        Int64(head.count) + (file?.size ?? 0) + Int64(tail.count)
    }

    /// Fills the buffer from `offset` on as far as the current piece reaches; 0 only at the end of the body.
    ///
    /// Throws `refusedHere` when the file is shorter than it was: libcurl would wait for the missing bytes until the
    /// server gives up (measured).
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(Failure) -> Int {
        let fileStart = Int64(head.count)
        let tailStart = fileStart + (file?.size ?? 0)
        if offset < fileStart { return copy(head[Int(offset)...], into: buffer) }
        if let file, offset < tailStart {
            let wanted = min(buffer.count, Int(tailStart - offset))
            let count = try file.read(into: .init(rebasing: buffer[..<wanted]), at: offset - fileStart)
            guard count == wanted else { throw file.changed }
            return count
        }
        return copy(tail[Int(min(offset - tailStart, Int64(tail.count)))...], into: buffer)
    }

    private func copy(_ bytes: ArraySlice<UInt8>, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(bytes.count, buffer.count)
        buffer.copyBytes(from: bytes.prefix(count))
        return count
    }
}
