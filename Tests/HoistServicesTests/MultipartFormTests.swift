import HoistTestSupport
import Testing

@testable import HoistMedia
@testable import HoistServices

@Suite struct MultipartFormTests {
    /// WHATWG HTML, "escape a multipart form data name".
    @Test(arguments: [
        ("shot.png", "shot.png"), ("a\"b.png", "a%22b.png"), ("a\r\nX-Evil: 1.png", "a%0D%0AX-Evil: 1.png"),
        ("a\nb", "a%0Ab"), ("a\rb", "a%0Db"), ("a%22b", "a%22b"), (#"a\b"#, #"a\b"#), ("übung 日本.png", "übung 日本.png"),
        ("a'b;c=d", "a'b;c=d"), ("\"\u{301}", "%22\u{301}"), ("e\u{301}.png", "e\u{301}.png"),
    ])
    func escaping(_ name: String, _ escaped: String) {
        #expect(MultipartForm.escaped(name).unicodeScalars.elementsEqual(escaped.unicodeScalars))
    }

    @Test func bytes() async throws {
        try await withInputFile("PNG\r\n--x".utf8, name: "a\"b.png") { file throws in
            let form = MultipartForm(file: MediaFile(input: file, type: .init(known: "image/png"), fileType: .image))
            let prefix = "multipart/form-data; boundary="
            #expect(form.contentType.hasPrefix(prefix))
            let boundary = form.contentType.dropFirst(prefix.count)
            // RFC 2046, section 5.1.1: at most 70 characters; letters, digits and hyphens need no quotes.
            #expect((20...70).contains(boundary.count))
            #expect(boundary.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            let expected =
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.png\"\r\n"
                + "Content-Type: image/png\r\n\r\nPNG\r\n--x\r\n--\(boundary)--\r\n"
            #expect(String(decoding: try form.body.readWhole(piece: 1 << 16), as: UTF8.self) == expected)
            #expect(form.body.length == Int64(expected.utf8.count))
        }
    }

    @Test func boundariesDiffer() async throws {
        try await withInputFile("x".utf8) { file throws in
            let media = MediaFile(input: file, type: .octetStream, fileType: .other)
            #expect(Set((0..<100).map { _ in MultipartForm(file: media).contentType }).count == 100)
        }
    }
}
