import HoistCore

/// MPEG audio and AAC without a container: a chain of frames, behind a tag or behind bytes that belong to nothing.
enum MPEGAudio {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        let bytes = reader.bytes(at: tagLength(reader), count: searched)
        if bytes.holds("fLaC") { return MediaType(known: "audio/flac") }
        var index = bytes.startIndex
        while let sync = bytes[index...].firstIndex(of: 0xFF) {
            if let type = chain(in: bytes, at: sync) { return type }
            index = sync + 1
        }
        return nil
    }

    /// A damaged or padded recording finds its first frame within this.
    private static let searched = 1 << 16
    /// One header appears by chance every few thousand bytes; four alike in step do not.
    private static let frames = 4

    private static func chain(in bytes: [UInt8], at start: Int) -> MediaType? {
        guard let first = AudioFrame(bytes, at: start) else { return nil }
        var place = start
        var frame = first
        for _ in 1..<frames {
            place += frame.length
            guard let next = AudioFrame(bytes, at: place), next.constants == first.constants else { return nil }
            frame = next
        }
        return first.type
    }

    /// The bytes that an ID3v2 tag in front takes (ID3v2.4, section 3.1): a picture can make it megabytes.
    private static func tagLength(_ reader: BoundedReader) -> Int64 {
        let header = reader.bytes(at: 0, count: 10)
        guard header.holds("ID3"), header.count == 10 else { return 0 }
        let size = header[6...].reduce(Int64(0)) { $0 << 7 | Int64($1 & 0x7F) }
        let footer: Int64 = header[5] & 0x10 == 0 ? 0 : 10
        return 10 + size + footer
    }
}

/// The header of one frame: MPEG-1, -2 and -2.5 audio of every layer (ISO/IEC 11172-3, section 2.4.1.3, and ISO/IEC
/// 13818-3), or AAC in ADTS (ISO/IEC 14496-3, section 1.A.2.2).
struct AudioFrame {
    let type: MediaType
    /// With the header; never 0.
    let length: Int
    /// The bits that are the same in every frame of a file: version, layer and sample rate among them.
    let constants: UInt64

    init?(_ bytes: [UInt8], at index: Int) {
        guard let header = bytes.bigEndian(at: index, bytes: 6), header >> 37 == 0x7FF else { return nil }
        switch (header >> 33) & 0b11 {
        case 0: self.init(adts: header)
        case let layer: self.init(mpeg: header, layer: 4 - Int(layer))
        }
    }

    private init?(adts header: UInt64) {
        let length = Int((header >> 5) & 0x1FFF)
        // The sync word has twelve bits here; sample rates 13 and above are reserved; the header alone has seven bytes.
        guard header >> 36 == 0xFFF, (header >> 26) & 0b1111 < 13, length > 7 else { return nil }
        self.init(type: MediaType(known: "audio/aac"), length: length, constants: header >> 26)
    }

    private init?(mpeg header: UInt64, layer: Int) {
        let version = (header >> 35) & 0b11
        let bitRateIndex = Int((header >> 28) & 0b1111)
        let sampleRateIndex = Int((header >> 26) & 0b11)
        // Version 1 is reserved, as are the last of the rates; a free bit rate (0) does not tell the length.
        guard version != 1, (1...14).contains(bitRateIndex), sampleRateIndex != 3 else { return nil }
        let isMPEG1 = version == 3
        let sampleRate = Self.sampleRates[sampleRateIndex] >> (isMPEG1 ? 0 : version == 2 ? 1 : 2)
        let bitRate = Self.bitRates(isMPEG1, layer)[bitRateIndex - 1] * 1000
        let padding = Int((header >> 25) & 1)
        let length =
            switch layer {
            case 1: (12 * bitRate / sampleRate + padding) * 4
            case 3 where !isMPEG1: 72 * bitRate / sampleRate + padding
            default: 144 * bitRate / sampleRate + padding
            }
        // All but protection and bit rate.
        self.init(type: MediaType(known: "audio/mpeg"), length: length, constants: header >> 26 & ~0x7C)
    }

    private init(type: MediaType, length: Int, constants: UInt64) {
        self.type = type
        self.length = length
        self.constants = constants
    }

    private static let sampleRates = [44_100, 48_000, 32_000]

    /// In kbit/s, from index 1 on.
    private static func bitRates(_ isMPEG1: Bool, _ layer: Int) -> [Int] {
        switch (isMPEG1, layer) {
        case (true, 1): [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448]
        case (true, 2): [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384]
        case (true, _): [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
        case (false, 1): [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256]
        case (false, _): [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
        }
    }
}
