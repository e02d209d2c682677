/// Text in columns, as terminals count them.
package enum TerminalText {
    package static func width(of text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + ($1.isWide ? 2 : 1) }
    }

    package static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - self.width(of: text)))
    }

    /// The end of a path tells files apart better than its start.
    package static func keepingEnd(of text: String, to width: Int) -> String {
        guard self.width(of: text) > width else { return text }
        var start = text.endIndex
        var room = width - 1
        while start > text.startIndex {
            let previous = text.index(before: start)
            room -= text[previous].isWide ? 2 : 1
            if room < 0 { break }
            start = previous
        }
        return "…" + text[start...]
    }

    /// As much of the text as that many columns have room for.
    package static func cut(_ text: String, to width: Int) -> String {
        var room = width
        return String(
            text.prefix { character in
                room -= character.isWide ? 2 : 1
                return room >= 0
            })
    }

    /// `4.9 kB`: decimal units, as the services' own limits are said.
    package static func size(_ bytes: Int64) -> String {
        guard bytes >= 1000 else { return "\(bytes) B" }
        // Tenths of a kilobyte: ten times the bytes need not fit into 64 bits.
        var tenths = bytes / 100 + (bytes % 100 >= 50 ? 1 : 0)
        var unit = "kB"
        for name in ["MB", "GB", "TB"] where tenths >= 10_000 {
            unit = name
            tenths = (tenths + 500) / 1000
        }
        return "\(tenths / 10).\(tenths % 10) \(unit)"
    }

    /// What was calculated may be more than any file has.
    package static func size(_ bytes: Double) -> String { size(Int64(exactly: bytes.rounded(.towardZero)) ?? .max) }
}

extension Character {
    /// Whether terminals give it two columns: the wide blocks of UAX #11, and emoji.
    fileprivate var isWide: Bool {
        switch unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
