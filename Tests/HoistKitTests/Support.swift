import HTTPTypes
import TestSupport

@testable import HoistKit

extension Reply {
    init(_ status: Int, _ body: String, headers: [(String, String)] = []) {
        let isMeasured = headers.contains { ["Content-Length", "Transfer-Encoding"].contains($0.0) }
        let lines = (headers + (isMeasured ? [] : [("Content-Length", "\(body.utf8.count)")]))
            .map { "\($0): \($1)\r\n" }.joined()
        self.init(status: status, headerLines: Array(lines.utf8), body: Array(body.utf8))
    }
}

extension InputFile {
    convenience init(opening path: String) throws(Failure) {
        try self.init(opening: InputPath(bytes: path.utf8))
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
