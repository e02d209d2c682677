import CLibFuzzer

@testable import HoistFiles
@testable import HoistMedia

/// libmagic's answers that have rules of their own.
private let answers = [
    "video/mp4", "audio/x-m4a", "video/quicktime", "video/3gpp", "image/heif", "video/webm", "video/x-matroska",
    "video/x-ms-asf", "application/ogg", "audio/amr", "application/octet-stream", "text/plain", "text/csv", "text/xml",
    "text/html", "image/svg+xml", "image/png",
].map(MediaType.init(known:))

private typealias Rule = @Sendable (BoundedReader) -> MediaType?

private let containers: [Rule] = [
    ISOBaseMedia.type, Matroska.type, AdvancedSystems.type, Ogg.type, AdaptiveMultiRate.type, AudioSignature.type,
    MPEGAudio.type, TransportStream.type,
]

/// Every parser of containers, on any bytes.
func fuzzContainers(_ bytes: [UInt8]) {
    withFile(bytes) { file in
        expectTypes(of: file, by: containers)
        expectDecisions(about: file)
    }
}

/// Text that libmagic cannot tell, and text that is longer than it looks.
func fuzzTexts(_ bytes: [UInt8]) {
    withFile(bytes) { file in
        expectTypes(of: file, by: [SVG.type, SVG.enclosingType])
        expectDecisions(about: file)
    }
    guard let first = bytes.first else { return }
    let copies = first.isMultiple(of: 2) ? min(Sniffer.look / bytes.count, 100) : 1
    let rest = [UInt8](repeating: 0x20, count: Sniffer.look)
    withFile(Array(repeatElement(bytes, count: copies).joined()) + rest) { expectTypes(of: $0, by: [JSONText.type]) }
}

private func withFile(_ bytes: [UInt8], _ body: (InputFile) -> Void) {
    let descriptor = memfd_create("fuzz", 0)
    let (_, error) = bytes.withUnsafeBytes { Descriptor.write($0, to: descriptor) }
    guard error == 0, let file = try? InputFile(path: "file.mp4", descriptor: descriptor) else {
        return require(false, "no file in memory")
    }
    body(file)
}

private func expectTypes(of file: InputFile, by rules: [Rule]) {
    for rule in rules {
        guard let type = rule(BoundedReader(file)) else { continue }
        require(MediaType(type.description) == type, "\(type) is no type")
        // What little may be read ends in an answer, or in none.
        _ = rule(BoundedReader(file, allowance: 100))
    }
}

private func expectDecisions(about file: InputFile) {
    for answer in answers {
        let decision = TypeDecision(sniffed: answer, of: file)
        require(MediaType(decision.type.description) == decision.type, "\(decision.type) is no type")
    }
}
