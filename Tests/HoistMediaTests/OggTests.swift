import Testing

@testable import HoistMedia

@Suite struct OggTests {
    @Test(arguments: [
        (["\u{80}theora"], "video/ogg"), (["\u{1}vorbis"], "audio/ogg"), (["OpusHead"], "audio/ogg"),
        (["\u{7F}FLAC"], "audio/ogg"), (["Speex   "], "audio/ogg"), (["\u{1}vorbis", "\u{80}theora"], "video/ogg"),
        (["fishead\0", "\u{1}vorbis"], "audio/ogg"), (["fishead\0", "\u{80}theora", "OpusHead"], "video/ogg"),
        (["OVP80"], "video/ogg"), (["BBCD\0"], "video/ogg"), (["\u{1}video\0"], "video/ogg"), (["unknown"], nil),
        ([], nil),
    ])
    func codecs(_ names: [String], _ expected: String?) async throws {
        let pages = names.flatMap { page($0, begins: true) } + page("\u{80}theora", begins: false)
        #expect(try await type(by: Ogg.type, of: pages) == expected)
    }

    @Test(.timeLimit(.minutes(5)))
    func hostilePages() async throws {
        let empty = Array("OggS".utf8) + [0, 2] + [UInt8].zeros(21)
        #expect(try await type(by: Ogg.type, of: Array(repeatElement(empty, count: 50_000).joined())) == nil)
        for length in 0..<empty.count { #expect(try await type(by: Ogg.type, of: Array(empty.prefix(length))) == nil) }
        let cut = Array("OggS".utf8) + [0, 2] + [UInt8].zeros(20) + [255] + [UInt8](repeating: 255, count: 100)
        #expect(try await type(by: Ogg.type, of: cut) == nil)
    }

    private func page(_ name: String, begins: Bool) -> [UInt8] {
        let packet = name.unicodeScalars.map { UInt8($0.value) } + [UInt8].zeros(300)
        return Array("OggS".utf8) + [0, begins ? 2 : 0] + [UInt8].zeros(20) + [2, 255, UInt8(packet.count - 255)]
            + packet
    }
}
