import Foundation
import TestSupport
import Testing

@testable import HoistFiles
@testable import HoistMedia

@Suite struct ISOBaseMediaTests {
    @Test(
        arguments: [
            ("isom", ["vide", "soun"], "video/mp4"), ("isom", ["soun"], "audio/mp4"),
            ("isom", ["soun", "text"], "audio/mp4"),
            ("isom", ["soun", "vide"], "video/mp4"), ("isom", ["text"], nil), ("isom", [], nil),
            ("M4V ", ["vide"], "video/mp4"), ("msdh", ["vide"], "video/mp4"), ("XXXX", ["soun"], "audio/mp4"),
            // A picture track in an audio book holds its chapters' pictures.
            ("M4A ", [], "audio/mp4"), ("M4B ", ["soun", "vide"], "audio/mp4"),
            ("qt  ", ["soun"], "video/quicktime"),
            ("3gp4", ["soun"], "audio/3gpp"), ("3gp6", ["vide"], "video/3gpp"), ("3g2a", ["soun"], "audio/3gpp2"),
            ("3g2b", ["soun", "vide"], "video/3gpp2"),
            ("heic", [], "image/heic"), ("heix", [], "image/heic"), ("hevc", [], "image/heic-sequence"),
            ("mif1", [], "image/heif"), ("msf1", [], "image/heif-sequence"), ("avif", [], "image/avif"),
            ("avis", [], "image/avif"), ("crx ", [], "image/x-canon-cr3"),
        ] as [(String, [String], String?)])
    func brandsAndTracks(_ brand: String, _ handlers: [String], _ expected: String?) async throws {
        let front = box("ftyp", brands(brand)) + movie(handlers) + box("mdat", .zeros(100))
        #expect(try await type(by: ISOBaseMedia.type, of: front) == expected)
        let back = box("ftyp", brands(brand)) + box("mdat", .zeros(5000)) + movie(handlers)
        #expect(try await type(by: ISOBaseMedia.type, of: back) == expected)
    }

    @Test func furtherBrands() async throws {
        let avif = box("ftyp", brands("mif1", "mif1", "avif", "miaf"))
        #expect(try await type(by: ISOBaseMedia.type, of: avif) == "image/avif")
        let heif = box("ftyp", brands("mif1", "mif1", "heic"))
        #expect(try await type(by: ISOBaseMedia.type, of: heif) == "image/heif")
    }

    @Test func fragments() async throws {
        let segment = box("styp", brands("msdh", "msdh")) + box("moof", .zeros(20)) + box("mdat", .zeros(20))
        #expect(try await type(by: ISOBaseMedia.type, of: segment) == "video/mp4")
        let whole = box("ftyp", brands("iso5")) + movie(["soun"]) + box("moof", .zeros(20)) + box("mdat", .zeros(20))
        #expect(try await type(by: ISOBaseMedia.type, of: whole) == "audio/mp4")
    }

    @Test(arguments: ["moov", "mdat", "wide", "free", "skip"])
    func quickTimeWithoutBrands(_ first: String) async throws {
        let file = (first == "moov" ? [] : box(first, .zeros(32))) + movie(["vide"])
        #expect(try await type(by: ISOBaseMedia.type, of: file) == "video/quicktime")
        #expect(try await type(by: ISOBaseMedia.type, of: box(first, .zeros(32))) == nil)
    }

    @Test func sizes() async throws {
        let start = box("ftyp", brands("isom"))
        let wide = largeBox("mdat", size: 116) + [UInt8].zeros(100)
        #expect(try await type(by: ISOBaseMedia.type, of: start + wide + movie(["soun"])) == "audio/mp4")
        let toTheEnd = [UInt8].zeros(4) + movie(["soun"]).dropFirst(4)
        #expect(try await type(by: ISOBaseMedia.type, of: start + toTheEnd) == "audio/mp4")
    }

    /// The index of a recording of many gigabytes lies behind its media.
    @Test func farIndex() async throws {
        try await withTemporaryDirectory { directory throws in
            let path = try directory.sparseFile("a.mp4", bytes: 6 << 30)
            let start = box("ftyp", brands("isom", "mp42"))
            let media = largeBox("mdat", size: UInt64(6 << 30) - UInt64(start.count))
            try write(start + media, to: path, at: 0)
            try write(movie(["soun"]), to: path, at: 6 << 30)
            #expect(ISOBaseMedia.type(BoundedReader(try InputFile(opening: path)))?.description == "audio/mp4")
        }
    }

    @Test(arguments: [0, 1, 2, 7, 8, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt64])
    func hostileSizes(_ size: UInt64) async throws {
        for name in ["ftyp", "moov", "trak", "mdia", "hdlr"] {
            var file = box("ftyp", brands("isom")) + movie(["soun"])
            let text = Array(name.utf8)
            let place = try #require(file.indices.first { file.holds(text, at: $0) }) - 4
            file.replaceSubrange(place..<place + 4, with: [UInt8](bigEndian: size, bytes: 4))
            _ = try await type(by: ISOBaseMedia.type, of: file)
            // Sizes of 64 bits, at their extremes.
            for large in [0, 15, 16, UInt64(Int64.max), .max] {
                let bomb = largeBox(name, size: large)
                _ = try await type(by: ISOBaseMedia.type, of: box("ftyp", brands("isom")) + bomb + bomb)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func endlessBoxes() async throws {
        let nested = (0..<1000).reduce(into: [UInt8]()) { inner, _ in inner = box("trak", inner) }
        #expect(try await type(by: ISOBaseMedia.type, of: box("ftyp", brands("isom")) + box("moov", nested)) == nil)
        let many = box("ftyp", brands("isom")) + Array(repeatElement(box("free", []), count: 300_000).joined())
        #expect(try await type(by: ISOBaseMedia.type, of: many) == nil)
    }

    private func write(_ bytes: [UInt8], to path: String, at offset: UInt64) throws {
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    private func box(_ name: String, _ body: [UInt8]) -> [UInt8] {
        [UInt8](bigEndian: UInt64(body.count + 8), bytes: 4) + Array(name.utf8) + body
    }

    private func largeBox(_ name: String, size: UInt64) -> [UInt8] {
        [0, 0, 0, 1] + Array(name.utf8) + [UInt8](bigEndian: size, bytes: 8)
    }

    private func brands(_ major: String, _ further: String...) -> [UInt8] {
        Array(major.utf8) + [UInt8].zeros(4) + further.flatMap { Array($0.utf8) }
    }

    private func movie(_ handlers: [String]) -> [UInt8] {
        let tracks = handlers.flatMap { handler -> [UInt8] in
            let handler = box("hdlr", [UInt8].zeros(8) + Array(handler.utf8) + [UInt8].zeros(12))
            let media = box("mdia", box("mdhd", .zeros(24)) + handler)
            return box("trak", box("tkhd", .zeros(84)) + media)
        }
        return box("moov", box("mvhd", .zeros(100)) + tracks)
    }
}
