import Foundation

/// The key of all rows, and every way in which it could come back.
enum HostileKey {
    /// With characters that each encoding writes otherwise.
    static let text = "sk_test_h0stile+K/q7Z"

    static let percent = text.replacing("+", with: "%2B").replacing("/", with: "%2F")
    static let everyBytePercent = text.utf8.map { "%" + hexadecimal($0) }.joined()
    static let slashEscaped = text.replacing("/", with: #"\/"#)
    static let unicodeEscaped = text.utf8.map { #"\u00"# + hexadecimal($0) }.joined()
    static let base64 = Data(text.utf8).base64EncodedString()

    /// What must not be found in any output, all in lower case.
    static let traces: [String] = {
        let plain = [text, percent, everyBytePercent, slashEscaped, unicodeEscaped] + base64Traces
        return plain.map { $0.lowercased() }
    }()

    /// The key's part in base64 of a longer text, wherever it begins there, in both alphabets.
    private static var base64Traces: [String] {
        (0..<3).flatMap { offset in
            let encoded = Data(Array(repeating: UInt8(ascii: "x"), count: offset) + Array(text.utf8))
                .base64EncodedString()
            // The first group has a part of what stands before, the last a part of what comes after.
            let inner = String(encoded.dropFirst(offset == 0 ? 0 : 4).dropLast(4))
            return [inner, inner.replacing("+", with: "-").replacing("/", with: "_")]
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
