import HoistTestSupport
import Testing

@testable import HoistMedia

/// What is known to be cut off, and what only looks odd.
@Suite struct TruncationTests {
    private static func finding(_ content: [UInt8], _ type: String) async throws -> String? {
        try await withInputFile(content) { Truncation.finding(in: $0, of: MediaType(known: type)) }
    }

    private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + .init(bigEndian: UInt64(content.count + 2), bytes: 2) + content
    }

    /// With a preview in front that has an end of its own.
    private static let jpegHead =
        [0xFF, 0xD8] + segment(0xE1, .zeros(20) + [0xFF, 0xD9] + .zeros(9)) + segment(0xDA, .zeros(10))

    @Test(
        arguments: [
            ([], true), ([0xFF, 0xD9], false), (.zeros(100) + [0xFF, 0xD9], false), (.zeros(100), true),
            // A video behind it, as telephones have it; the end may lie across the pieces that are read.
            ([0xFF, 0xD9] + .zeros(200_000), false), (.zeros(100) + [0xFF, 0xD9] + .zeros(65_535), false),
            (.zeros(100) + [0xFF, 0xD9] + .zeros(65_534), false), (.zeros(200_000) + [0xFF], true),
        ] as [([UInt8], Bool)])
    func jpeg(_ scan: [UInt8], _ isCut: Bool) async throws {
        #expect(try await (Self.finding(Self.jpegHead + scan, "image/jpeg") != nil) == isCut)
    }

    @Test func aJPEGThatEndsInItsHeader() async throws {
        for length in [3, 10, 30, Self.jpegHead.count - 12] {
            #expect(try await Self.finding(Array(Self.jpegHead.prefix(length)), "image/jpeg") != nil, "\(length)")
        }
        // No segments, so nothing is known.
        #expect(try await Self.finding([0xFF, 0xD8] + .zeros(100), "image/jpeg") == nil)
    }

    private static func chunk(_ name: String, _ content: [UInt8] = []) -> [UInt8] {
        .init(bigEndian: UInt64(content.count), bytes: 4) + name.utf8 + content + .zeros(4)
    }

    @Test func png() async throws {
        let head =
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", .zeros(13))
            + Self.chunk("IDAT", .zeros(5000))
        let whole = head + Self.chunk("IEND")
        for content in [whole, whole + .zeros(3), whole + .zeros(3000)] {
            #expect(try await Self.finding(content, "image/png") == nil)
        }
        for length in [9, 20, 40, 3000, head.count, head.count + 4] {
            #expect(try await Self.finding(Array(whole.prefix(length)), "image/png") != nil, "\(length)")
        }
    }

    private static func box(_ name: String, _ content: [UInt8] = []) -> [UInt8] {
        .init(bigEndian: UInt64(content.count + 8), bytes: 4) + name.utf8 + content
    }

    @Test func isoBaseMedia() async throws {
        let whole = Self.box("ftyp", .zeros(8)) + Self.box("moov", .zeros(100)) + Self.box("mdat", .zeros(5000))
        #expect(try await Self.finding(whole, "video/mp4") == nil)
        #expect(
            try await Self.finding(Array(whole.dropLast()), "video/mp4")?.contains("should end at byte \(whole.count)")
                == true)
        #expect(try await Self.finding(Array(whole.prefix(60)), "video/mp4") != nil)
        // A recording that was not ended has no index yet.
        let open = Self.box("ftyp", .zeros(8)) + Self.box("mdat", .zeros(50))
        #expect(try await Self.finding(open, "video/mp4")?.contains("moov") == true)
        #expect(try await Self.finding(open, "image/heic") == nil)
        // To the end of the file; sizes of eight bytes, also such as no file has.
        let toEnd = Self.box("moov") + .zeros(4) + Array("mdat".utf8) + .zeros(20)
        #expect(try await Self.finding(toEnd, "video/mp4") == nil)
        let wide = Self.box("moov") + [0, 0, 0, 1] + Array("mdat".utf8) + [UInt8](repeating: 0xFF, count: 8)
        _ = try await Self.finding(wide, "video/mp4")
        let large = Self.box("moov") + [0, 0, 0, 1] + Array("mdat".utf8) + .init(bigEndian: 1 << 40, bytes: 8)
        #expect(try await Self.finding(large, "video/mp4") != nil)
    }

    @Test func riff() async throws {
        let whole = Array("RIFF".utf8) + .init(littleEndian: 20, bytes: 4) + .zeros(20)
        #expect(try await Self.finding(whole, "image/webp") == nil)
        #expect(try await Self.finding(Array(whole.dropLast()), "audio/wav")?.contains("28 bytes, it has 27") == true)
        // ffmpeg writes these to a pipe.
        for length: UInt64 in [0, 0xFFFF_FFFF] {
            let piped = Array("RIFF".utf8) + .init(littleEndian: length, bytes: 4) + .zeros(20)
            #expect(try await Self.finding(piped, "audio/wav") == nil)
        }
    }

    @Test func whatIsKnownToNothingIsWhole() async throws {
        for type in ["image/gif", "text/plain", "video/webm", "application/octet-stream"] {
            #expect(try await Self.finding(.zeros(3), type) == nil)
        }
    }
}
