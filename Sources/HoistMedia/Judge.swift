import CLibMagic
import Glibc
import HoistFiles

/// The libmagic that is installed.
enum Judge {
    /// Whether it is the one that is known to the last rule: version 5.44, the database that it comes with, and no rule of
    /// the user's or of the machine's.
    static func isKnown() -> Bool {
        guard magic_version() == 544, getenv("MAGIC") == nil, let path = magic_getpath(nil, 0) else { return false }
        var databases = String(cString: path).split(separator: ":")
        guard let own = databases.popLast(), size(of: own + ".mgc") == databaseSize else { return false }
        return databases.allSatisfy(hasNoRules)
    }

    /// Bytes: as the package `libmagic-mgc` has it.
    private static let databaseSize: Int64 = 8_281_024

    private static func size(of path: Substring) -> Int64? {
        var status = stat()
        return stat(String(path), &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Debian's /etc/magic is there to be written to, and has comments alone.
    private static func hasNoRules(_ path: Substring) -> Bool {
        guard size(of: path + ".mgc") == nil else { return false }
        guard let size = size(of: path), size > 0 else { return true }
        guard size <= 4096, let file = try? InputFile(opening: InputPath(bytes: path.utf8)) else { return false }
        let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = (try? file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)) ?? 0
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        return bytes.count == file.size && lines.allSatisfy { $0.first == UInt8(ascii: "#") }
    }
}
