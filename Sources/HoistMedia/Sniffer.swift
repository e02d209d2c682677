import CLibMagic
import Glibc
import HoistCore
import HoistFiles

/// Tells a file's type from its content, with libmagic. A libmagic cookie is not thread-safe: a sniffer belongs to one
/// task, and is made once for a whole run (loading the database takes 1-2 ms).
package final class Sniffer {
    private let cookie: magic_t
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: look, alignment: 16)
    /// Whether libmagic need not be asked what `FirstLook` knows.
    private let looksFirst: Bool
    private var flags = Sniffer.flags

    /// Throws `bug` where libmagic has no usable database, and `localIO` where there is no memory for it.
    package convenience init() throws(Failure) { try self.init(looksFirst: Judge.isKnown()) }

    init(looksFirst: Bool) throws(Failure) {
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
        self.looksFirst = looksFirst
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
        // A file that is looked at whole is read into a buffer that is used again: for a descriptor libmagic makes one each
        // time, which took as long as its looking (measured).
        let isWhole = file.size <= Self.look
        let wanted = isWhole ? Int(file.size) : FirstLook.length
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: 0)
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        if isWhole { return try type(of: bytes) }
        return try type(of: bytes) { magic_descriptor(cookie, file.descriptor) }
    }

    /// - Parameter content: all of it.
    func type(of content: UnsafeRawBufferPointer) throws(Failure) -> MediaType {
        try type(of: content) { magic_buffer(cookie, content.baseAddress, content.count) }
    }

    /// - Parameters:
    ///   - start: the content, or its first bytes.
    ///   - ask: libmagic's answer.
    private func type(
        of start: UnsafeRawBufferPointer, _ ask: () -> UnsafePointer<CChar>?
    ) throws(Failure) -> MediaType {
        if looksFirst, let type = FirstLook.type(of: start) { return type }
        let flags = looksFirst && FirstLook.isBinary(start) ? Self.flags | MAGIC_NO_CHECK_ENCODING : Self.flags
        if flags != self.flags {
            magic_setflags(cookie, flags)
            self.flags = flags
        }
        errno = 0
        let answer = ask()
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
