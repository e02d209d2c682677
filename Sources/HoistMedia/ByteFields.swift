/// Fields of a file format. Indices may lie outside: there, a field does not exist.
extension [UInt8] {
    /// An unsigned number of at most eight bytes, most significant first.
    func bigEndian(at index: Int, bytes length: Int) -> UInt64? {
        field(at: index, bytes: length)?.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// An unsigned number of at most eight bytes, least significant first.
    func littleEndian(at index: Int, bytes length: Int) -> UInt64? {
        field(at: index, bytes: length)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func fourCC(at index: Int) -> FourCC? {
        field(at: index, bytes: 4).map { FourCC(code: $0.reduce(0) { $0 << 8 | UInt32($1) }) }
    }

    func holds(_ bytes: some Collection<UInt8>, at index: Int = 0) -> Bool {
        field(at: index, bytes: bytes.count)?.elementsEqual(bytes) ?? false
    }

    func holds(_ text: String, at index: Int = 0) -> Bool {
        holds(text.utf8, at: index)
    }

    private func field(at index: Int, bytes length: Int) -> ArraySlice<UInt8>? {
        guard index >= 0, length <= count, index <= count - length else { return nil }
        return self[index..<index + length]
    }
}

extension Int64 {
    /// The place `length` bytes further on, at most `limit`, whatever length a file claims.
    func advanced(by length: UInt64, atMost limit: Int64) -> Int64 {
        guard let length = Int64(exactly: length) else { return limit }
        let (place, overflow) = addingReportingOverflow(length)
        return overflow ? limit : Swift.min(place, limit)
    }
}

/// A four-character code: how ISO base media, QuickTime and RIFF name their parts.
struct FourCC: Hashable, ExpressibleByStringLiteral {
    let code: UInt32

    init(code: UInt32) {
        self.code = code
    }

    init(stringLiteral text: String) {
        code = text.utf8.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
