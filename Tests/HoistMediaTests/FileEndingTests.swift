import Testing

@testable import HoistMedia

/// The ending that a service is told where it asks for one instead of a type.
@Suite struct FileEndingTests {
    @Test(arguments: [
        ("shot.png", "image/png", "png"), ("x.dat", "image/png", "png"), ("x.jpeg", "image/jpeg", "jpeg"),
        ("x.png", "image/jpeg", "jpg"), ("x", "video/mp4", "mp4"), ("x.m4v", "video/mp4", "m4v"),
        ("x", "audio/mp4", "m4a"), ("x", "audio/mpeg", "mp3"), ("x", "image/apng", "apng"), ("x", "audio/ogg", "ogg"),
    ])
    func theEndingIsTheFilesOwnOrTheUsualOne(name: String, type: String, ending: String) throws {
        let type = try #require(MediaType(type))
        #expect(FileExtension.ending(for: type, of: name) == ending)
    }

    @Test func aTypeWithoutAnEndingHasNone() throws {
        let type = try #require(MediaType("application/x-unheard-of"))
        #expect(FileExtension.ending(for: type, of: "x.png") == nil)
    }
}
