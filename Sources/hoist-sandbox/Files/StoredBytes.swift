import CLibCrypto
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

    /// In hexadecimal digits: the ETag that S3 gives an object that was put in one piece and is not encrypted.
    func md5() throws -> String {
        guard let context = EVP_MD_CTX_new() else { throw Storage.Failure("MD5 of \(path)", ENOMEM) }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestInit_ex(context, EVP_md5(), nil) == 1 else { throw Storage.Failure("MD5 of \(path)", ENOTSUP) }
        var reader = try reader()
        while let piece = try reader.next() {
            _ = piece.withUnsafeReadableBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_DigestFinal_ex(context, &digest, &length)
        return digest.prefix(Int(length)).map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Changes the byte in the middle, as a broken disk would.
    func corrupt() throws {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw Storage.Failure("open \(path)", errno) }
        defer { close(descriptor) }
        var byte: UInt8 = 0
        guard pread(descriptor, &byte, 1, off_t(count / 2)) == 1 else { throw Storage.Failure("read \(path)", errno) }
        byte ^= 0xFF
        guard pwrite(descriptor, &byte, 1, off_t(count / 2)) == 1 else { throw Storage.Failure("write \(path)", errno) }
    }

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
