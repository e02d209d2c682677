import HoistFiles
import HoistTransport

/// A `multipart/form-data` body (RFC 7578): text fields first, then the file, streamed. S3's POST policy ignores what
/// follows the file.
struct MultipartForm {
    let contentType: String
    let body: RequestBody

    struct File {
        let field: String
        let type: String
        let input: InputFile
    }

    /// - Parameter file: nil for a form of text alone.
    init(_ fields: [(name: String, value: String)], _ file: File?) {
        let boundary = Self.boundary
        contentType = "multipart/form-data; boundary=\(boundary)"
        var head = ""
        for field in fields {
            head +=
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(field.name))\"\r\n\r\n\(field.value)\r\n"
        }
        guard let file else {
            body = RequestBody(bytes: Array("\(head)--\(boundary)--\r\n".utf8))
            return
        }
        head +=
            "--\(boundary)\r\n"
            + "Content-Disposition: form-data; name=\"\(Self.escaped(file.field))\"; filename=\"\(Self.escaped(file.input.name))\"\r\n"
            + "Content-Type: \(file.type)\r\n\r\n"
        body = RequestBody(head: Array(head.utf8), file: file.input, tail: Array("\r\n--\(boundary)--\r\n".utf8))
    }

    /// Has 120 random bits: no file has the delimiter in it, so none needs to be searched for it.
    private static var boundary: String {
        var bits = UInt128.random(in: 0 ... .max)
        var boundary = Array("hoist-".utf8)
        for _ in 0..<24 {
            boundary.append(digits[Int(truncatingIfNeeded: bits & 31)])
            bits >>= 5
        }
        return String(decoding: boundary, as: UTF8.self)
    }

    private static let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)

    /// A name as browsers write it (WHATWG HTML, "escape a multipart form data name"): quotes and line breaks
    /// percent-encoded, everything else as it is. Nothing in it can end the header or the line.
    static func escaped(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }) else { return name }
        var escaped = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": escaped += "%22"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
