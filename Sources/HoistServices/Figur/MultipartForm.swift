import HoistMedia
import HoistTransport

/// A `multipart/form-data` body (RFC 7578) with one part, `file`, streamed from the file.
struct MultipartForm {
    let contentType: String
    let body: RequestBody

    init(file: MediaFile) {
        // 120 random bits: no file has the delimiter in it, so none needs to be searched for it.
        let boundary =
            "hoist-" + String((0..<24).compactMap { _ in "0123456789abcdefghijklmnopqrstuv".randomElement() })
        contentType = "multipart/form-data; boundary=\(boundary)"
        let head =
            "--\(boundary)\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"\(Self.escaped(file.input.name))\"\r\n"
            + "Content-Type: \(file.type)\r\n\r\n"
        body = RequestBody(head: Array(head.utf8), file: file.input, tail: Array("\r\n--\(boundary)--\r\n".utf8))
    }

    /// A file name as browsers write it (WHATWG HTML, "escape a multipart form data name"): quotes and line breaks
    /// percent-encoded, everything else as it is. Nothing in it can end the header or the line.
    static func escaped(_ name: String) -> String {
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
