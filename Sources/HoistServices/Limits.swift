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
                "\(title) takes \(Self.phrase(types)); \(file.input.name) is \(file.type.essence)")
        }
        if let largest, file.input.size > largest {
            return Failure(
                .refusedHere, code: "too_large",
                "\(title) takes at most \(Self.size(largest)) (\(largest) bytes); \(file.input.name) has \(file.input.size)"
            )
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

    /// `jpeg, png or webp`; with other kinds among them `image/png, video/*`.
    package static func phrase(_ types: [TypePattern], _ word: String = "or") -> String {
        let names = types.map(\.description)
        let isImages = names.allSatisfy { $0.hasPrefix("image/") && !$0.hasSuffix("*") }
        let words = isImages ? names.map { String($0.dropFirst(6)) } : names
        guard words.count > 1, let last = words.last else { return words.joined() }
        return words.dropLast().joined(separator: ", ") + " \(word) \(last)"
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
