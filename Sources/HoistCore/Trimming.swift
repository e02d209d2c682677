extension [UInt8] {
    /// What programs on Windows write before a text in UTF-8.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    package var withoutByteOrderMark: ArraySlice<UInt8> {
        starts(with: Self.byteOrderMark) ? dropFirst(Self.byteOrderMark.count) : self[...]
    }
}

extension String {
    package var trimmingWhitespace: String { trimming(\.isWhitespace) }

    /// The text without what is blank at its two ends.
    @inlinable public func trimming(_ isBlank: (Character) -> Bool) -> String {
        var text = self[...].drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(text)
    }
}
