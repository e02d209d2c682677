import FoundationEssentials
import Glibc
import NIOCore

/// The directory that holds every request body and every stored file.
struct Storage: Sendable {
    let directory: String
    private let isTemporary: Bool

    init(directory: String?) throws {
        isTemporary = directory == nil
        let url =
            if let directory {
                URL(filePath: directory, directoryHint: .isDirectory)
            } else {
                FileManager.default.temporaryDirectory
                    .appending(path: "hoist-sandbox-\(UUID().uuidString.lowercased())", directoryHint: .isDirectory)
            }
        self.directory = url.path
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    func removeIfTemporary() {
        guard isTemporary else { return }
        try? FileManager.default.removeItem(atPath: directory)
    }

    func path(_ name: String) -> String { "\(directory)/\(name)" }
}

/// Bytes kept on disk: a request's body, or the file somebody uploaded.
struct StoredBytes: Sendable {
    let path: String
    let count: Int

    /// The bytes, mapped: their number does not show in the sandbox's memory.
    func mapped() throws -> Data {
        try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    }
}

extension StoredBytes {
    /// Reads the bytes piece by piece.
    struct Reader: ~Copyable {
        private let descriptor: Int32
        private let path: String

        fileprivate init(path: String) throws {
            self.path = path
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "open \(path)") }
        }

        deinit { close(descriptor) }

        /// The next piece; nil at the end.
        func next() throws -> ByteBuffer? {
            var chunk = ByteBuffer()
            let count = chunk.writeWithUnsafeMutableBytes(minimumWritableBytes: 256 * 1024) {
                max(read(descriptor, $0.baseAddress, $0.count), 0)
            }
            return count == 0 ? nil : chunk
        }
    }

    func reader() throws -> Reader { try Reader(path: path) }
}

/// Takes a body to disk as it arrives.
///
/// The writes are plain ones: they end in the page cache, and the connection is not read meanwhile, so that memory
/// stays flat whatever the size.
struct Spool: ~Copyable {
    let path: String
    private let descriptor: Int32
    private(set) var count = 0

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "open \(path)") }
    }

    deinit { close(descriptor) }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0 {
                guard errno == EINTR else { throw IOError(errnoCode: errno, reason: "write \(path)") }
                continue
            }
            rest = rest.dropFirst(written)
        }
        count += bytes.count
    }

    var bytes: StoredBytes { StoredBytes(path: path, count: count) }
}
