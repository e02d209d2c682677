import HoistCore

/// JSON longer than libmagic looks, which it takes for text: an object or an array (RFC 8259). One such value fills the
/// file; several of them one after another are JSON Lines, which have a type of their own.
enum JSONText {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        guard reader.size > Int64(Sniffer.look) else { return nil }
        let bytes = reader.bytes(at: 0, count: Sniffer.look)
        guard beginsAsObject(bytes) || isArrayOfValues(bytes) else { return nil }
        return MediaType(known: endsBeforeLast(bytes) ? "application/x-ndjson" : "application/json")
    }

    /// Brackets, then a member's name and its colon. Text in brackets is not JSON yet: logs and INI files begin so.
    private static func beginsAsObject(_ bytes: [UInt8]) -> Bool {
        var rest = bytes.drop { $0.isJSONSpace || $0 == UInt8(ascii: "[") }
        guard rest.popFirst() == UInt8(ascii: "{") else { return false }
        rest = rest.drop(while: \.isJSONSpace)
        guard rest.popFirst() == UInt8(ascii: "\"") else { return false }
        rest = rest.drop { $0 != UInt8(ascii: "\"") && $0 >= 0x20 }
        guard rest.popFirst() != nil else { return false }
        return rest.drop(while: \.isJSONSpace).first == UInt8(ascii: ":")
    }

    /// Whether all of it may be arrays of texts, numbers, true, false, null and arrays of them: as far as it is looked at,
    /// values and what stands between them take turns.
    private static func isArrayOfValues(_ bytes: [UInt8]) -> Bool {
        var depth = 0
        var isValueNext = true
        // Brackets alone say nothing.
        var hasScalar = false
        var rest = bytes[...]
        while true {
            rest = rest.drop(while: \.isJSONSpace)
            guard let byte = rest.first else { return hasScalar }
            if isValueNext, byte == UInt8(ascii: "[") {
                depth += 1
                rest = rest.dropFirst()
                // An empty array is a value.
                isValueNext = rest.drop(while: \.isJSONSpace).first != UInt8(ascii: "]")
            } else if isValueNext {
                // Only arrays are told from text.
                guard depth > 0, let end = endOfScalar(rest) else { return false }
                rest = rest[end...]
                hasScalar = true
                isValueNext = false
            } else if byte == UInt8(ascii: ","), depth > 0 {
                rest = rest.dropFirst()
                isValueNext = true
            } else if byte == UInt8(ascii: "]"), depth > 0 {
                depth -= 1
                rest = rest.dropFirst()
                // JSON Lines.
                isValueNext = depth == 0
            } else {
                return false
            }
        }
    }

    /// Where the text, number or word that comes first ends; nil where none comes.
    private static func endOfScalar(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.first == UInt8(ascii: "\"") else {
            let word = bytes.prefix { !$0.isJSONSpace && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "]") }
            // Cut off where the look ends, it cannot be told.
            let isWhole = word.endIndex < bytes.endIndex
            return !isWhole || JSONValue(parsing: Array(word)) != nil ? word.endIndex : nil
        }
        var isEscaped = false
        for index in bytes.indices.dropFirst() {
            if isEscaped {
                isEscaped = false
            } else if bytes[index] == UInt8(ascii: "\\") {
                isEscaped = true
            } else if bytes[index] == UInt8(ascii: "\"") {
                return index + 1
            }
        }
        return bytes.endIndex
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
