import Foundation
import Testing

/// The rules of libmagic's compiled database (its file.h, `struct magic` of version 18), in the order in which they are
/// tried.
struct MagicDatabase {
    struct Rule {
        let offset: Int
        let kind: UInt8
        let relation: UInt8
        /// Whether the offset is found by another one.
        let isIndirect: Bool
        /// How a text may differ, and where else it may stand.
        let modifiers: UInt64
        let text: [UInt8]
        let number: UInt64
        let mediaType: String

        var isPlainText: Bool { kind == 5 && relation == UInt8(ascii: "=") && !isIndirect && modifiers == 0 }
    }

    /// Those that stand alone or begin a group: the others are tried when these match.
    let rules: [Rule]

    static let path = "/usr/share/misc/magic.mgc"

    init() throws {
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: Self.path)))
        func number(_ offset: Int, _ count: Int) -> UInt64 {
            (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
        }
        try #require(number(0, 4) == 0xF11E_041C && number(4, 4) == 18, "not a database of that form")
        let count = Int(number(8, 4))
        let size = 376
        var rules: [Rule] = []
        for start in stride(from: size, through: count * size, by: size) where number(start, 2) == 0 {
            let text = bytes[(start + 32)...].prefix(Int(bytes[start + 5]))
            let mediaType = bytes[(start + 224)...].prefix(80).prefix { $0 != 0 }
            rules.append(
                Rule(
                    offset: Int(Int32(truncatingIfNeeded: number(start + 12, 4))), kind: bytes[start + 6],
                    relation: bytes[start + 4], isIndirect: bytes[start + 2] & 0x87 != 0,
                    modifiers: number(start + 24, 8), text: Array(text), number: number(start + 32, 8),
                    mediaType: String(decoding: mediaType, as: UTF8.self)))
        }
        self.rules = rules
    }
}
