/// Makes wire traffic fit to be shown: `--verbose` output is pasted into bug reports.
enum Trace {
    /// Words in a header's name or a query parameter's name that mark its value as a secret.
    private static let secretWords = ["authorization", "key", "token", "cookie", "signature", "credential", "secret"]
    private static let secretParameters: Set<String> = ["sig", "se", "sp", "sv", "x-amz-security-token"]

    /// One request or response line or header line, with keys and signatures taken out.
    static func redacted(_ line: Substring) -> String {
        if let colon = line.firstIndex(of: ":"), !line.prefix(upTo: colon).contains(" ") {
            let name = line.prefix(upTo: colon)
            if isSecret(name) { return "\(name): [redacted]" }
        }
        return line.split(separator: " ", omittingEmptySubsequences: false).map(redactedQuery).joined(separator: " ")
            .safeForTerminal
    }

    /// A URL or request target with the values of its secret query parameters taken out.
    private static func redactedQuery(_ word: Substring) -> String {
        guard let mark = word.firstIndex(of: "?") else { return String(word) }
        let pairs = word[word.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false).map {
            pair in
            guard let equals = pair.firstIndex(of: "="), isSecret(pair.prefix(upTo: equals)) else {
                return String(pair)
            }
            return "\(pair.prefix(upTo: equals))=[redacted]"
        }
        return word.prefix(through: mark) + pairs.joined(separator: "&")
    }

    private static func isSecret(_ name: Substring) -> Bool {
        let name = name.lowercased()
        return secretParameters.contains(name) || secretWords.contains { name.contains($0) }
    }
}
