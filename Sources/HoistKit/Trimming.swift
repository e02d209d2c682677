extension String {
    package var trimmingWhitespace: String { trimming(\.isWhitespace) }

    /// The text without what is blank at its two ends.
    func trimming(_ isBlank: (Character) -> Bool) -> String {
        var text = self[...].drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(text)
    }
}
