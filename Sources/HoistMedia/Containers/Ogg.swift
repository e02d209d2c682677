/// Ogg (RFC 3533, RFC 5334): the first pages, one for each stream, begin with what its codec calls itself.
enum Ogg {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        var place: Int64 = 0
        var sound = false
        while let page = Page(reader, at: place), page.beginsStream {
            let packet = reader.bytes(at: page.body, count: 8)
            if video.contains(where: { packet.holds($0) }) { return MediaType(known: "video/ogg") }
            sound = sound || audio.contains { packet.holds($0) }
            place = page.end
        }
        return sound ? MediaType(known: "audio/ogg") : nil
    }

    /// Theora, Dirac, VP8 and the older OGM's video.
    private static let video = ["\u{80}theora", "BBCD\0", "OVP80", "\u{1}video"].map(firstBytes)
    /// Vorbis, Opus, FLAC in both mappings, Speex, CELT, PCM and OGM's audio.
    private static let audio = [
        "\u{1}vorbis", "OpusHead", "\u{7F}FLAC", "fLaC", "Speex   ", "CELT    ", "PCM     ", "\u{1}audio",
    ].map(firstBytes)

    /// Codecs' names are Latin-1: Theora's starts with the single byte 0x80.
    private static func firstBytes(_ name: String) -> [UInt8] {
        name.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    /// RFC 3533, section 6.
    private struct Page {
        let beginsStream: Bool
        let body: Int64
        let end: Int64

        init?(_ reader: BoundedReader, at place: Int64) {
            let header = reader.bytes(at: place, count: 27 + 255)
            guard header.holds("OggS"), header.count >= 27 else { return nil }
            let segments = header.dropFirst(27).prefix(Int(header[26]))
            beginsStream = header[5] & 0x02 != 0
            body = place.advanced(by: UInt64(27 + segments.count), atMost: reader.size)
            end = body.advanced(by: segments.reduce(0) { $0 + UInt64($1) }, atMost: reader.size)
        }
    }
}
