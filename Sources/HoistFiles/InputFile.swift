import Glibc
import HoistCore

/// A regular file, opened once: its size, its type and the bytes that are sent all come from this one descriptor, so
/// that a path swapped meanwhile cannot change what was checked.
package final class InputFile: Sendable {
    /// The path as it was given.
    package let path: String
    /// What it was when it was opened.
    package let stamp: FileStamp
    package let descriptor: Int32

    /// Bytes, when it was opened.
    package var size: Int64 { stamp.size }

    /// Throws `noInput` where the path does not lead to a readable regular file.
    package convenience init(opening path: InputPath) throws(Failure) {
        // Without O_NONBLOCK a FIFO with no writer would hold us here for ever; on a regular file it does nothing.
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
        guard descriptor >= 0 else { throw Self.cannotOpen(errno, path.text) }
        // The disk brings what is sent soon while others are being sent: half the time of small files that are not in memory
        // (measured).
        posix_fadvise(descriptor, 0, Self.wantedSoon, POSIX_FADV_WILLNEED)
        do throws(Failure) { try self.init(path: path.text, descriptor: descriptor) } catch {
            close(descriptor)
            throw error
        }
    }

    /// Bytes.
    private static let wantedSoon = 1 << 20

    /// Takes over the descriptor, unless it throws.
    init(path: String, descriptor: Int32) throws(Failure) {
        let status = try Self.status(of: descriptor)
        guard status.st_mode & S_IFMT == S_IFREG else { throw Self.notRegular(status.st_mode) }
        if status.st_size == 0, Self.hasContent(descriptor) { throw Self.unsized }
        self.path = path
        self.descriptor = descriptor
        stamp = FileStamp(status)
    }

    deinit { close(descriptor) }

    /// The last part of the path: the name a service is told.
    package var name: String { path == "-" ? "stdin" : path.lastPathPart }

    /// Reads at most the buffer's length from `offset` on; fewer bytes only at the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(Failure) -> Int {
        let (count, error) = Descriptor.read(into: buffer, at: offset, from: descriptor)
        guard error == 0 else {
            throw Failure(.localIO, code: "read_failed", "reading failed: \(describe(error))")
        }
        return count
    }

    /// The checksum of the whole file, in hexadecimal digits.
    package func digest(_ algorithm: Digest.Algorithm) throws(Failure) -> String {
        guard let digest = Digest(algorithm) else {
            throw Failure(.localIO, code: "no_digest", "OpenSSL does not make the checksum that the service wants")
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var offset: Int64 = 0
        while offset < size {
            let count = try read(into: buffer, at: offset)
            guard count > 0 else { throw changed }
            digest.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += Int64(count)
        }
        return Hexadecimal.text(of: digest.finalize())
    }

    /// Throws `refusedHere` when the file is no longer the one that was opened and checked: libcurl would send a file
    /// that grew cut short, and say nothing (measured). A file that was rewritten at the same size and had its
    /// modification time put back is told by its ctime. After `chmod` or `mv` that looks the same, and is refused as well:
    /// a mixture must not be called stored.
    package func requireUnchanged() throws(Failure) {
        guard FileStamp(try Self.status(of: descriptor)).hasContent(of: stamp) else { throw changed }
    }

    /// What to throw when the bytes end before `size`.
    package var changed: Failure {
        let now = try? FileStamp(Self.status(of: descriptor))
        if now?.hasContent(of: stamp) == true { return Self.unsized }
        return Failure(
            .refusedHere, code: "changed_while_sent",
            "changed while it was being sent; wait until nothing writes to it, then send it again")
    }

    private static func status(of descriptor: Int32) throws(Failure) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw cannotOpen(errno) }
        return status
    }

    /// Whether there is something to read where the size is 0, as in /proc.
    private static func hasContent(_ descriptor: Int32) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { byte in
            Descriptor.read(into: byte, at: 0, from: descriptor).count > 0
        }
    }

    /// Of files in /proc the size is 0, of those in /sys a page.
    private static var unsized: Failure {
        Failure(
            .noInput, code: "not_a_regular_file",
            "is a special file that does not say how long it is; pipe its content: cat FILE | hoist upload -")
    }

    private static func cannotOpen(_ error: Int32, _ path: String = "") -> Failure {
        switch error {
        case ENOENT: notFound(path)
        case EACCES, EPERM: Failure(.noInput, code: "not_readable", "not readable by this user; check its permissions")
        // A socket, or a device with nothing behind it.
        case ENXIO, ENODEV: Failure(.noInput, code: "not_a_regular_file", "not a regular file; give the path of a file")
        case EMFILE, ENFILE, ENOMEM:
            Failure(.localIO, code: "open_failed", "cannot be opened: \(describe(error)); raise the limit (ulimit -n)")
        default: Failure(.noInput, code: "not_readable", "cannot be opened: \(describe(error)); check the path")
        }
    }

    /// With what most often is the reason.
    private static func notFound(_ path: String) -> Failure {
        let (what, advice) =
            if path.contains("://") {
                ("is a URL", "hoist uploads local files: download it first")
            } else if path.hasPrefix("~") {
                ("no such file: the ~ was quoted", "write it without quotes, or $HOME")
            } else if path.contains(where: { "*?[".contains($0) }) {
                ("no file matches this pattern here", "check the folder and the ending")
            } else {
                ("no such file", "check the path")
            }
        return Failure(.noInput, code: "not_found", what, advice: advice)
    }

    private static func notRegular(_ mode: mode_t) -> Failure {
        let what =
            switch mode & S_IFMT {
            case S_IFDIR: "a directory"
            case S_IFIFO: "a FIFO"
            case S_IFSOCK: "a socket"
            default: "a device"
            }
        return Failure(
            .noInput, code: "not_a_regular_file",
            "is \(what); give the path of a regular file"
                + (mode & S_IFMT == S_IFDIR ? ", or --recursive" : ""))
    }
}
