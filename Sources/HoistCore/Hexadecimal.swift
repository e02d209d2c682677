/// Bytes as lower-case hexadecimal digits: for checksums, and for names that JSON cannot carry.
package enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    package static func text(of bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Nil for what is not made of pairs of digits.
    package static func bytes(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var upper: UInt8?
        for byte in text.utf8 {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) else { return nil }
            if let high = upper.take() { bytes.append(high << 4 | digit) } else { upper = digit }
        }
        return upper == nil ? bytes : nil
    }
}
