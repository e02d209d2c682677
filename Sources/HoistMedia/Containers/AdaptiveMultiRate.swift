/// AMR in a file (RFC 4867, section 5.1): narrow-band and wide-band are two types, which libmagic takes for one.
enum AdaptiveMultiRate {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        let magic = reader.bytes(at: 0, count: 12)
        let isWide = magic.holds("#!AMR-WB\n") || magic.holds("#!AMR-WB_MC")
        return MediaType(known: isWide ? "audio/amr-wb" : "audio/amr")
    }
}
