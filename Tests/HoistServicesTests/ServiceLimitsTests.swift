import HoistTestSupport
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles
@testable import HoistMedia
@testable import HoistServices
@testable import HoistTransport

@Suite struct ServiceLimitsTests {
    private func check(
        _ service: (Account) throws -> any UploadService,
        name: ServiceName,
        type: String,
        bytes: Int
    ) async throws {
        try await withTemporaryDirectory { directory throws in
            let input = try InputFile(opening: directory.sparseFile("a.bin", bytes: bytes))
            let type = try #require(MediaType(type))
            let url = try #require(WebAddress(name.defaultBaseURL))
            let account = Account(service: name, baseURL: url, credential: .failure(.interrupted))
            try service(account).check(MediaFile(input: input, type: type, fileType: type.fileType))
        }
    }

    @Test(arguments: ["image/png", "image/jpeg", "image/webp", "IMAGE/PNG; a=b"], [1, 26_214_400])
    func figurTakes(_ type: String, _ bytes: Int) async throws {
        try await check(Figur.init, name: .figur, type: type, bytes: bytes)
    }

    @Test(arguments: [
        ("image/gif", 1, "unsupported_type"), ("video/mp4", 1, "unsupported_type"),
        ("image/png", 26_214_401, "too_large"),
        ("image/svg+xml", 1, "unsupported_type"), ("image/gif", 26_214_401, "unsupported_type"),
    ])
    func figurRefuses(_ type: String, _ bytes: Int, _ code: String) async throws {
        let failure = await #expect(throws: Failure.self) {
            try await check(Figur.init, name: .figur, type: type, bytes: bytes)
        }
        #expect(failure?.kind == .refusedHere)
        #expect(failure?.code == code)
    }

    @Test(arguments: [(5_368_709_120, nil), (5_368_709_121, "too_large")] as [(Int, String?)])
    func eachLabsTakesFiveGibibytes(_ bytes: Int, _ code: String?) async throws {
        let options = try InitiateOptions(owner: "org-1")
        var found: Failure?
        do {
            try await check(
                { EachLabsStorage(EachLabsAPI($0), options: options) },
                name: .eachlabs,
                type: "application/zip",
                bytes: bytes
            )
        } catch let failure as Failure {
            found = failure
        }
        #expect(found?.code == code)
    }

    @Test(arguments: ["org-1", "org-a_b.C", "org--"])
    func owner(_ owner: String) throws {
        #expect(try InitiateOptions(owner: owner).owner == owner)
    }

    @Test(arguments: ["", "org-", "org", "Org-1", "1", "org-a b", "org-é", "org-a\n", " org-1", "org-\u{1B}"])
    func badOwner(_ owner: String) {
        let failure = #expect(throws: Failure.self) { _ = try InitiateOptions(owner: owner) }
        #expect(failure?.kind == .usage)
        #expect(failure?.message.contains("\u{1B}") == false)
    }

    @Test(arguments: FileType.allCases)
    func durationsBelongToTheirMedia(_ type: FileType) throws {
        let audio = try options { $0.audioDuration = 1 }
        let video = try options { $0.videoDuration = 1 }
        let bitrate = try options { $0.videoBitrate = 1 }
        for (options, home) in [(audio, FileType.audio), (video, .video), (bitrate, .video)] {
            var failure: Failure?
            do throws(Failure) { try options.check(against: type) } catch { failure = error }
            #expect(failure?.kind == (type == home ? nil : .usage))
        }
        try InitiateOptions(owner: "org-1").check(against: type)
    }

    @Test func initiateBody() async throws {
        try await withInputFile("x".utf8) { input throws in
            let file = MediaFile(input: input, type: .init(known: "audio/mp4"), fileType: .audio)
            let plain = #"{"owner":"org-1","uploader":"customer","file_type":"audio","content_type":"audio/mp4"}"#
            #expect(try InitiateOptions(owner: "org-1").json(for: file.media).description == plain)
            let full = try options {
                $0.callbackURL = "https://h/cb?a=\"b\""
                $0.audioDuration = 1008.32
                $0.videoDuration = 12
                $0.videoBitrate = 0.5
            }
            let rest =
                #","callback_url":"https://h/cb?a=\"b\"","audio_duration_seconds":1008.32,"video_duration_seconds":12,"#
                + #""video_bitrate_kbps":0.5}"#
            #expect(full.json(for: file.media).description == plain.dropLast() + rest)
        }
    }

    /// What goes out is JSON, however large or small the number.
    @Test(arguments: [0, 1e20, 1e-7, 1.7976931348623157e308, 9_007_199_254_740_992, 9.3e18])
    func numbersAreJSON(_ number: Double) async throws {
        try await withInputFile("x".utf8) { input throws in
            let file = MediaFile(input: input, type: .init(known: "audio/mp4"), fileType: .audio)
            let json = try options { $0.audioDuration = number }.json(for: file.media)
            guard case .number(let literal)? = json["audio_duration_seconds"] else { throw Failure.interrupted }
            #expect(Double(literal) == number)
            #expect(literal.allSatisfy { "0123456789.eE+-".contains($0) })
        }
    }

    private func options(_ change: (inout InitiateOptions) -> Void) throws(Failure) -> InitiateOptions {
        var options = try InitiateOptions(owner: "org-1")
        change(&options)
        return options
    }
}
