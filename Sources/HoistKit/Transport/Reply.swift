import HTTPTypes

/// A server's whole reply. Bodies are at most `Reply.largestBody` bytes.
package struct Reply: Sendable {
    /// No reply of either contract comes near 1 MiB; a larger one is refused instead of held in memory.
    static let largestBody = 1 << 20

    package let head: HTTPResponse
    package let body: [UInt8]

    package var status: Int { head.status.code }

    /// The first `count` characters of the body, on one line, for a person to read.
    package func excerpt(_ count: Int = 200) -> String {
        let text = String(decoding: body.prefix(count * 4), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(words.prefix(count)).safeForTerminal
    }
}
