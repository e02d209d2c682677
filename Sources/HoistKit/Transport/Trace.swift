/// Makes wire traffic fit to be shown: `--verbose` output is pasted into bug reports.
enum Trace {
    /// Words in a header's name or a query parameter's name that mark its value as a secret.
    private static let secretWords = ["authorization", "key", "token", "cookie", "signature", "credential", "secret"]
    private static let secretParameters: Set<String> = ["sig", "se", "sp", "sv", "x-amz-security-token"]

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
    /// be part of another one, or of a sentence.
    static func redactedParameters(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        var name = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            shown.append(scalar)
            if isNamePart(scalar) {
                name.append(scalar)
                continue
            }
            if scalar == "=", isSecret(Substring(String(name))) {
                shown.append(contentsOf: "[redacted]".unicodeScalars)
                rest = rest.drop { !endsValue($0) }
            } else if shown.suffix(3).elementsEqual("://".unicodeScalars) {
                let authority = rest.prefix { !endsAuthority($0) }
                if let at = authority.lastIndex(of: "@") {
                    shown.append(contentsOf: "[redacted]".unicodeScalars)
                    rest = rest[at...]
                }
            }
            name = .init()
        }
        return String(shown)
    }

    /// A text with those secrets taken out, and the values of secret parameters.
    static func redacted(_ text: String, _ secrets: [String]) -> String {
        secrets.reduce(redactedParameters(text)) { $0.removing($1) }
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_"
    }

    private static func endsValue(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || "&#\"<>,;".unicodeScalars.contains(scalar)
    }

    private static func endsAuthority(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || "/?#\"<>".unicodeScalars.contains(scalar)
    }

    static func isSecret(_ name: Substring) -> Bool {
        let name = name.lowercased()
        return secretParameters.contains(name) || secretWords.contains { name.contains($0) }
    }
}

extension String {
    /// The text without that secret, should a server repeat it. Very short ones would be found in any text.
    func removing(_ secret: String) -> String {
        guard secret.utf8.count >= 8 else { return self }
        // By bytes: to Swift, a combining mark behind the secret would make its last character another one.
        let pieces = Array(utf8).split(separator: Array(secret.utf8), omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return self }
        return pieces.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "[redacted]")
    }
}
