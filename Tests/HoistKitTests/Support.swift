import HTTPTypes
import TestSupport

@testable import HoistKit

/// The same random values in every run (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

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
