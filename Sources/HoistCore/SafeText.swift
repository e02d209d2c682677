extension Unicode.Scalar {
    /// What could move a terminal's cursor, end a line, or make it read as something else: C0, DEL and C1 controls, line
    /// separators, and the marks that reorder text.
    fileprivate var isControl: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// The same, and all that is not seen, by which two names look alike: zero-width characters, soft hyphens, tags,
    /// variation selectors (UAX #44, Default_Ignorable_Code_Point).
    package var isUnsafeOnTerminal: Bool {
        isControl || (0xFFF9...0xFFFB).contains(value) || properties.isDefaultIgnorableCodePoint
    }
}

extension String {
    /// The text with every character that is unsafe on a terminal written as `\u{…}`.
    package var safeForTerminal: String { escaping(\.isUnsafeOnTerminal) }

    /// The text on one line that moves nothing. What is not seen stays: emoji and many scripts need it, and whoever reads
    /// the text may look for a file of that name.
    package var safeForPipes: String { escaping(\.isControl) }

    /// At most 100 characters of a word that a server chose: it can be of any length, and a message is to be read. Records
    /// have the whole.
    package var shortened: String {
        guard let end = unicodeScalars.index(startIndex, offsetBy: 100, limitedBy: endIndex), end < endIndex else {
            return self
        }
        return self[..<end] + "…"
    }

    private func escaping(_ isUnsafe: (Unicode.Scalar) -> Bool) -> String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        guard unicodeScalars.contains(where: isUnsafe) else { return self }
        var safe = ""
        for scalar in unicodeScalars {
            if isUnsafe(scalar) {
                safe += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}
