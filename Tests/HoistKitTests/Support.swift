import HTTPTypes
import TestSupport

@testable import HoistKit

extension Reply {
    init(_ status: Int, _ body: String, headers: [(String, String)] = []) {
        var head = HTTPResponse(status: .init(code: status))
        for (name, value) in headers {
            head.headerFields.append(HTTPField(name: .init(constant: name), value: value))
        }
        self.init(head: head, body: Array(body.utf8))
    }
}

extension JSONValue {
    init?(parsing text: String) {
        self.init(parsing: Array(text.utf8))
    }
}

/// A file of that content, opened, for as long as `body` runs.
func withInputFile<Result>(
    _ content: some Sequence<UInt8>,
    name: String = "file.bin",
    _ body: (InputFile) async throws -> Result
) async throws -> Result {
    try await withTemporaryDirectory { directory throws in
        try await body(InputFile(opening: directory.file(name, content)))
    }
}
