import HoistTestSupport
import TestSupport
import Testing

@testable import HoistMedia

@Suite struct TypeDecisionTests {
    @Test(arguments: [
        ("image/png", "image/png sniffed"), ("audio/x-wav", "audio/wav renamed"), ("video/x-m4v", "video/mp4 renamed"),
        ("video/mp2t", "video/mp2t sniffed"),
    ])
    func libmagicDecides(_ answer: String, _ expected: String) async throws {
        #expect(try await decision(answer, .zeros(100)) == expected)
    }

    @Test(arguments: [
        ("application/octet-stream", "a.tga", "image/x-tga extension"), ("text/plain", "a.CSV", "text/csv extension"),
        ("text/plain", "a.md", "text/markdown extension"), ("text/plain", "a.tga", "text/plain sniffed"),
        ("application/octet-stream", "a.csv", "application/octet-stream sniffed"),
        ("application/pdf", "a.csv", "application/pdf sniffed"), ("video/mp4", "a.tga", "video/mp4 sniffed"),
        ("text/xml", "a.csv", "text/xml sniffed"),
    ])
    func nameIsLastResort(_ answer: String, _ name: String, _ expected: String) async throws {
        #expect(try await decision(answer, .zeros(100), name: name) == expected)
    }

    @Test(arguments: ["png", "jpg", "jpeg", "webp", "mp4", "mp3", "svg", "gif", "mov", "wav", "heic", "avif", "jxl"])
    func nameNeverStandsForASignature(_ name: String) async throws {
        for answer in ["application/octet-stream", "text/plain"] {
            #expect(try await decision(answer, Array("unknown".utf8), name: "a.\(name)") == "\(answer) sniffed")
        }
    }

    @Test func structureBeforeName() async throws {
        #expect(try await decision("text/plain", Array("<svg/>".utf8), name: "a.csv") == "image/svg+xml structure")
        let caf = "caff\0\u{1}\0\0desc"
        #expect(
            try await decision("application/octet-stream", Array(caf.utf8), name: "a.tga") == "audio/x-caf structure")
    }

    @Test func containerWithNothingInItKeepsItsName() async throws {
        for answer in ["video/mp4", "audio/x-m4a", "video/webm", "video/x-ms-asf", "application/ogg", "video/3gpp"] {
            let canonical = try #require(MediaType(answer)).canonical
            let basis = canonical.description == answer ? "sniffed" : "renamed"
            #expect(try await decision(answer, .zeros(100)) == "\(canonical) \(basis)")
        }
    }

    /// With libmagic's own answer.
    @Test(
        arguments: [
            (Array("caff\0\u{1}\0\0desc".utf8) + [UInt8].zeros(40), "audio/x-caf structure"),
            ([UInt8].zeros(40), "application/octet-stream sniffed"),
            (Array("#!AMR-WB\n".utf8) + [UInt8].zeros(40), "audio/amr-wb container"),
            (Array("RIFF\u{24}\0\0\0WAVEfmt \u{10}\0\0\0\u{1}\0\u{1}\0".utf8), "audio/wav renamed"),
            (Array("GIF89a\u{1}\0\u{1}\0\0\0\0;".utf8), "image/gif sniffed"),
            (Array("\n\n <svg xmlns='http://www.w3.org/2000/svg'/>".utf8), "image/svg+xml structure"),
            (
                .zeros(64) + (0..<9).flatMap { _ in [0xFF, 0xFB, 0x90, 0x00] + [UInt8].zeros(413) },
                "audio/mpeg structure"
            ),
        ] as [([UInt8], String)])
    func wholeWay(_ content: [UInt8], _ expected: String) async throws {
        try await withInputFile(content) { file throws in
            let decision = TypeDecision(sniffed: try Sniffer().type(of: file), of: file)
            #expect("\(decision.type) \(decision.basis.rawValue)" == expected)
        }
    }

    /// Damaged and truncated files never trap, whichever rule reads them.
    @Test(.timeLimit(.minutes(5)))
    func damage() async throws {
        var generator = SeededGenerator(seed: 42)
        let heads = [
            "\0\0\0\u{14}ftypisom\0\0\0\0isom\0\0\0\u{20}moov\0\0\0\u{18}trak\0\0\0\u{10}mdia\0\0\0\u{8}hdlr",
            "OggS\0\u{2}\0\0\0\0", "ID3\u{4}\0\0\0\0\u{2}\u{1}", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>", "caff",
            "wvpk",
        ]
        let answers = ["application/octet-stream", "text/plain", "video/mp4", "video/webm", "video/ogg"]
        for round in 0..<300 {
            var content = Array(heads[round % heads.count].utf8)
            for _ in 0..<4 {
                let place = Int.random(in: content.indices, using: &generator)
                content[place] = UInt8.random(in: 0...255, using: &generator)
            }
            let length = Int.random(in: 1...content.count, using: &generator)
            try await withInputFile(content.prefix(length)) { file throws in
                for answer in answers { _ = TypeDecision(sniffed: MediaType(known: answer), of: file) }
            }
        }
    }
}
