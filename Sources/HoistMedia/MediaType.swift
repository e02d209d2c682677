/// An internet media type (RFC 9110, section 8.3.1), such as `image/png` or `video/mp4; codecs=avc1`.
package struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// `type/subtype` in lower case, parameters as they were written.
    package let description: String
    /// The description without parameters.
    package let essence: String

    package static let octetStream = MediaType(known: "application/octet-stream")

    /// A type that the program itself names.
    init(known essence: String) {
        self.essence = essence
        description = essence
    }

    /// Nil unless it is `token/token` with parameters as RFC 9110, section 5.6.6, has them, none of them empty; a range
    /// such as `video/*` is no type.
    package init?(_ text: String) {
        var rest = text.utf8[...]
        guard let type = rest.takeToken(), rest.popFirst() == UInt8(ascii: "/"), let subtype = rest.takeToken(),
            !type.elementsEqual("*".utf8), !subtype.elementsEqual("*".utf8)
        else { return nil }
        let end = rest.startIndex
        while !rest.isEmpty { guard rest.takeParameter() else { return nil } }
        essence = text[..<end].lowercased()
        description = end == text.endIndex ? essence : essence + text[end...]
    }

    package var fileType: FileType {
        if essence.hasPrefix("image/") { return .image }
        if essence.hasPrefix("video/") { return .video }
        if essence.hasPrefix("audio/") { return .audio }
        // Wrappers of moving pictures, registered as an application's (RFC 4539).
        return ["application/mxf", "application/vnd.rn-realmedia"].contains(essence) ? .video : .other
    }
}

extension MediaType {
    /// What people call it: JPEG, WebP, QuickTime.
    package var shortName: String {
        let subtype = String(essence.drop { $0 != "/" }.dropFirst())
        if let name = Self.shortNames[subtype] { return name }
        let bare = subtype.hasPrefix("x-") ? subtype.dropFirst(2) : subtype[...]
        return bare.count <= 5 ? bare.uppercased() : essence
    }

    private static let shortNames = [
        "webp": "WebP", "webm": "WebM", "quicktime": "QuickTime", "matroska": "Matroska", "svg+xml": "SVG",
        "x-msvideo": "AVI", "x-ms-wmv": "WMV", "plain": "text", "mp4": "MP4", "ogg": "Ogg",
        "octet-stream": "unknown data",
    ]

    /// Whether it is a page, a document or an archive, told by marks that no picture, film or sound has: what a server sends
    /// when it has no picture.
    package var isNoMedia: Bool {
        guard fileType == .other else { return false }
        return essence.hasPrefix("text/") || Self.documents.contains(essence)
    }

    private static let documents: Set = [
        "application/json", "application/xml", "application/xhtml+xml", "application/javascript", "application/pdf",
        "application/zip", "application/gzip",
    ]
}

/// What kind of media a file is (`file_type` of a record).
package enum FileType: String, Sendable, CaseIterable {
    case image
    case video
    case audio
    case other
}

extension Substring.UTF8View {
    fileprivate mutating func takeToken() -> Self? {
        let token = prefix(while: \.isTokenByte)
        self = self[token.endIndex...]
        return token.isEmpty ? nil : token
    }

    /// `; name=value`, with blanks around the semicolon; the value is a token or a quoted string of visible ASCII.
    fileprivate mutating func takeParameter() -> Bool {
        self = drop { $0 == 0x20 }
        guard popFirst() == UInt8(ascii: ";") else { return false }
        self = drop { $0 == 0x20 }
        guard takeToken() != nil, popFirst() == UInt8(ascii: "=") else { return false }
        guard first == UInt8(ascii: "\"") else { return takeToken() != nil }
        removeFirst()
        while let byte = popFirst(), byte.isVisible {
            if byte == UInt8(ascii: "\"") { return true }
            if byte == UInt8(ascii: "\\"), popFirst()?.isVisible != true { return false }
        }
        return false
    }
}

extension UInt8 {
    /// ASCII, the space included.
    fileprivate var isVisible: Bool { (0x20...0x7E).contains(self) }

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
