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
        let slash = UInt8(ascii: "/")
        let bytes = path.bytes
        let whole = bytes.first == slash ? bytes : directory + [slash] + bytes
        return whole.split(separator: slash).filter { $0 != [UInt8(ascii: ".")] }.flatMap { [slash] + $0 }
    }
}
