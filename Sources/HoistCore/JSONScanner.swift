/// Goes through a JSON text without making values of it: where a few things are to be known of a million texts, that is a
/// tenth of the work. It takes what `JSONParser` takes, and nothing else.
package struct JSONScanner {
    private static let deepest = 512

    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    /// All bytes in names and texts together: its highest bit says whether they are ASCII.
    private var seen: UInt8 = 0

    private init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// Calls `body` with the name, in its quotes, and the value of each member of an object, in their order: as where they
    /// stand. Returns false unless the bytes are one whole object in UTF-8: then the members mean nothing.
    package static func visitMembers(
        of bytes: [UInt8], in range: Range<Int>, _ body: (_ name: Range<Int>, _ value: Range<Int>) -> Void
    ) -> Bool {
        var scanner = JSONScanner(bytes, range)
        scanner.skipSpace()
        guard scanner.next == UInt8(ascii: "{") else { return false }
        let isObject = scanner.object(depth: 0) { name, value in
            body(name, value)
            return true
        }
        guard isObject else { return false }
        return scanner.isWhole(range)
    }

    /// The value of the first member of that name; nil where the object has none. The bytes have to be an object.
    ///
    /// - Parameter name: ASCII, without what has to be escaped.
    package static func member(_ name: StaticString, of bytes: [UInt8], in range: Range<Int>) -> Range<Int>? {
        var found: Range<Int>?
        var scanner = JSONScanner(bytes, range)
        scanner.skipSpace()
        guard scanner.next == UInt8(ascii: "{") else { return nil }
        _ = scanner.object(depth: 0) { member, value in
            if isName(name, at: member, in: bytes) { found = value }
            return found == nil
        }
        return found
    }

    /// Whether the bytes are one whole value in UTF-8.
    package static func isWhole(_ bytes: [UInt8]) -> Bool {
        var scanner = JSONScanner(bytes, 0..<bytes.count)
        return scanner.value(depth: 0) && scanner.isWhole(0..<bytes.count)
    }

    /// Whether a name, in its quotes, is that one, however it is written.
    package static func isName(_ name: StaticString, at range: Range<Int>, in bytes: [UInt8]) -> Bool {
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        let written = bytes[range].dropFirst().dropLast()
        if written.elementsEqual(wanted) { return true }
        guard written.contains(where: { $0 == UInt8(ascii: "\\") || $0 >= 0x80 }) else { return false }
        return JSONValue(parsing: Array(bytes[range]))?.text == name.description
    }

    // MARK: - As JSONParser does it

    private mutating func isWhole(_ range: Range<Int>) -> Bool {
        skipSpace()
        guard position == end else { return false }
        // Elsewhere than in names and texts nothing but ASCII gets here.
        return seen < 0x80 || String(validating: bytes[range], as: UTF8.self) != nil
    }

    private var next: UInt8? { position < end ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func take(word: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position..<end].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func value(depth: Int) -> Bool {
        guard depth <= Self.deepest else { return false }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return object(depth: depth) { _, _ in true }
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "n"): return take(word: "null")
        case UInt8(ascii: "t"): return take(word: "true")
        case UInt8(ascii: "f"): return take(word: "false")
        default: return number()
        }
    }

    private mutating func array(depth: Int) -> Bool {
        position += 1
        skipSpace()
        if take("]") { return true }
        repeat {
            guard value(depth: depth + 1) else { return false }
            skipSpace()
        } while take(",")
        return take("]")
    }

    /// - Parameter body: returns whether to go on.
    private mutating func object(depth: Int, _ body: (Range<Int>, Range<Int>) -> Bool) -> Bool {
        position += 1
        skipSpace()
        if take("}") { return true }
        repeat {
            skipSpace()
            let nameStart = position
            guard string() else { return false }
            let name = nameStart..<position
            skipSpace()
            guard take(":") else { return false }
            skipSpace()
            let start = position
            guard value(depth: depth + 1) else { return false }
            guard body(name, start..<position) else { return false }
            skipSpace()
        } while take(",")
        return take("}")
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") { guard digits() else { return false } }
        if take(".") { guard digits() else { return false } }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() else { return false }
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func string() -> Bool {
        guard take("\"") else { return false }
        while true {
            position = Self.endOfPlainText(in: bytes, from: position, to: end)
            guard let byte = next, byte >= 0x20 else { return false }
            position += 1
            seen |= byte
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            default: continue
            }
        }
    }

    /// The first byte from `start` on that may be something else in a text than a character of ASCII that stands for
    /// itself. Eight at a time: a journal is texts for the most part.
    package static func endOfPlainText(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        return bytes.withUnsafeBytes { bytes in
            var position = start
            while position + 8 <= min(end, bytes.count) {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                let quotes = (word ^ ones &* UInt64(UInt8(ascii: "\""))) &- ones
                let slashes = (word ^ ones &* UInt64(UInt8(ascii: "\\"))) &- ones
                let controls = word &- ones &* 0x20
                // The lowest bit that is set belongs to such a byte; above it there may be borrows.
                let found = (quotes | slashes | controls | word) & (ones &* 0x80)
                if found != 0 { return position + found.trailingZeroBitCount / 8 }
                position += 8
            }
            return position
        }
    }

    /// Where the value ends that begins there; nil where none does. All in it has to be ASCII.
    ///
    /// - Parameter depth: how deep it stands in the document.
    package static func endOfASCIIValue(in bytes: [UInt8], _ range: Range<Int>, depth: Int) -> Int? {
        var scanner = JSONScanner(bytes, range)
        return scanner.value(depth: depth) && scanner.seen < 0x80 ? scanner.position : nil
    }

    private mutating func escape() -> Bool {
        guard let byte = next else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            for _ in 0..<4 {
                guard let digit = next, Unicode.Scalar(digit).properties.isASCIIHexDigit else { return false }
                position += 1
            }
            return true
        default: return false
        }
    }
}
