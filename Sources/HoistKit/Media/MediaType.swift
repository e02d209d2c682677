/// An internet media type (RFC 9110, section 8.3.1), such as `image/png` or `video/mp4; codecs=avc1`.
package struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// `type/subtype` in lower case, parameters as they were written.
    package let description: String
    /// The description without parameters.
    package var essence: String { description.prefix { $0 != ";" && $0 != " " }.lowercased() }

    static let octetStream = MediaType(known: "application/octet-stream")

    /// A type that the program itself names.
    init(known essence: String) {
        description = essence
    }

    /// Nil unless it is `token/token`, with parameters of visible ASCII at most: it becomes a header's value.
    package init?(_ text: String) {
        let essence = text.prefix { $0 != ";" }
        let parts = essence.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isTokenByte) }) else {
            return nil
        }
        let parameters = text.dropFirst(essence.count)
        guard parameters.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), parameters.last != " " else { return nil }
        description = essence.lowercased() + parameters
    }

    package var fileType: FileType {
        switch essence.prefix(while: { $0 != "/" }) {
        case "image": .image
        case "video": .video
        case "audio": .audio
        // Wrappers of moving pictures, registered as an application's (RFC 4539).
        case _ where ["application/mxf", "application/vnd.rn-realmedia"].contains(essence): .video
        default: .other
        }
    }
}

/// What kind of media a file is, in each::labs' words (`file_type`).
package enum FileType: String, Sendable, CaseIterable {
    case image
    case video
    case audio
    case other
}

extension UInt8 {
    /// RFC 9110, section 5.6.2.
    fileprivate var isTokenByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}
