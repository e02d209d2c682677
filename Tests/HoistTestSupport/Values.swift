import HoistCore
import HoistFiles
import HoistTransport
import TestSupport

extension Reply {
    package init(_ status: Int, _ body: String, headers: [(String, String)] = []) {
        let isMeasured = headers.contains { ["Content-Length", "Transfer-Encoding"].contains($0.0) }
        let lines = (headers + (isMeasured ? [] : [("Content-Length", "\(body.utf8.count)")]))
            .map { "\($0): \($1)\r\n" }.joined()
        self.init(status: status, headerLines: Array(lines.utf8), body: Array(body.utf8))
    }
}

extension InputFile {
    package convenience init(opening path: String) throws(Failure) {
        try self.init(opening: InputPath(bytes: path.utf8))
    }
}

extension JSONValue {
    package init?(parsing text: String) {
        self.init(parsing: Array(text.utf8))
    }
}

extension RequestBody {
    /// Reads from `offset` to the end with a buffer of `piece` bytes, as libcurl does.
    package func readWhole(piece: Int, from offset: Int64 = 0) throws -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 1)
        defer { buffer.deallocate() }
        var bytes: [UInt8] = []
        while true {
            let count = try read(into: buffer, at: offset + Int64(bytes.count))
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// A file of that content, opened, for as long as `body` runs.
package func withInputFile<Result>(
    _ content: some Sequence<UInt8>,
    name: String = "file.bin",
    _ body: (InputFile) async throws -> Result
) async throws -> Result {
    try await withTemporaryDirectory { directory throws in
        try await body(InputFile(opening: directory.file(name, content)))
    }
}
