import HoistMedia

/// A media type, or several: `image/png`, `image/*`.
package struct TypePattern: Sendable, CustomStringConvertible {
    package let description: String
    /// What a type begins with, of a pattern for several.
    private let start: String?

    /// Nil for what is no media type.
    init?(_ text: String) {
        let text = text.lowercased()
        let start = text.hasSuffix("/*") ? String(text.dropLast()) : nil
        let type = start.map { $0 + "x" } ?? text
        // A star elsewhere is a letter like any other to HTTP: such a pattern would never match.
        guard !type.contains("*"), MediaType(type) != nil else { return nil }
        description = text
        self.start = start
    }

    func matches(_ type: MediaType) -> Bool {
        if let start { type.essence.hasPrefix(start) } else { type.essence == description }
    }
}
