/// SVG: the first element decides, behind whatever may stand before it (XML 1.0, section 2.8).
enum SVG {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        firstElement(reader) == "svg" ? MediaType(known: "image/svg+xml") : nil
    }

    /// libmagic finds `<svg` in any XML: this is the type of a document that only has a drawing inside.
    @Sendable static func enclosingType(_ reader: BoundedReader) -> MediaType? {
        switch firstElement(reader) {
        case "svg", nil: nil
        case "html": MediaType(known: "text/html")
        default: MediaType(known: "text/xml")
        }
    }

    private static func firstElement(_ reader: BoundedReader) -> String? {
        // Comments and entities of several kilobytes are common in exported drawings; more of them is seldom.
        var prolog = prolog(of: reader, 1 << 16)
        if let element = prolog.firstElement() { return element }
        guard prolog.isCutOff, reader.size > 1 << 16 else { return nil }
        prolog = self.prolog(of: reader, 1 << 20)
        return prolog.firstElement()
    }

    private static func prolog(of reader: BoundedReader, _ count: Int) -> XMLProlog {
        var bytes = reader.bytes(at: 0, count: count)
        if bytes.holds([0xFE, 0xFF]) || bytes.holds([0xFF, 0xFE]) {
            // UTF-16: all that stands before the first element's name is ASCII, apart from comments.
            bytes = bytes.dropFirst(2).filter { $0 != 0 }
        }
        return XMLProlog(bytes)
    }
}

/// Reads an XML document up to the name of its first element.
private struct XMLProlog {
    private let bytes: [UInt8]
    private var place: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        place = bytes.holds([0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Whether all that there is to read stands before the first element.
    var isCutOff: Bool { place >= bytes.count }

    /// Without its namespace prefix, in lower case as HTML may have it; nil where no element comes first.
    mutating func firstElement() -> String? {
        while place < bytes.count {
            if bytes[place].isXMLSpace {
                place += 1
            } else if bytes.holds("<!--", at: place) {
                skip(past: "-->")
            } else if bytes.holds("<?", at: place) {
                skip(past: "?>")
            } else if bytes.holds("<!", at: place) {
                skipDocumentType()
            } else {
                return bytes.holds("<", at: place) ? name(at: place + 1) : nil
            }
        }
        return nil
    }

    private func name(at start: Int) -> String? {
        let name = bytes[start...].prefix { !$0.isXMLSpace && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
        guard name.endIndex < bytes.count, let local = name.split(separator: UInt8(ascii: ":")).last else { return nil }
        return String(decoding: local, as: UTF8.self).lowercased()
    }

    private mutating func skip(past end: String) {
        while place < bytes.count, !bytes.holds(end, at: place) { place += 1 }
        place += end.utf8.count
    }

    /// A document type may hold declarations in brackets, with quoted text and comments in them.
    private mutating func skipDocumentType() {
        var depth = 0
        while place < bytes.count {
            if bytes.holds("<!--", at: place) {
                skip(past: "-->")
                continue
            }
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skip(past: String(UnicodeScalar(byte)))
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ">") where depth <= 0: return
            default: continue
            }
        }
    }
}

extension UInt8 {
    fileprivate var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
