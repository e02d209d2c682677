import Glibc
import HoistCore

/// The lines that say that an input is done, as this hoist writes them for one destination and key. Nearly all lines of a
/// journal are such, and they are told at a third of the work of finding out what each member says.
struct JournalPattern: Sendable {
    private static let start = Array(#"{"path":""#.utf8)
    private static let size = Array(#"","size":"#.utf8)
    private static let modified = Array(#","mtime":""#.utf8)
    private static let changed = Array(#"","ctime":""#.utf8)
    private static let record = Array(#"{"ok":true,"#.utf8)
    /// From behind the last time to the record.
    private let place: [UInt8]

    init(_ destination: JournalLine.Destination, key: JournalLine.Expected) {
        let members: [(String, JSONValue)] = [
            ("service", destination.service.value), ("settings", destination.settings.value),
            ("base_url", destination.baseURL.value), ("key", key.value),
        ]
        place = Array((#"","# + members.map { "\"\($0.0)\":\($0.1)," }.joined() + #""record":"#).utf8)
    }

    /// The path of an input that the line says is done; nil where that has to be found out in another way.
    func path(of bytes: [UInt8], in line: Range<Int>) -> [UInt8]? {
        var position = line.lowerBound
        func take(_ expected: [UInt8]) -> Bool {
            guard line.upperBound - position >= expected.count else { return false }
            let isThere = bytes.withUnsafeBytes { bytes in
                expected.withUnsafeBytes { expected in
                    // The line has more bytes than these, and so have both of them.
                    guard let bytes = bytes.baseAddress, let start = expected.baseAddress else { return false }
                    return memcmp(bytes + position, start, expected.count) == 0
                }
            }
            if isThere { position += expected.count }
            return isThere
        }
        /// So few that no number of a file's is out of range, and none that JSON or hoist would write otherwise.
        func takeDigits(_ most: Int) -> Int {
            let start = position
            while position < line.upperBound, position - start < most, (0x30...0x39).contains(bytes[position]) {
                position += 1
            }
            return position - start
        }
        func takeTime() -> Bool {
            guard takeDigits(18) > 0, position < line.upperBound, bytes[position] == UInt8(ascii: ".") else {
                return false
            }
            position += 1
            return takeDigits(9) == 9
        }
        guard take(Self.start) else { return nil }
        let start = position
        position = JSONScanner.endOfPlainText(in: bytes, from: start, to: line.upperBound)
        while position < line.upperBound, isPlain(bytes[position]) { position += 1 }
        let path = start..<position
        guard take(Self.size) else { return nil }
        let digit = position
        let digits = takeDigits(18)
        guard digits == 1 || digits > 1 && bytes[digit] != UInt8(ascii: "0"), take(Self.modified), takeTime(),
            take(Self.changed), takeTime(), take(place)
        else { return nil }
        let record = position..<line.upperBound
        // Nothing but the object's own end comes behind the record.
        guard take(Self.record), let end = JSONScanner.endOfASCIIValue(in: bytes, record, depth: 1),
            end == line.upperBound - 1, bytes[end] == UInt8(ascii: "}")
        else { return nil }
        return Array(bytes[path])
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
