/// Audio files that begin with a name of their own, which libmagic does not know as audio.
enum AudioSignature {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        let head = reader.bytes(at: 0, count: 16)
        switch head.fourCC(at: 0) {
        // Apple's Core Audio Format: version 1, and the audio description is the first chunk.
        case "caff" where head.holds("\0\u{1}\0\0desc", at: 4): return MediaType(known: "audio/x-caf")
        // A WavPack block of stream version 4.
        case "wvpk" where head.littleEndian(at: 8, bytes: 2).map { 0x402...0x410 ~= $0 } == true:
            return MediaType(known: "audio/x-wavpack")
        // Broadcast Wave with 64-bit sizes (ITU-R BS.2088; EBU Tech 3306 for RF64).
        case "BW64" where head.holds("WAVE", at: 8), "RF64" where head.holds("WAVE", at: 8):
            return MediaType(known: "audio/wav")
        default: return nil
        }
    }
}
