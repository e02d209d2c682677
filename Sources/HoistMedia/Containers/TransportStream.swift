/// MPEG-2 transport streams (ISO/IEC 13818-1, section 2.4.3): packets of one size, whose counters go on from one packet
/// of a stream to the next.
enum TransportStream {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        let bytes = reader.bytes(at: 0, count: 204 * (packets + 1))
        let isStream = packetSizes.contains { size in
            // A broadcast that was cut off starts anywhere in a packet.
            (0..<size).contains { hasPackets(bytes, from: $0, packetSize: size) }
        }
        return isStream ? MediaType(known: "video/mp2t") : nil
    }

    /// As broadcast; behind four bytes of arrival time (Blu-ray, AVCHD); before 16 bytes of error correction (DVB).
    private static let packetSizes = [188, 192, 204]
    private static let packets = 8

    /// Sync bytes in step alone are also in tables whose rows have that size; there, nothing counts.
    private static func hasPackets(_ bytes: [UInt8], from start: Int, packetSize: Int) -> Bool {
        var counters: [UInt64: UInt64] = [:]
        var continued = 0
        for index in 0..<packets {
            guard let header = bytes.bigEndian(at: start + index * packetSize, bytes: 4), header >> 24 == 0x47 else {
                return false
            }
            let identifier = (header >> 8) & 0x1FFF
            let hasPayload = header & 0x10 != 0
            // Neither adaptation field nor payload is reserved; null packets do not count.
            guard header & 0x30 != 0 else { return false }
            guard identifier != 0x1FFF else { continue }
            let counter = header & 0x0F
            if let last = counters.updateValue(counter, forKey: identifier) {
                guard counter == (hasPayload ? last + 1 : last) & 0x0F else { return false }
                continued += hasPayload ? 1 : 0
            }
        }
        return continued >= 2
    }
}
