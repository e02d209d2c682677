import CLibMagic
import Glibc
import HoistCore
import HoistFiles

/// Tells a file's type from its content, with libmagic. A libmagic cookie is not thread-safe: a sniffer belongs to one
/// task, and is made once for a whole run (loading the database takes 1-2 ms).
package final class Sniffer {
    private let cookie: magic_t
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: look, alignment: 16)

    /// Throws `bug` where libmagic has no usable database, and `localIO` where there is no memory for it.
    package init() throws(Failure) {
        // Without memory for its database libmagic goes on with an empty one, says that all is well, and knows no type:
        // only the system's error tells (measured).
        errno = 0
        guard let cookie = magic_open(Self.flags) else {
            throw errno == ENOMEM ? Self.outOfMemory : Self.unusable(describe(errno))
        }
        let isLoaded = magic_load(cookie, nil) == 0
        guard isLoaded, errno != ENOMEM else {
            let isOutOfMemory = errno == ENOMEM
            let reason = magic_error(cookie).map { String(cString: $0) } ?? "no reason given"
            magic_close(cookie)
            throw isOutOfMemory ? Self.outOfMemory : Self.unusable(reason)
        }
        var look = Self.look
        magic_setparam(cookie, MAGIC_PARAM_BYTES_MAX, &look)
        self.cookie = cookie
    }

    deinit {
        magic_close(cookie)
        buffer.deallocate()
    }

    /// The bytes that libmagic looks at. What lies further on costs it memory many times the size; `TypeDecision` finds
    /// that by structure.
    static let look = 1 << 16

    /// libmagic's answer, in its own names; `application/octet-stream` where it cannot tell.
    package func type(of file: InputFile) throws(Failure) -> MediaType {
        errno = 0
        let answer = try answer(about: file)
        // Whatever it says then is a guess.
        if errno == ENOMEM || magic_errno(cookie) == ENOMEM { throw Self.outOfMemory }
        guard let answer else {
            // Not the system's error but libmagic's own: content that nests deeper than it follows.
            if magic_errno(cookie) == 0 { return .octetStream }
            let reason = magic_error(cookie).map { String(cString: $0) } ?? "no reason given"
            throw Failure(.localIO, code: "read_failed", "its content cannot be examined: \(reason)")
        }
        return MediaType(String(cString: answer)) ?? .octetStream
    }

    /// A file that is looked at whole is read into a buffer that is used again: for a descriptor libmagic makes one each
    /// time, which took as long as its looking (measured).
    private func answer(about file: InputFile) throws(Failure) -> UnsafePointer<CChar>? {
        guard file.size <= Self.look else { return magic_descriptor(cookie, file.descriptor) }
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(file.size)]), at: 0)
        return magic_buffer(cookie, buffer.baseAddress, count)
    }

    // Without MAGIC_ERROR an unreadable file's message comes back as if it were a type. Compressed files are to be
    // known as such, and what ELF and text tokens say is of no use here.
    private static let flags =
        MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_APPTYPE
        | MAGIC_NO_CHECK_TOKENS

    private static var outOfMemory: Failure {
        Failure(
            .localIO, code: "no_memory",
            "its content cannot be examined: there is too little memory; raise the limit (ulimit -v)")
    }

    private static func unusable(_ reason: String) -> Failure {
        Failure(
            .bug, code: "no_magic_database",
            "libmagic cannot load its database (\(reason)); install libmagic-mgc, or unset MAGIC if it is set")
    }
}
