/// What a file's extension promises: to warn where the content says something else, and as the last resort where the
/// content can say nothing.
package enum FileExtension {
    /// The types that the extension of a file, by its name or path, may stand for; empty where it says nothing about media.
    package static func types(of name: String) -> [String] {
        of(name).flatMap { typesByExtension[$0] } ?? []
    }

    /// The type of a format that has no signature. The name never overrules content that was recognised: text remains
    /// some kind of text, and what has a signature would have been found by it.
    static func unsignedType(of name: String, sniffedAs answer: MediaType) -> MediaType? {
        of(name).flatMap { unsignedTypes[answer.essence]?[$0] }.map(MediaType.init(known:))
    }

    /// The ending for a type: the file's own where it stands for that type, else the usual one.
    package static func ending(for type: MediaType, of name: String) -> String? {
        if let own = of(name), typesByExtension[own]?.contains(type.essence) == true { return own }
        let endings = typesByExtension.filter { $0.value.first == type.essence }.keys
        return endings.first(where: usual.contains) ?? endings.min()
    }

    /// Of the endings that a type has, where the first by the alphabet is a rare one.
    private static let usual: Set = ["jpg", "mp4", "mp3", "mpg", "ogg"]

    private static func of(_ name: String) -> String? {
        let last = name.lastPathPart.utf8
        guard let dot = last.lastIndex(of: UInt8(ascii: ".")), dot != last.startIndex else { return nil }
        return String(Substring(last[dot...].dropFirst())).lowercased()
    }

    private static let typesByExtension = [
        "png": ["image/png", "image/apng"], "apng": ["image/apng", "image/png"],
        "jpg": ["image/jpeg"], "jpeg": ["image/jpeg"], "webp": ["image/webp"], "gif": ["image/gif"],
        "bmp": ["image/bmp"], "tif": ["image/tiff"], "tiff": ["image/tiff"], "svg": ["image/svg+xml"],
        "avif": ["image/avif"], "jxl": ["image/jxl"], "jp2": ["image/jp2"],
        "heic": ["image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"],
        "heif": ["image/heif", "image/heic", "image/heic-sequence", "image/heif-sequence"],
        "psd": ["image/vnd.adobe.photoshop"], "ico": ["image/vnd.microsoft.icon"],
        "mp4": ["video/mp4", "audio/mp4"], "m4v": ["video/mp4"], "mov": ["video/quicktime"],
        "webm": ["video/webm", "audio/webm"], "weba": ["audio/webm"], "mkv": ["video/matroska", "audio/matroska"],
        "mka": ["audio/matroska"], "avi": ["video/x-msvideo"], "mpg": ["video/mpeg"], "mpeg": ["video/mpeg"],
        "m2ts": ["video/mp2t"], "mts": ["video/mp2t"], "mxf": ["application/mxf"], "flv": ["video/x-flv"],
        "wmv": ["video/x-ms-wmv"], "asf": ["video/x-ms-wmv", "audio/x-ms-wma"], "wma": ["audio/x-ms-wma"],
        "3gp": ["video/3gpp", "audio/3gpp"], "3g2": ["video/3gpp2", "audio/3gpp2"],
        "mp3": ["audio/mpeg"], "mp2": ["audio/mpeg"], "m4a": ["audio/mp4"], "m4b": ["audio/mp4"],
        "wav": ["audio/wav"], "flac": ["audio/flac"], "opus": ["audio/ogg"], "oga": ["audio/ogg"],
        "ogg": ["audio/ogg", "video/ogg", "application/ogg"], "ogv": ["video/ogg"], "aac": ["audio/aac"],
        "aif": ["audio/aiff"], "aiff": ["audio/aiff"], "aifc": ["audio/aiff"], "au": ["audio/basic"],
        "caf": ["audio/x-caf"], "amr": ["audio/amr"], "awb": ["audio/amr-wb"], "wv": ["audio/x-wavpack"],
        "mid": ["audio/midi"], "midi": ["audio/midi"], "pdf": ["application/pdf"], "zip": ["application/zip"],
        "json": ["application/json"], "csv": ["text/csv"], "txt": ["text/plain"],
    ]

    private static let unsignedTypes = [
        "application/octet-stream": [
            // Truevision's first version, and binary STL's free 80 bytes, begin with anything.
            "tga": "image/x-tga", "stl": "model/stl",
        ],
        "text/plain": [
            // libmagic wants ten lines, and commas.
            "csv": "text/csv", "tsv": "text/tab-separated-values",
            "md": "text/markdown", "srt": "application/x-subrip", "obj": "model/obj",
        ],
        // Prose with commas in its lines is no table.
        "text/csv": ["txt": "text/plain", "log": "text/plain", "md": "text/markdown"],
    ]
}
