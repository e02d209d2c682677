/// JSON longer than libmagic looks, which it takes for text: an object, or an array of objects or arrays (RFC 8259). One
/// such value fills the file; several of them one after another are JSON Lines, which have a type of their own.
enum JSONText {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        guard reader.size > Int64(Sniffer.look) else { return nil }
        let bytes = reader.bytes(at: 0, count: Sniffer.look)
        guard beginsAsValue(bytes) else { return nil }
        return MediaType(known: endsBeforeLast(bytes) ? "application/x-ndjson" : "application/json")
    }

    /// Brackets, then a member's name and its colon. Text in brackets is not JSON yet: logs and INI files begin so.
    private static func beginsAsValue(_ bytes: [UInt8]) -> Bool {
        var rest = bytes.drop { $0.isJSONSpace || $0 == UInt8(ascii: "[") }
        guard rest.popFirst() == UInt8(ascii: "{") else { return false }
        rest = rest.drop(while: \.isJSONSpace)
        guard rest.popFirst() == UInt8(ascii: "\"") else { return false }
        rest = rest.drop { $0 != UInt8(ascii: "\"") && $0 >= 0x20 }
        guard rest.popFirst() != nil else { return false }
        return rest.drop(while: \.isJSONSpace).first == UInt8(ascii: ":")
    }

    /// Whether the first value is closed and another follows.
    private static func endsBeforeLast(_ bytes: [UInt8]) -> Bool {
        var depth = 0
        var quoted = false
        var escaped = false
        var closed = false
        for byte in bytes {
            if quoted {
                quoted = escaped || byte != UInt8(ascii: "\"")
                escaped = !escaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): quoted = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if closed { return true }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                closed = depth == 0
            default: continue
            }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var isJSONSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
