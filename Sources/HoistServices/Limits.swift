import HoistCore
import HoistMedia

/// What a service takes, in types and bytes.
package struct Limits: Sendable {
    /// The types taken; empty takes everything.
    package let types: [TypePattern]
    /// The types that the vendor names; others are sent with a warning. Empty where it names none.
    let listed: [TypePattern]
    /// Bytes; nil where nobody said.
    package let largest: Int64?

    /// Why the service would refuse the file; nil where it would not.
    package func refusal(of file: MediaFile, by title: String) -> Failure? {
        if !types.isEmpty, !types.contains(where: { $0.matches(file.type) }) {
            return Failure(
                .refusedHere, code: "unsupported_type",
                "\(title) takes \(Self.phrase(types)), not \(file.type.shortName)",
                advice: Conversion.command(for: file, to: types).map { "convert it first: \($0)" })
        }
        if let largest, file.input.size > largest {
            return Failure(
                .refusedHere, code: "too_large",
                "the file is \(Self.size(file.input.size, above: largest)); \(title)'s limit is \(Self.size(largest))")
        }
        return nil
    }

    /// Whether the vendor names the type, as far as it names any.
    func isListed(_ type: MediaType?) -> Bool {
        guard let type, !listed.isEmpty else { return true }
        return listed.contains { $0.matches(type) }
    }

    /// What to warn of where the vendor does not name the type.
    func warning(about type: MediaType, by title: String) -> String {
        "\(title) lists \(Self.phrase(listed, "and")); \(type.essence) is none of them and may be refused"
    }

    /// The kind of media as the service sees it: of a type that its vendor does not name, `other`. What the user says of the
    /// kind counts more.
    func kind(of media: MediaDescription) -> FileType {
        media.isFileTypeSaid || isListed(media.type) ? media.fileType : .other
    }

    /// `JPEG, PNG or WebP`; `images, video or audio`.
    package static func phrase(_ types: [TypePattern], _ word: String = "or") -> String {
        var words: [String] = []
        for type in types.map(\.description) {
            let kind = type.prefix { $0 != "/" }
            let name =
                type.hasSuffix("/*") ? kind == "image" ? "images" : String(kind) : MediaType(type)?.shortName ?? type
            // AAC is there as audio/aac and audio/mp4, MP4 as a film and as sound.
            if !words.contains(name) { words.append(name) }
        }
        guard words.count > 1, let last = words.last else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " \(word) \(last)"
    }

    /// In the limit's unit, `30.0 MiB`; with the bytes where that would look like the limit itself.
    private static func size(_ bytes: Int64, above limit: Int64) -> String {
        let units: [(Int64, String)] = [(1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
        guard let (unit, name) = units.first(where: { bytes >= $0.0 }) else { return "\(bytes) bytes" }
        func tenths(_ bytes: Int64) -> Int64 { Int64((Double(bytes) / Double(unit) * 10).rounded()) }
        let text = "\(tenths(bytes) / 10).\(tenths(bytes) % 10) \(name)"
        return tenths(bytes) == tenths(limit) ? "\(text) (\(bytes) bytes)" : text
    }

    /// `25 MiB`, `100 MB`, or the bytes.
    package static func size(_ bytes: Int64) -> String {
        for (unit, name) in [(1 << 40, "TiB"), (1_000_000_000_000, "TB"), (1 << 30, "GiB"), (1_000_000_000, "GB")]
            + [(1 << 20, "MiB"), (1_000_000, "MB"), (1 << 10, "KiB")] as [(Int64, String)]
        where bytes >= unit && (bytes * 10) % unit == 0 {
            return "\((Double(bytes) / Double(unit)).formatted) \(name)"
        }
        return "\(bytes) bytes"
    }
}
