/// Base64 (RFC 4648), as far as it has to be known to find something in it.
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The characters that those bytes come to whatever stands around them, `count` bytes behind the beginning of a group
    /// of three.
    package static func middle(of value: [UInt8], after count: Int) -> [UInt8] {
        let bytes = [UInt8](repeating: 0, count: count) + value
        // A character that has bits of what is before or behind is no part of it.
        return ((count * 8 + 5) / 6..<bytes.count * 8 / 6).map { index in
            let bit = index * 6
            let pair = UInt16(bytes[bit / 8]) << 8 | UInt16(bit / 8 + 1 < bytes.count ? bytes[bit / 8 + 1] : 0)
            return alphabet[Int(pair >> (10 - bit % 8) & 0x3F)]
        }
    }

    /// With the characters that have bits of the first and the last byte in them, and the padding.
    package static func around(_ found: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var (start, end) = (found.lowerBound, found.upperBound)
        while start > 0, found.lowerBound - start < 3, isCharacter(text[start - 1]) { start -= 1 }
        while end < text.count, end - found.upperBound < 3, isCharacter(text[end]) { end += 1 }
        while end < text.count, text[end] == UInt8(ascii: "=") { end += 1 }
        return start..<end
    }

    /// The character that a URL-safe one stands for.
    public static func standard(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: byte
        }
    }

    public static func isCharacter(_ byte: UInt8) -> Bool {
        switch standard(byte) {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
