import CLibMagic
import Glibc

/// Tells a file's type from its content, with libmagic. A libmagic cookie is not thread-safe: a sniffer belongs to one
/// task, and is made once for a whole run (loading the database takes 1-2 ms).
final class Sniffer {
    private let cookie: magic_t

    /// Throws `bug` where libmagic has no usable database.
    init() throws(Failure) {
        guard let cookie = magic_open(Self.flags) else { throw Self.unusable(describe(errno)) }
        guard magic_load(cookie, nil) == 0 else {
            let reason = magic_error(cookie).map { String(cString: $0) } ?? "no reason given"
            magic_close(cookie)
            throw Self.unusable(reason)
        }
        self.cookie = cookie
    }

    deinit { magic_close(cookie) }

    /// The registered type of the file's content; `application/octet-stream` where libmagic cannot tell.
    func type(of file: InputFile) throws(Failure) -> MediaType {
        let type = try look(at: file, bytes: Self.firstLook, flags: Self.flags)
        guard type == .octetStream, file.size > Self.firstLook else { return type }
        // An MP3 behind a large ID3 picture shows only far into the file. Looking for text there as well would cost
        // libmagic 20 MB of memory.
        return try look(at: file, bytes: Self.secondLook, flags: Self.flags | Self.noText)
    }

    private static let firstLook = 1 << 16
    private static let secondLook = 1 << 20

    // Without MAGIC_ERROR an unreadable file's message comes back as if it were a type. Compressed files are to be
    // known as such, and what ELF and text tokens say is of no use here.
    private static let flags =
        MAGIC_MIME_TYPE | MAGIC_ERROR | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_APPTYPE
        | MAGIC_NO_CHECK_TOKENS
    private static let noText =
        MAGIC_NO_CHECK_TEXT | MAGIC_NO_CHECK_ENCODING | MAGIC_NO_CHECK_CSV | MAGIC_NO_CHECK_JSON

    private func look(at file: InputFile, bytes: Int, flags: Int32) throws(Failure) -> MediaType {
        var limit = bytes
        magic_setparam(cookie, MAGIC_PARAM_BYTES_MAX, &limit)
        magic_setflags(cookie, flags)
        guard let answer = magic_descriptor(cookie, file.descriptor) else {
            let reason = magic_error(cookie).map { String(cString: $0) } ?? "no reason given"
            throw Failure(.localIO, code: "read_failed", "its content cannot be examined: \(reason)")
        }
        return MediaType(String(cString: answer))?.canonical ?? .octetStream
    }

    private static func unusable(_ reason: String) -> Failure {
        Failure(
            .bug, code: "no_magic_database",
            "libmagic cannot load its database (\(reason)); install libmagic-mgc, or unset MAGIC if it is set")
    }
}
