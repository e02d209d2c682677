import HoistTestSupport

@testable import HoistMedia

/// What a rule says of a file of that content.
func type(by rule: (BoundedReader) -> MediaType?, of content: [UInt8]) async throws -> String? {
    try await withInputFile(content) { file throws in rule(BoundedReader(file))?.description }
}

/// What is decided for a file of that content of which libmagic gives that answer.
func decision(_ answer: String, _ content: [UInt8], name: String = "file.bin") async throws -> String {
    try await withInputFile(content, name: name) { file throws in
        let decision = TypeDecision(sniffed: MediaType(known: answer), of: file)
        return "\(decision.type) \(decision.basis.rawValue)"
    }
}

extension [UInt8] {
    init(bigEndian number: UInt64, bytes: Int) {
        self = (0..<bytes).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (bytes - 1 - $0))) }
    }

    init(littleEndian number: UInt64, bytes: Int) {
        self = [UInt8](bigEndian: number, bytes: bytes).reversed()
    }

    static func zeros(_ count: Int) -> Self { Self(repeating: 0, count: count) }
}
