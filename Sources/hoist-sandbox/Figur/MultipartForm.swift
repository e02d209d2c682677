import FoundationEssentials
import Glibc

/// Reads `multipart/form-data` (RFC 7578 over RFC 2046), without the leniencies of the servers that do.
///
/// Every delimiter is on a line of its own ended by CRLF, the closing one is there, and nothing stands before the
/// first or after the last.
struct MultipartForm {
    struct Part {
        let name: String
        let fileName: String?
        let contentType: String?
        /// Where the content is in the body.
        let content: Range<Int>
    }

    struct Malformed: Error {
        let reason: String
    }

    static func parts(of body: Data, boundary: String) throws -> [Part] {
        try body.withUnsafeBytes { bytes in
            var form = MultipartForm(bytes: bytes, boundary: boundary)
            return try form.parts()
        }
    }

    private let bytes: UnsafeRawBufferPointer
    private let delimiter: [UInt8]
    private var position: Int

    private init(bytes: UnsafeRawBufferPointer, boundary: String) {
        self.bytes = bytes
        delimiter = Array("\r\n--\(boundary)".utf8)
        position = 0
    }

    private mutating func parts() throws -> [Part] {
        guard skip(delimiter.dropFirst(2)) else {
            throw Malformed(reason: "The body does not begin with the boundary")
        }
        var parts: [Part] = []
        while !skip("--".utf8) {
            parts.append(try part())
        }
        _ = skip("\r\n".utf8)
        guard position == bytes.count else { throw Malformed(reason: "Something follows the closing boundary") }
        return parts
    }

    /// Reads a part, from the end of the delimiter before it to the end of the one after it.
    private mutating func part() throws -> Part {
        guard skip("\r\n".utf8) else { throw Malformed(reason: "No CRLF after a boundary") }
        guard let headerEnd = find(Array("\r\n\r\n".utf8)) else { throw Malformed(reason: "A part has no content") }
        let headers = try Self.headers(bytes[position..<headerEnd])
        position = headerEnd + 4
        guard let end = find(delimiter) else { throw Malformed(reason: "The closing boundary is missing") }
        let content = position..<end
        position = end + delimiter.count

        guard let disposition = headers["content-disposition"].flatMap(HeaderValue.init),
            disposition.value == "form-data", let name = disposition["name"]
        else { throw Malformed(reason: "A part has no Content-Disposition: form-data with a name") }
        guard disposition.parameters.allSatisfy({ ["name", "filename"].contains($0.name) }) else {
            throw Malformed(reason: "Content-Disposition has parameters other than name and filename")
        }
        return Part(
            name: name,
            fileName: disposition["filename"],
            contentType: headers["content-type"],
            content: content
        )
    }

    /// The header fields of a part, by lower-case name. RFC 7578 (4.8) knows only these two.
    private static func headers(_ block: Slice<UnsafeRawBufferPointer>) throws -> [String: String] {
        guard let text = String(validating: block, as: UTF8.self) else {
            throw Malformed(reason: "A part's header is not UTF-8")
        }
        var headers: [String: String] = [:]
        for line in text.split(separator: "\r\n" as Character, omittingEmptySubsequences: false) {
            guard let colon = line.firstIndex(of: ":"), !line.contains(where: { $0 == "\r" || $0 == "\n" }) else {
                throw Malformed(reason: "A part's header is malformed")
            }
            let name = line[..<colon].lowercased()
            guard ["content-disposition", "content-type"].contains(name), headers[name] == nil else {
                throw Malformed(reason: "A part has a header that it must not have, or has it twice: \(name)")
            }
            headers[name] = String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return headers
    }

    private mutating func skip(_ expected: some Collection<UInt8>) -> Bool {
        guard bytes[position...].starts(with: expected) else { return false }
        position += expected.count
        return true
    }

    /// Where the pattern, which begins with a CR, next begins; `memchr` because the body may be 25 MiB.
    private func find(_ pattern: [UInt8]) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var start = position
        while start + pattern.count <= bytes.count,
            let candidate = memchr(base + start, 0x0D, bytes.count - start).map({ UnsafeRawPointer($0) - base }),
            candidate + pattern.count <= bytes.count
        {
            if memcmp(base + candidate, pattern, pattern.count) == 0 { return candidate }
            start = candidate + 1
        }
        return nil
    }
}
