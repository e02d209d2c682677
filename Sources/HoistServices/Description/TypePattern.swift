import HoistMedia

/// A media type, or several: `image/png`, `image/*`.
package struct TypePattern: Sendable, CustomStringConvertible {
    package let description: String

    /// Nil for what is no media type.
    init?(_ text: String) {
        let text = text.lowercased()
        let type = text.hasSuffix("/*") ? text.dropLast() + "x" : text
        // A star elsewhere is a letter like any other to HTTP: such a pattern would never match.
        guard !type.contains("*"), MediaType(type) != nil else { return nil }
        description = text
    }

    func matches(_ type: MediaType) -> Bool {
        description.hasSuffix("/*")
            ? type.essence.utf8.starts(with: description.utf8.dropLast()) : type.essence == description
    }
}
