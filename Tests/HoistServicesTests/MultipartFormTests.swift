import HoistTestSupport
import Testing

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
            let form = MultipartForm([], .init(field: "file", type: "image/png", input: file))
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

    /// S3's POST policy ignores what follows the file.
    @Test func textFieldsComeFirstAndInOrder() async throws {
        try await withInputFile("x".utf8, name: "a.png") { file throws in
            let form = MultipartForm(
                [("policy", "a=\r\nb"), ("a\"b", "")], .init(field: "the\nfile", type: "image/png", input: file))
            let boundary = form.contentType.dropFirst("multipart/form-data; boundary=".count)
            let part = "--\(boundary)\r\nContent-Disposition: form-data; name="
            let expected =
                part + "\"policy\"\r\n\r\na=\r\nb\r\n" + part + "\"a%22b\"\r\n\r\n\r\n" + part
                + "\"the%0Afile\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nx\r\n--\(boundary)--\r\n"
            #expect(String(decoding: try form.body.readWhole(piece: 7), as: UTF8.self) == expected)
        }
    }

    @Test func aFormOfTextAlone() throws {
        let form = MultipartForm([("a", "b")], nil)
        let boundary = form.contentType.dropFirst("multipart/form-data; boundary=".count)
        let text = String(decoding: try form.body.readWhole(piece: 1 << 16), as: UTF8.self)
        #expect(
            text == "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--\(boundary)--\r\n")
    }

    @Test func boundariesDiffer() async throws {
        try await withInputFile("x".utf8) { file throws in
            let part = MultipartForm.File(field: "file", type: "image/png", input: file)
            #expect(Set((0..<100).map { _ in MultipartForm([], part).contentType }).count == 100)
        }
    }
}
