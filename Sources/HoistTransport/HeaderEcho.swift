/// Takes the values of secret headers out of a text that may have a request or a reply in it: as lines, in JSON, in a
/// list of pairs, or in a page that shows one of these.
enum HeaderEcho {
    /// Words in a name, without its dashes, that mark what follows as a secret. `key` alone is none: an `upload_key` is
    /// what the user wants.
    private static let words = [
        "authorization", "apikey", "accesskey", "authkey", "privatekey", "token", "cookie", "signature", "credential",
        "secret", "password",
    ]

    static func redacted(_ text: String) -> String {
        var shown: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            let name = rest.prefix(while: isNamePart)
            guard !name.isEmpty else {
                shown.append(byte)
                rest = rest.dropFirst()
                continue
            }
            shown += name
            rest = rest[name.endIndex...]
            guard let value = value(after: name, in: rest) else { continue }
            shown += rest[..<value.lowerBound]
            shown += "[redacted]".utf8
            rest = rest[value.upperBound...]
        }
        return String(decoding: shown, as: UTF8.self)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    /// Where the value of a header of that name is; nil where it is no secret, or there is none.
    private static func value(after name: ArraySlice<UInt8>, in rest: ArraySlice<UInt8>) -> Range<Int>? {
        let text = String(decoding: name, as: UTF8.self).lowercased()
        let plain = String(text.filter { $0 != "-" && $0 != "_" })
        guard words.contains(where: plain.contains) else { return nil }
        let afterQuote = skip(quotesOf: rest)
        let isQuoted = afterQuote.startIndex > rest.startIndex
        // "Invalid token: it has expired" is a sentence, and names no header.
        guard isQuoted || plain != text || ["authorization", "cookie"].contains(text) else { return nil }
        let separator = afterQuote.drop(while: isBlank)
        guard let byte = separator.first,
            byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=")
                || byte == UInt8(ascii: ",") && isQuoted
        else { return nil }
        let start = separator.dropFirst().drop { isBlank($0) || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "[") }
        let value = skip(quotesOf: start)
        let isValueQuoted = value.startIndex > start.startIndex
        guard isValueQuoted || byte != UInt8(ascii: ",") else { return nil }
        let end = value.firstIndex { byte in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "<"), 0x0A, 0x0D: true
            case UInt8(ascii: "'"): isValueQuoted
            default: false
            }
        }
        let range = value.startIndex..<(end ?? value.endIndex)
        return range.isEmpty ? nil : range
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Without the quotation marks at its beginning, which JSON in JSON, or a page, writes in escapes.
    private static func skip(quotesOf text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let plain = text.drop { $0 == UInt8(ascii: "\\") }
        if let first = plain.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            return plain.dropFirst()
        }
        for entity in ["&quot;", "&#34;", "&#39;", "&apos;"] where text.starts(with: entity.utf8) {
            return text.dropFirst(entity.utf8.count)
        }
        return text
    }
}
