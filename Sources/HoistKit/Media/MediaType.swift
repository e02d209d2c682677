/// An internet media type (RFC 9110, section 8.3.1), such as `image/png` or `video/mp4; codecs=avc1`.
package struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// `type/subtype` in lower case, parameters as they were written.
    package let description: String
    /// The description without parameters.
    package let essence: String

    static let octetStream = MediaType(known: "application/octet-stream")

    /// A type that the program itself names.
    init(known essence: String) {
        self.essence = essence
        description = essence
    }

    /// Nil unless it is `token/token`, with parameters of visible ASCII at most: it becomes a header's value.
    package init?(_ text: String) {
        let bytes = text.utf8
        let end = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
        guard let slash = bytes[..<end].firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let parts = [bytes[..<slash], bytes[slash..<end].dropFirst()]
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isTokenByte) }) else { return nil }
        let parameters = bytes[end...]
        guard parameters.allSatisfy({ (0x20...0x7E).contains($0) }), parameters.last != 0x20 else { return nil }
        essence = text[..<end].lowercased()
        description = parameters.isEmpty ? essence : essence + String(Substring(parameters))
    }

    package var fileType: FileType {
        if essence.hasPrefix("image/") { return .image }
        if essence.hasPrefix("video/") { return .video }
        if essence.hasPrefix("audio/") { return .audio }
        // Wrappers of moving pictures, registered as an application's (RFC 4539).
        return ["application/mxf", "application/vnd.rn-realmedia"].contains(essence) ? .video : .other
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
