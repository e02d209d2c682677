import Glibc

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
        guard descriptor >= 0 else { throw Storage.Failure("open \(path)", errno) }
    }

    deinit { close(descriptor) }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0 {
                guard errno == EINTR else { throw Storage.Failure("write \(path)", errno) }
                continue
            }
            rest = rest.dropFirst(written)
        }
        count += bytes.count
    }

    var bytes: StoredBytes { StoredBytes(path: path, count: count) }
}
