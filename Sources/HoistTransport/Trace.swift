import HoistCore

/// Makes wire traffic fit to be shown: `--verbose` output is pasted into bug reports.
package enum Trace {
    /// Words in a header's name or a query parameter's name that mark its value as a secret.
    private static let secretWords = ["authorization", "key", "token", "cookie", "signature", "credential", "secret"]
    private static let secretParameters: Set<String> = [
        "sig", "se", "sp", "sv", "x-amz-security-token", "upload_id", "ticket",
    ]

    /// One request or response line or header line, with keys and signatures taken out.
    static func redacted(_ line: Substring) -> String {
        // A line that begins with white space continues the one before, of which nothing is known here.
        if let first = line.unicodeScalars.first, first.properties.isWhitespace { return "[redacted]" }
        // By bytes: to Swift, a colon and a combining mark are one character, which is no colon.
        if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) {
            let name = line.prefix(upTo: colon)
            // What stands before a colon may be more than a name.
            if !name.contains("/"), isSecret(name) {
                return "\(redactedParameters(String(name)).safeForTerminal): [redacted]"
            }
        }
        return redactedParameters(String(line)).safeForTerminal
    }

    /// A text with the values of secret parameters and the user names of URLs taken out, wherever they stand: a URL may
    /// be part of another one, of a sentence, or of a JSON document that was cut off.
    package static func redactedParameters(_ text: String) -> String {
        var text = text
        return text.withUTF8 { String(decoding: redactedParameters($0), as: UTF8.self) }
    }

    private static func redactedParameters(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var shown: [UInt8] = []
        shown.reserveCapacity(text.count)
        var name = 0..<0
        /// What stands before the name: `?` and `&` where it is a parameter of a URL.
        var before: UInt8 = 0
        var position = 0
        while position < text.count {
            if isNamePart(text[position]) {
                if name.upperBound != position { name = position..<position }
                name = name.lowerBound..<(position + 1)
                shown.append(text[position])
                position += 1
                continue
            }
            let unit = Escape.unit(in: text, at: position)
            let next = position + (unit?.length ?? 1)
            let byte = unit?.byte ?? text[position]
            shown += text[position..<next]
            position = next
            if byte == UInt8(ascii: "="), name.upperBound == next - (unit?.length ?? 1) {
                let end = text[next...].firstIndex(where: endsValue) ?? text.endIndex
                let isParameter = before == UInt8(ascii: "?") || before == UInt8(ascii: "&")
                if isSecret(Substring(String(decoding: text[name], as: UTF8.self)))
                    || isParameter && isSignature(String(decoding: text[next..<end], as: UTF8.self))
                {
                    shown += "[redacted]".utf8
                    position = end
                }
            } else if byte == UInt8(ascii: "/"), shown.hasScheme {
                let end = text[next...].firstIndex(where: endsAuthority) ?? text.endIndex
                if let at = text[next..<end].lastIndex(of: UInt8(ascii: "@")) {
                    shown += "[redacted]".utf8
                    position = at
                }
            }
            before = byte
        }
        return shown
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }

    private static func endsValue(_ byte: UInt8) -> Bool { byte <= 0x20 || "&#\"<>,;".utf8.contains(byte) }

    private static func endsAuthority(_ byte: UInt8) -> Bool { byte <= 0x20 || "/?#\"<>".utf8.contains(byte) }

    /// Whether a parameter's value looks like a signature, whatever its name: 32 characters or more, all hexadecimal, or
    /// letters of both cases and digits as base64 mixes them; or a JSON Web Token. A UUID is none, nor is a path.
    static func isSignature(_ value: String) -> Bool {
        let bytes = value[...].percentDecoded.utf8
        guard bytes.count >= 32 else { return false }
        if bytes.starts(with: "eyJ".utf8) { return true }
        if bytes.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) { return true }
        // Base64's slash is percent-encoded in a query.
        guard !value.utf8.contains(UInt8(ascii: "/")),
            bytes.allSatisfy({ Base64.isCharacter($0) || $0 == UInt8(ascii: "=") })
        else { return false }
        return bytes.contains { (0x30...0x39).contains($0) } && bytes.contains { (0x41...0x5A).contains($0) }
            && bytes.contains { (0x61...0x7A).contains($0) }
    }

    package static func isSecret(_ name: Substring) -> Bool {
        let name = name.lowercased()
        return secretParameters.contains(name) || secretWords.contains { name.contains($0) }
    }
}

extension [UInt8] {
    /// Whether it ends with `://`, in which JSON may have escaped the slashes.
    fileprivate var hasScheme: Bool { hasSuffix("://") || hasSuffix(#":\/\/"#) }

    private func hasSuffix(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard self.count >= count else { return false }
        return (0..<count).allSatisfy { self[self.count - count + $0] == text.utf8Start[$0] }
    }
}
