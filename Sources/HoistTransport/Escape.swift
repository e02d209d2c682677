/// One character as JSON, HTML and URLs write it in escapes, also where it was escaped more than once.
enum Escape {
    /// The escape that begins there: the byte that it stands for and how long it is. Nil where none begins, or it is not
    /// for a character of ASCII.
    static func unit(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (byte: UInt8, length: Int)? {
        let end: (byte: UInt8, position: Int)? =
            switch text[start] {
            case UInt8(ascii: "%"): percent(text, start + 1)
            case UInt8(ascii: "\\"): backslash(text, start + 1)
            case UInt8(ascii: "&"): entity(text, start + 1)
            default: nil
            }
        return end.map { ($0.byte, $0.position - start) }
    }

    /// Whether an escape may begin with it.
    static func begins(with byte: UInt8) -> Bool {
        byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&")
    }

    /// `%41`, `%2541`
    private static func percent(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (UInt8, Int)? {
        var position = start
        while starts(text, position, with: "25"), hex(text, position + 2, 2) != nil { position += 2 }
        return hex(text, position, 2).map { ($0, position + 2) }
    }

    /// `\u0041`, `\x41`, `\/`, `\\u0041`; `\\` is a backslash.
    private static func backslash(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (UInt8, Int)? {
        var position = start
        while position < text.count, text[position] == UInt8(ascii: "\\") { position += 1 }
        guard position < text.count else { return nil }
        switch text[position] {
        case UInt8(ascii: "u"): return hex(text, position + 1, 4).map { ($0, position + 5) }
        case UInt8(ascii: "x"): return hex(text, position + 1, 2).map { ($0, position + 3) }
        case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "'"): return (text[position], position + 1)
        default: return position > start ? (UInt8(ascii: "\\"), position) : nil
        }
    }

    private static let names: [(name: StaticString, byte: UInt8)] = [
        ("lt;", UInt8(ascii: "<")), ("gt;", UInt8(ascii: ">")), ("quot;", UInt8(ascii: "\"")),
        ("apos;", UInt8(ascii: "'")), ("sol;", UInt8(ascii: "/")), ("plus;", UInt8(ascii: "+")),
        ("equals;", UInt8(ascii: "=")), ("lowbar;", UInt8(ascii: "_")), ("hyphen;", UInt8(ascii: "-")),
        ("period;", UInt8(ascii: ".")),
    ]

    /// `&#65;`, `&#x41;`, `&lt;`, `&amp;#65;`; `&amp;` is an ampersand.
    private static func entity(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (UInt8, Int)? {
        var position = start
        while starts(text, position, with: "amp;") { position += 4 }
        for (name, byte) in names where starts(text, position, with: name) {
            return (byte, position + name.utf8CodeUnitCount)
        }
        guard position < text.count, text[position] == UInt8(ascii: "#") else {
            return position > start ? (UInt8(ascii: "&"), position) : nil
        }
        var digits = position + 1
        let isHex = digits < text.count && text[digits] | 0x20 == UInt8(ascii: "x")
        if isHex { digits += 1 }
        var value = 0
        var end = digits
        // So many that leading zeros fit; and the value stays small.
        while end < text.count, end < digits + 8, let digit = digit(text[end]), isHex || digit < 10 {
            value = min(value * (isHex ? 16 : 10) + Int(digit), 0x80)
            end += 1
        }
        guard end > digits, let byte = UInt8(exactly: value), byte < 0x80 else { return nil }
        return (byte, end < text.count && text[end] == UInt8(ascii: ";") ? end + 1 : end)
    }

    private static func starts(
        _ text: UnsafeBufferPointer<UInt8>, _ position: Int, with word: StaticString
    ) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= text.count else { return false }
        return (0..<count).allSatisfy { text[position + $0] == word.utf8Start[$0] }
    }

    /// So many hexadecimal digits that make a byte of ASCII.
    private static func hex(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> UInt8? {
        guard start + count <= text.count else { return nil }
        var value = 0
        for position in start..<(start + count) {
            guard let digit = digit(text[position]) else { return nil }
            value = value * 16 + Int(digit)
        }
        return value < 0x80 ? UInt8(value) : nil
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x57
        default: nil
        }
    }
}
