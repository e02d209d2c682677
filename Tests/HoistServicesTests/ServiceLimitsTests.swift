import HoistTestSupport
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles
@testable import HoistMedia
@testable import HoistServices
@testable import HoistTransport

@Suite struct ServiceLimitsTests {
    private func check(_ name: String, type: String, bytes: Int) async throws {
        try await withTemporaryDirectory { directory throws in
            let input = try InputFile(opening: directory.sparseFile("a.bin", bytes: bytes))
            let type = try #require(MediaType(type))
            try Service(builtIn: name).check(
                MediaFile(input: input, type: type, fileType: type.fileType), Service.exchange())
        }
    }

    @Test(arguments: ["image/png", "image/jpeg", "image/webp", "IMAGE/PNG; a=b"], [1, 26_214_400])
    func figurTakes(_ type: String, _ bytes: Int) async throws {
        try await check("figur", type: type, bytes: bytes)
    }

    @Test(arguments: [
        ("image/gif", 1, "unsupported_type"), ("video/mp4", 1, "unsupported_type"),
        ("image/png", 26_214_401, "too_large"),
        ("image/svg+xml", 1, "unsupported_type"), ("image/gif", 26_214_401, "unsupported_type"),
    ])
    func figurRefuses(_ type: String, _ bytes: Int, _ code: String) async throws {
        let failure = await #expect(throws: Failure.self) {
            try await check("figur", type: type, bytes: bytes)
        }
        #expect(failure?.kind == .refusedHere)
        #expect(failure?.code == code)
    }

    @Test(arguments: [(5_368_709_120, nil), (5_368_709_121, "too_large")] as [(Int, String?)])
    func eachLabsTakesFiveGibibytes(_ bytes: Int, _ code: String?) async throws {
        var found: Failure?
        do { try await check("eachlabs", type: "application/zip", bytes: bytes) } catch let failure as Failure {
            found = failure
        }
        #expect(found?.code == code)
    }

    private static func owner() throws -> Setting {
        try #require(Service(builtIn: "eachlabs").description.settings.first { $0.name == "owner" })
    }

    @Test(arguments: ["org-1", "org-a_b.C", "org--"])
    func owner(_ owner: String) throws {
        #expect(try Self.owner().problem(with: owner) == nil)
        let settings = try Service(builtIn: "eachlabs", settings: ["owner": owner]).settings
        #expect(settings["owner"]?.value == .string(owner))
    }

    @Test(arguments: ["", "org-", "org", "Org-1", "1", "org-a b", "org-é", "org-a\n", " org-1", "org-\u{1B}"])
    func badOwner(_ owner: String) throws {
        let problem = try #require(try Self.owner().problem(with: owner))
        #expect(!problem.contains("\u{1B}"))
    }

    @Test(arguments: FileType.allCases)
    func durationsBelongToTheirMedia(_ type: FileType) throws {
        for (name, home) in [
            ("audio_duration", FileType.audio), ("video_duration", .video), ("video_bitrate", .video),
        ] {
            let settings = try Service(builtIn: "eachlabs", settings: ["owner": "org-1", name: "1"]).settings
            var failure: Failure?
            do throws(Failure) { try settings.check { type } } catch { failure = error }
            #expect(failure?.kind == (type == home ? nil : .usage))
        }
        try Service(builtIn: "eachlabs", settings: ["owner": "org-1"]).settings.check { type }
    }

    /// The body of the first call about a file of that type.
    private func body(_ type: String, _ settings: [String: String] = [:]) async throws -> JSONValue {
        try await withInputFile("x".utf8) { input throws in
            let service = try Service(
                builtIn: "eachlabs", settings: settings.merging(["owner": "org-1"]) { own, _ in own })
            let type = try #require(MediaType(type))
            let media = MediaFile(input: input, type: type, fileType: nil).media
            let context = service.context(
                FileFacts(media, of: input, kind: service.description.limits.kind(of: media), service.description))
            guard case .json(let shape)? = service.description.calls[.prepare]?.body else { throw Failure.interrupted }
            return try #require(Renderer(context: context).json(shape))
        }
    }

    @Test func initiateBody() async throws {
        let plain = #"{"owner":"org-1","uploader":"customer","file_type":"audio","content_type":"audio/mp4"}"#
        #expect(try await body("audio/mp4").description == plain)
        let all = [
            "callback_url": "https://h/cb?a=\"b\"", "audio_duration": "1008.32", "video_duration": "12.0",
            "video_bitrate": "0.5",
        ]
        // What belongs to other media is left out.
        let audio = #","callback_url":"https://h/cb?a=\"b\"","audio_duration_seconds":1008.32}"#
        #expect(try await body("audio/mp4", all).description == plain.dropLast() + audio)
        let video =
            #"{"owner":"org-1","uploader":"customer","file_type":"video","content_type":"video/mp4","#
            + #""callback_url":"https://h/cb?a=\"b\"","video_duration_seconds":12,"video_bitrate_kbps":0.5}"#
        #expect(try await body("video/mp4", all).description == video)
    }

    /// What goes out is JSON, however large or small the number.
    @Test(arguments: [0, 1e20, 1e-7, 1.7976931348623157e308, 9_007_199_254_740_992, 9.3e18])
    func numbersAreJSON(_ number: Double) async throws {
        let json = try await body("audio/mp4", ["audio_duration": number.description])
        guard case .number(let literal)? = json["audio_duration_seconds"] else { throw Failure.interrupted }
        #expect(Double(literal) == number)
        #expect(literal.allSatisfy { "0123456789.eE+-".contains($0) })
    }

    /// The vendor's words for types, and what it does not name.
    @Test(arguments: [
        ("video/matroska", "video/mkv", "video"), ("video/x-msvideo", "video/avi", "video"),
        ("audio/flac", "audio/flac", "other"), ("image/avif", "image/avif", "image"),
        ("application/zip", "application/zip", "other"),
    ])
    func typesAreInTheVendorsWords(_ type: String, _ sent: String, _ kind: String) async throws {
        let json = try await body(type)
        #expect(json["content_type"]?.text == sent && json["file_type"]?.text == kind)
    }
}
