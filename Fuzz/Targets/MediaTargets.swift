import CLibFuzzer

@testable import HoistKit

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
    decide(bytes, by: containers)
}

/// Text that libmagic cannot tell, and text that is longer than it looks.
func fuzzTexts(_ bytes: [UInt8]) {
    decide(bytes, by: [SVG.type, SVG.enclosingType, JSONText.type])
    guard !bytes.isEmpty else { return }
    let copies = Sniffer.look / bytes.count + 1
    let rest = [UInt8](repeating: 0x20, count: Sniffer.look)
    for long in [bytes + rest, Array(repeatElement(bytes, count: min(copies, 1 << 12)).joined()) + rest] {
        decide(long, by: [SVG.type, JSONText.type])
    }
}

private func decide(_ bytes: [UInt8], by rules: [Rule]) {
    let descriptor = memfd_create("fuzz", 0)
    let (_, error) = bytes.withUnsafeBytes { Descriptor.write($0, to: descriptor) }
    guard error == 0, let file = try? InputFile(path: "file.mp4", descriptor: descriptor) else {
        return require(false, "no file in memory")
    }
    for rule in rules {
        guard let type = rule(BoundedReader(file)) else { continue }
        require(MediaType(type.description) == type, "\(type) is no type")
        // What little may be read ends in an answer, or in none.
        _ = rule(BoundedReader(file, allowance: 100))
    }
    for answer in answers {
        let decision = TypeDecision(sniffed: answer, of: file)
        require(MediaType(decision.type.description) == decision.type, "\(decision.type) is no type")
    }
}
