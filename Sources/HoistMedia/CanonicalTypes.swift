extension MediaType {
    /// The registered type for what libmagic says: it keeps historical `x-` names that services do not accept
    /// (measured with libmagic 5.44).
    var canonical: MediaType {
        Self.canonicalNames[description].map(MediaType.init(known:)) ?? self
    }

    private static let canonicalNames = [
        "audio/x-m4a": "audio/mp4",
        // RFC 2361 registers audio/vnd.wave, which services seldom accept.
        "audio/x-wav": "audio/wav",
        "audio/vnd.wave": "audio/wav",
        "audio/x-aiff": "audio/aiff",
        "audio/x-hx-aac-adts": "audio/aac",
        "audio/x-hx-aac-adif": "audio/aac",
        "audio/x-flac": "audio/flac",
        "audio/x-mp4a-latm": "audio/mp4a-latm",
        // libmagic's word for a Creative Voice file, which is no type.
        "audio/x-unknown": "audio/x-voc",
        // A JNG is a still image.
        "video/x-jng": "image/x-jng",
        "video/x-m4v": "video/mp4",
        "video/x-matroska": "video/matroska",
        "video/x-ms-asf": "video/x-ms-wmv",
        "image/x-ms-bmp": "image/bmp",
        "image/x-icon": "image/vnd.microsoft.icon",
        "image/x-webp": "image/webp",
        "image/svg": "image/svg+xml",
    ]
}
