import Testing

@testable import HoistMedia

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("image/png", "image/png", "image/png"), ("IMAGE/PNG", "image/png", "image/png"),
        ("image/svg+xml", "image/svg+xml", "image/svg+xml"),
        ("Video/MP4; codecs=\"avc1.4D401E, mp4a.40.2\"", "video/mp4; codecs=\"avc1.4D401E, mp4a.40.2\"", "video/mp4"),
        ("video/mp4;codecs=AVC1", "video/mp4;codecs=AVC1", "video/mp4"),
        (
            "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text",
            "application/vnd.oasis.opendocument.text"
        ),
        ("x!#$%&'*+-.^_`|~/0", "x!#$%&'*+-.^_`|~/0", "x!#$%&'*+-.^_`|~/0"),
        ("video/mp4 ;x=y", "video/mp4 ;x=y", "video/mp4"),
        (#"a/b; c="d;\" e"; f=g"#, #"a/b; c="d;\" e"; f=g"#, "a/b"),
    ])
    func parsing(_ text: String, _ description: String, _ essence: String) throws {
        let type = try #require(MediaType(text))
        #expect(type.description == description)
        #expect(type.essence == essence)
    }

    @Test(arguments: [
        "", "/", "image", "image/", "/png", "image/png/x", "image//png", " image/png", "image/png ", "image/p ng",
        "ima ge/png", "image/png\r\nX-API-Key: stolen", "image/png;a=b\r\nX-Evil: 1", "image/png\n", "image/png;\n",
        "image/png;a=\u{0}", "image/png;a=\u{7F}", "image/png;a=é", "imäge/png", "image/png\u{301}", "image/png;a\t",
        "image/png; ", "image\\png", "image/png,image/gif", "image/\"png\"", "image/png;a=\u{85}",
        "image/png;a=\u{2028}", "image/*", "*/*", "image/png;", "image/png;;a=b", "image/png; a", "image/png; a=",
        #"image/png; a="b"#, #"image/png; a="b"c"#, #"image/png; a="b\""#, "image/png; a = b", "image/png a=b",
    ])
    func refused(_ text: String) {
        #expect(MediaType(text) == nil)
    }

    @Test(arguments: [
        ("image/png", FileType.image), ("video/mp4; codecs=x", .video), ("AUDIO/mpeg", .audio), ("text/plain", .other),
        ("application/octet-stream", .other), ("images/png", .other), ("x/image", .other),
        ("application/mxf", .video),
    ])
    func fileType(_ text: String, _ fileType: FileType) {
        #expect(MediaType(text)?.fileType == fileType)
    }

    @Test(arguments: [
        ("audio/x-m4a", "audio/mp4"), ("audio/x-wav", "audio/wav"), ("audio/vnd.wave", "audio/wav"),
        ("audio/x-aiff", "audio/aiff"), ("audio/x-hx-aac-adts", "audio/aac"), ("video/x-m4v", "video/mp4"),
        ("video/x-matroska", "video/matroska"), ("video/x-ms-asf", "video/x-ms-wmv"), ("audio/x-flac", "audio/flac"),
        ("image/x-ms-bmp", "image/bmp"), ("audio/ogg", "audio/ogg"), ("image/png", "image/png"),
        ("image/vnd.microsoft.icon", "image/vnd.microsoft.icon"),
        ("image/vnd.adobe.photoshop", "image/vnd.adobe.photoshop"), ("video/webm", "video/webm"),
        ("application/octet-stream", "application/octet-stream"),
    ])
    func canonicalNames(_ name: String, _ canonical: String) throws {
        let type = try #require(MediaType(name)).canonical
        #expect(type.description == canonical)
        #expect(type.canonical == type)
    }
}

@Suite struct FileExtensionTests {
    @Test(arguments: [
        ("shot.png", "image/png"), ("SHOT.PNG", "image/png"), ("a.b.jpeg", "image/jpeg"), ("tone.m4a", "audio/mp4"),
        ("clip.mkv", "video/matroska"), ("clip.wmv", "video/x-ms-wmv"), ("tone.wav", "audio/wav"),
        ("tone.aiff", "audio/aiff"), ("tone.aac", "audio/aac"), ("clip.m4v", "video/mp4"), ("a.opus", "audio/ogg"),
        ("e\u{301}.webp", "image/webp"),
    ])
    func promise(_ name: String, _ type: String) {
        #expect(FileExtension.types(of: name).contains(type))
    }

    @Test(arguments: ["png", ".png", "", ".", "a.", "shot.png.", "shot.unknown", "shot.png~", "shot. png"])
    func nothingPromised(_ name: String) {
        #expect(FileExtension.types(of: name).isEmpty)
    }

    /// A promise in a name that sniffing never gives would be a warning for each such file.
    @Test(arguments: [
        "m4a", "wav", "aiff", "aac", "flac", "m4v", "mkv", "wmv", "bmp", "ico", "svg", "psd", "mka", "wma",
    ])
    func promisesAreCanonical(_ name: String) throws {
        for type in FileExtension.types(of: "a.\(name)") {
            #expect(try #require(MediaType(type)).canonical.description == type)
        }
    }
}
