import Glibc

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

    /// For names that JSON cannot carry.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func bytes(_ hexadecimal: String) -> [UInt8]? {
        let digits = Array(hexadecimal.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        return bytes.contains(nil) ? nil : bytes.compactMap(\.self)
    }
}
