import FoundationEssentials
import Glibc
import NIOCore

/// Bytes kept on disk: a request's body, or the file somebody uploaded.
struct StoredBytes: Sendable {
    let path: String
    let count: Int

    /// The bytes, mapped: their number does not show in the sandbox's memory.
    func mapped() throws -> Data {
        try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    }

    func reader() throws -> Reader { try Reader(self) }

    /// Reads the bytes piece by piece.
    struct Reader: ~Copyable {
        private static let pieceSize = 256 * 1024

        private let descriptor: Int32
        private var rest: Int

        fileprivate init(_ bytes: StoredBytes) throws {
            descriptor = open(bytes.path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Storage.Failure("open \(bytes.path)", errno) }
            rest = bytes.count
        }

        deinit { close(descriptor) }

        /// The next piece; nil at the end.
        mutating func next() throws -> ByteBuffer? {
            var piece = ByteBuffer()
            let wanted = min(rest, Self.pieceSize)
            let count = piece.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) {
                max(read(descriptor, $0.baseAddress, wanted), 0)
            }
            rest -= count
            return count == 0 ? nil : piece
        }
    }
}
