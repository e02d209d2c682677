import Glibc
import HoistCore
import HoistFiles
import HoistServices
import HoistTransport

/// A key kept in a file that only its owner can read, or handed over on standard input (`-`) or by a command's pipe
/// (`<(pass show NAME)`).
enum KeyFile {
    private static let largest = 1 << 16

    /// Throws `notAllowed` where there is no usable key.
    static func read(_ path: String) throws(Failure) -> Credential {
        let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unusable(path, "cannot be read: \(describe(errno))") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unusable(path, "cannot be read: \(describe(errno))") }
        if path != "-", status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
            throw unusable(path, "can be read by other users; run chmod 600 \(path.safeForTerminal)")
        }
        let text = try readAll(descriptor, path).trimming(\.isWhitespace)
        guard let credential = Credential(text, from: path == "-" ? "standard input" : path.safeForTerminal) else {
            throw unusable(
                path,
                text.isEmpty ? "is empty; write the key into it" : Credential.flaw(of: text))
        }
        return credential
    }

    private static func readAll(_ descriptor: Int32, _ path: String) throws(Failure) -> String {
        let bytes: [UInt8]?
        do throws(Failure) { bytes = try Descriptor.readAll(descriptor, limit: largest) } catch {
            throw unusable(path, error.message)
        }
        guard let bytes else { throw unusable(path, "is too large for a key") }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func unusable(_ path: String, _ why: String) -> Failure {
        let name = path == "-" ? "the key on standard input" : "the key file \(path.safeForTerminal)"
        return Failure(.notAllowed, code: "unusable_key", "\(name) \(why)")
    }
}
