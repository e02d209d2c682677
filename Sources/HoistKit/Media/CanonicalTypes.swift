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
        "audio/x-mp4a-latm": "audio/mp4",
        "video/x-m4v": "video/mp4",
        "video/x-matroska": "video/matroska",
        "video/x-ms-asf": "video/x-ms-wmv",
        "image/x-ms-bmp": "image/bmp",
        "image/x-icon": "image/vnd.microsoft.icon",
        "image/x-webp": "image/webp",
        "image/svg": "image/svg+xml",
    ]
}

/// What a file's extension promises, to warn where the content says something else.
enum FileExtension {
    /// The types that the extension of `name` may stand for; empty where it says nothing about media.
    static func types(of name: String) -> [String] {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return [] }
        return typesByExtension[name[name.index(after: dot)...].lowercased()] ?? []
    }

    private static let typesByExtension = [
        "png": ["image/png", "image/apng"], "apng": ["image/png", "image/apng"],
        "jpg": ["image/jpeg"], "jpeg": ["image/jpeg"], "webp": ["image/webp"], "gif": ["image/gif"],
        "bmp": ["image/bmp"], "tif": ["image/tiff"], "tiff": ["image/tiff"], "svg": ["image/svg+xml"],
        "avif": ["image/avif"], "heic": ["image/heic", "image/heif"], "heif": ["image/heic", "image/heif"],
        "jxl": ["image/jxl"], "psd": ["image/vnd.adobe.photoshop"], "ico": ["image/vnd.microsoft.icon"],
        "mp4": ["video/mp4", "audio/mp4"], "m4v": ["video/mp4"], "mov": ["video/quicktime"],
        "webm": ["video/webm", "audio/webm"], "mkv": ["video/matroska"], "avi": ["video/x-msvideo"],
        "mpg": ["video/mpeg"], "mpeg": ["video/mpeg"], "flv": ["video/x-flv"], "wmv": ["video/x-ms-wmv"],
        "3gp": ["video/3gpp", "audio/3gpp"], "mp3": ["audio/mpeg"], "m4a": ["audio/mp4"], "wav": ["audio/wav"],
        "flac": ["audio/flac"], "ogg": ["audio/ogg", "video/ogg", "application/ogg"], "opus": ["audio/ogg"],
        "oga": ["audio/ogg"], "ogv": ["video/ogg"], "aac": ["audio/aac"], "aif": ["audio/aiff"],
        "aiff": ["audio/aiff"], "mid": ["audio/midi"], "midi": ["audio/midi"], "pdf": ["application/pdf"],
        "zip": ["application/zip"], "json": ["application/json"], "txt": ["text/plain"],
    ]
}
