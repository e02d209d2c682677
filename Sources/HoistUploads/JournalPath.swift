import Glibc
import HoistFiles

/// Paths in a journal are absolute: the same relative path means another file in another directory.
enum JournalPath {
    static var workingDirectory: [UInt8] {
        guard let path = getcwd(nil, 0) else { return [] }
        defer { free(path) }
        return Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))
    }

    /// Without `.` and doubled slashes; `..` stays, since it may lead through a link.
    static func absolute(_ path: InputPath, in directory: [UInt8]) -> [UInt8] {
        var absolute: [UInt8] = []
        absolute.reserveCapacity(directory.count + path.bytes.count + 1)
        if path.bytes.first != UInt8(ascii: "/") { append(directory, to: &absolute) }
        append(path.bytes, to: &absolute)
        return absolute
    }

    private static func append(_ path: [UInt8], to absolute: inout [UInt8]) {
        let slash = UInt8(ascii: "/")
        var start = 0
        while start < path.count {
            let end = path[start...].firstIndex(of: slash) ?? path.count
            let isDot = end == start + 1 && path[start] == UInt8(ascii: ".")
            if end > start, !isDot {
                absolute.append(slash)
                absolute += path[start..<end]
            }
            start = end + 1
        }
    }
}
