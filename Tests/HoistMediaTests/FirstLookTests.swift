import Foundation
import HoistFiles
import HoistTestSupport
import Testing

@testable import HoistMedia

/// What is said before libmagic is asked is what libmagic says.
@Suite struct FirstLookTests {
    @Test func theInstalledLibmagicIsKnown() {
        #expect(Judge.isKnown())
    }

    /// No rule that libmagic tries before its own one for the type can match where a file begins like that.
    @Test func noRuleComesBefore() throws {
        let rules = try MagicDatabase().rules
        for look in FirstLook.all {
            let end = try #require(rules.firstIndex { isRule($0, for: look) }, "\(look.type)")
            #expect(end > 200)
            for rule in rules[..<end] where !contradicts(rule, look) {
                let isRival = FirstLook.rivals.contains { rival in
                    let text = UnsafeBufferPointer(start: rival.text.utf8Start, count: rival.text.utf8CodeUnitCount)
                    return rule.isPlainText && rule.offset == rival.offset && rule.text.elementsEqual(text)
                }
                #expect(isRival, "\(look.type): \(rule)")
            }
        }
    }

    /// Whether it is the rule by which libmagic knows what begins like that: a PNG's text, or three bytes of four.
    private func isRule(_ rule: MagicDatabase.Rule, for look: FirstLook) -> Bool {
        guard rule.mediaType == look.type.description, rule.offset == 0, !rule.isIndirect else { return false }
        // FF D8 FF, and any byte.
        if rule.kind == Self.belong { return rule.modifiers == ~0xFF && rule.number == ~0xFFFF_FFFF | 0xFFD8_FF00 }
        return rule.isPlainText && rule.text.enumerated().allSatisfy { allowed(at: $0.offset, look) == [$0.element] }
    }

    private static let belong: UInt8 = 8
    private static let pascalText: UInt8 = 13

    private func allowed(at offset: Int, _ look: FirstLook) -> [UInt8]? {
        look.places.first { $0.offset == offset }?.bytes
    }

    /// Whether one of its bytes is another one than may stand there.
    private func contradicts(_ rule: MagicDatabase.Rule, _ look: FirstLook) -> Bool {
        if rule.isPlainText {
            return rule.text.enumerated().contains { index, byte in
                allowed(at: rule.offset + index, look)?.contains(byte) == false
            }
        }
        guard rule.offset == 0, !rule.isIndirect, let first = rule.text.first else {
            // The rule for JPEGs, which stands before that for PNGs.
            return rule.kind == Self.belong && rule.mediaType == "image/jpeg" && look.type.description == "image/png"
        }
        // Behind its length.
        if rule.kind == Self.pascalText { return allowed(at: 1, look)?.contains(first) == false }
        // Letters of either case may do, and blanks may be left out.
        let letters = [first, first | 0x20, first & ~0x20]
        return rule.kind == 5 && first > 0x20
            && !letters.contains { allowed(at: 0, look)?.contains($0) ?? true }
    }

    /// Files that begin like an image, or almost, and go on with what may make libmagic say something else.
    @Test(arguments: 0..<4)
    func libmagicSaysTheSame(look: Int) throws {
        let (quick, slow) = (try Sniffer(looksFirst: true), try Sniffer(looksFirst: false))
        var files = HostileImages(FirstLook.all[look], seed: UInt64(look))
        var said = 0
        var types: [String: Int] = [:]
        for _ in 0..<20_000 {
            let file = files.next()
            try file.withUnsafeBytes { bytes in
                let type = try slow.type(of: bytes)
                let quickType = try quick.type(of: bytes)
                #expect(quickType == type, "\(file)")
                types[type.description, default: 0] += 1
                if FirstLook.type(of: bytes) != nil { said += 1 }
            }
        }
        // It says something of many of them, and they are of many types.
        #expect(said > 4000 && types.count > 4, "\(said) \(types)")
    }

    private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// Real files, and those that the fuzzer begins with, whole and cut off.
    @Test func libmagicSaysTheSameOfRealFiles() throws {
        let folders = ["Tests/Media", "Fuzz/Seeds/containers", "Fuzz/Seeds/json", "Fuzz/Seeds/texts"]
        let (quick, slow) = (try Sniffer(looksFirst: true), try Sniffer(looksFirst: false))
        var types = Set<MediaType>()
        for folder in folders {
            let directory = Self.root.appending(path: folder).path
            for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
                let file = try InputFile(opening: "\(directory)/\(name)")
                if file.size == 0 { continue }
                let type = try slow.type(of: file)
                let quickType = try quick.type(of: file)
                #expect(quickType == type, "\(name)")
                types.insert(type)
                let content = try [UInt8](Data(contentsOf: URL(filePath: "\(directory)/\(name)")))
                for count in 1...min(content.count, 600) {
                    try content[..<count].withUnsafeBytes { bytes in
                        let (quickType, type) = (try quick.type(of: bytes), try slow.type(of: bytes))
                        #expect(quickType == type, "\(count) bytes of \(name)")
                    }
                }
            }
        }
        #expect(types.count > 10, "\(types)")
    }

    /// What is longer than libmagic looks at.
    @Test func aLongFileIsKnownByItsStart() async throws {
        let start = [UInt8](try Data(contentsOf: Self.root.appending(path: "Tests/Media/shot.png")))
        let noise = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for content in [start + noise, noise, [UInt8]("text\n".utf8) + Array(repeating: 0x61, count: 70_000)] {
            try await withInputFile(content) { file throws in
                let type = try Sniffer(looksFirst: false).type(of: file)
                let quickType = try Sniffer(looksFirst: true).type(of: file)
                #expect(quickType == type)
            }
        }
    }
}
