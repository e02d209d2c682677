import Glibc
import HoistCore
import HoistFiles

/// A file that is there whole or not at all: written beside its place, and moved there at the end. What is no regular file
/// (`/dev/stdout`, a FIFO) is written as it is.
final class WholeFile {
    private let path: String
    /// Where it is until the end; nil for what is written in its place.
    private let part: String?
    let descriptor: Int32
    private var isKept = false

    /// Throws `localIO` where it cannot be made.
    init(_ path: String) throws(Failure) {
        self.path = path
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            part = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            // mkstemp(3) puts what is free in the place of the six letters. In the same directory: another may be another disk.
            // Hidden, so that no walk through it takes the file for an input.
            let name = path.lastPathPart
            var template = Array("\(path.dropLast(name.count)).\(name).XXXXXX".utf8CString)
            descriptor = mkstemp(&template)
            part = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        // mkstemp's 0600 is for secrets; this is a file like any that a shell makes.
        if part != nil {
            let mask = umask(0)
            _ = umask(mask)
            fchmod(descriptor, 0o666 & ~mask)
        }
    }

    deinit {
        close(descriptor)
        if let part, !isKept { unlink(part) }
    }

    /// Puts it in its place. Throws `localIO` where that cannot be.
    func keep() throws(Failure) {
        guard let part else { return }
        guard fsync(descriptor) == 0, rename(part, path) == 0 else { throw Self.failure(path, errno) }
        isKept = true
    }

    static func failure(_ path: String, _ error: Int32) -> Failure {
        Failure(
            .localIO, code: "output_failed", "\(path.safeForTerminal) cannot be written: \(describe(error))",
            advice: "check the folder")
    }
}
