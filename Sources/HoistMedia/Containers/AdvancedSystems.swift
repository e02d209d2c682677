/// Windows Media in the Advanced Systems Format (Microsoft's ASF specification 1.20): whether any stream is video.
enum AdvancedSystems {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        let header = reader.bytes(at: 0, count: headerLength)
        guard header.holds(GUID.header), let size = header.littleEndian(at: 16, bytes: 8) else { return nil }
        var place = Int64(headerLength)
        let end = Int64(0).advanced(by: size, atMost: reader.size)
        var sound = false
        while place < end {
            let object = reader.bytes(at: place, count: 40)
            guard let size = object.littleEndian(at: 16, bytes: 8), size >= 24 else { break }
            if object.holds(GUID.streamProperties) {
                if object.holds(GUID.video, at: 24) { return MediaType(known: "video/x-ms-wmv") }
                sound = sound || object.holds(GUID.audio, at: 24)
            }
            place = place.advanced(by: size, atMost: end)
        }
        return MediaType(known: sound ? "audio/x-ms-wma" : "video/x-ms-wmv")
    }

    /// The object's GUID and size, the number of objects in it, and two reserved bytes (section 3.1).
    private static let headerLength = 30

    /// Section 10, in the order of the bytes in a file.
    private enum GUID {
        static let header = bytes(0x3026_B275_8E66_CF11, 0xA6D9_00AA_0062_CE6C)
        static let streamProperties = bytes(0x9107_DCB7_B7A9_CF11, 0x8EE6_00C0_0C20_5365)
        static let audio = bytes(0x409E_69F8_4D5B_CF11, 0xA8FD_0080_5F5C_442B)
        static let video = bytes(0xC0EF_19BC_4D5B_CF11, 0xA8FD_0080_5F5C_442B)

        private static func bytes(_ first: UInt64, _ second: UInt64) -> [UInt8] {
            [first, second].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } }
        }
    }
}
