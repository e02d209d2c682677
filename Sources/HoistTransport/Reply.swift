import HTTPTypes

/// A server's whole reply. Bodies are at most `Reply.largestBody` bytes.
package struct Reply: Sendable {
    /// No reply of either contract comes near 1 MiB; a larger one is refused instead of held in memory.
    static let largestBody = 1 << 20
    /// Bytes of header lines; nginx and Apache send at most 32 KiB by themselves.
    static let largestHead = 1 << 17
    /// No reply comes near; swift-http-types ends the program at 65,535 fields.
    private static let mostHeaders = 1000

    package let status: Int
    /// The header lines as they came. Of most replies nobody wants to know them, so they are read when they are asked
    /// for (reading them all was a sixteenth of a small file's work, measured).
    private let headerLines: [UInt8]
    package let body: [UInt8]
    /// Of the file's bytes that the request had.
    package var checksums = Checksums()

    /// Seconds from the request's first byte to the reply's last.
    var latency = 0.0
    /// What it says of the requests to come.
    var quota: Quota?

    package init(status: Int, headerLines: [UInt8], body: [UInt8]) {
        self.status = status
        self.headerLines = headerLines
        self.body = body
    }

    package var headerFields: HTTPFields {
        var fields = HTTPFields()
        for line in headerLines.split(separator: UInt8(ascii: "\n")).prefix(Self.mostHeaders) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
            else { continue }
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
            fields.append(HTTPField(name: name, value: value.trimming { $0 == " " || $0 == "\t" || $0 == "\r" }))
        }
        return fields
    }

    /// Whether it came over HTTP/1, where a reply without a length ends with its connection.
    package var isHTTP1 = true

    /// Whether nobody can tell that the reply is whole, and it does not look so.
    package var mayBeCut: Bool {
        let headers = headerFields
        // 204 has no body, and needs no length (RFC 9112, section 6.3).
        return isHTTP1 && status != 204 && !headers.contains(.contentLength) && !headers.contains(.transferEncoding)
            && (body.isEmpty || body.first == UInt8(ascii: "{"))
    }

    /// Whether it is for people to look at: no API and no storage means that.
    package var isWebPage: Bool {
        !body.isEmpty && headerFields[.contentType]?.lowercased().hasPrefix("text/html") ?? false
    }

    /// The first `count` characters of the body, on one line, for a person to read.
    package func excerpt(_ count: Int = 200) -> String { Self.excerpt(of: body, count) }

    static func excerpt(of body: [UInt8], _ count: Int = 200) -> String {
        let text = String(decoding: body.prefix(count * 4), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(words.prefix(count)).safeForTerminal
    }
}
