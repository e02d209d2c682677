import Glibc
import HoistCore

extension InputFile {
    /// Keeps what comes from a descriptor that has no length, such as a pipe, in a temporary file that has no name: it
    /// is gone with the process, and nobody else can open it.
    ///
    /// Throws `refusedHere` where there are more than `limit` bytes, `localIO` where they cannot be kept.
    package static func spooling(_ source: Int32, limit: Int64, directory: String) throws(Failure) -> InputFile {
        let descriptor = try unnamedFile(in: directory)
        do throws(Failure) {
            try copy(from: source, to: descriptor, limit: limit)
            return try InputFile(path: "-", descriptor: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func unnamedFile(in directory: String) throws(Failure) -> Int32 {
        // mkstemp(3) puts what is free in the place of the six letters.
        var template = Array("\(directory)/hoist-XXXXXX".utf8CString)
        // Mode 0600 by itself.
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw unkept(errno, directory) }
        unlink(template)
        return descriptor
    }

    private static func copy(from source: Int32, to descriptor: Int32, limit: Int64) throws(Failure) {
        var total: Int64 = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            try awaitBytes(from: source)
            let count = Glibc.read(source, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(
                    .noInput, code: "not_readable",
                    "standard input cannot be read: \(describe(errno)); pipe a file into it")
            }
            if count == 0 {
                // libmagic reads from the current offset, so rewind first.
                guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw unkept(errno, "the temporary directory") }
                return
            }
            total += Int64(count)
            guard total <= limit else {
                throw Failure(
                    .refusedHere, code: "too_large",
                    "standard input has more than \(limit) bytes", advice: "allow more with --max-size")
            }
            let (_, error) = buffer[..<count].withUnsafeBytes { Descriptor.write($0, to: descriptor) }
            guard error == 0 else { throw unkept(error, "the temporary directory") }
        }
    }

    /// Throws `interrupted` where the task is cancelled before there is anything to read: a read would not notice.
    private static func awaitBytes(from source: Int32) throws(Failure) {
        var events = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
        while true {
            let ready = poll(&events, 1, 100)
            guard ready == 0 || ready < 0 && errno == EINTR else { return }
            if Task.isCancelled { throw .interrupted }
        }
    }

    private static func unkept(_ error: Int32, _ place: String) -> Failure {
        Failure(
            .localIO, code: "spool_failed",
            "standard input cannot be kept in \(place): \(describe(error)); name another directory in TMPDIR")
    }
}
