import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistMedia
@testable import HoistServices

@Suite struct NearestTests {
    @Test(
        arguments: [
            ("titel", "title"), ("TITLE", "title"), ("bas_url", "base_url"), ("baseurl", "base_url"), ("dosc", "docs"),
            ("x", nil),
            ("headers_", "headers"), ("completely", nil), ("", nil), (String(repeating: "title", count: 13), nil),
        ] as [(String, String?)])
    func theNearestWord(_ word: String, _ near: String?) {
        let known = ["title", "docs", "base_url", "headers"]
        #expect(Nearest.word(to: word, among: known) == near)
        #expect(Nearest.hint(for: word, among: known) == (near.map { "; did you mean '\($0)'?" } ?? ""))
    }

    @Test func theFirstOfEquals() { #expect(Nearest.word(to: "abcx", among: ["abcd", "abce"]) == "abcd") }

    @Test func nothingKnown() { #expect(Nearest.word(to: "a", among: []) == nil) }
}

@Suite struct TypePatternTests {
    @Test(arguments: [
        ("image/png", "image/png", true), ("IMAGE/PNG", "image/png", true), ("image/png", "image/png; a=b", true),
        ("image/*", "image/svg+xml", true), ("image/*", "video/mp4", false), ("image/*", "images/x", false),
        ("image/png", "image/pngx", false),
        ("application/*", "application/zip", true),
    ])
    func matches(_ pattern: String, _ type: String, _ does: Bool) throws {
        #expect(try #require(TypePattern(pattern)).matches(try #require(MediaType(type))) == does)
    }

    @Test(arguments: [
        "", "*", "*/*", "image", "image/", "/png", "image/p ng", "image/png/x", "im*ge/png", "image/p*", "image/*/*",
    ])
    func noPatterns(_ text: String) {
        #expect(TypePattern(text) == nil)
    }
}

@Suite struct LimitsTests {
    @Test(
        arguments: [
            (1, "1 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (1536, "1.5 KiB"), (1_000_000, "1 MB"),
            (1_048_576, "1 MiB"),
            (26_214_400, "25 MiB"), (104_857_600, "100 MiB"), (100_000_000, "100 MB"), (5_368_709_120, "5 GiB"),
            (2_000_000_000, "2 GB"),
            (2_200_000_000, "2.2 GB"), (1_000_000_000_000, "1 TB"), (1 << 40, "1 TiB"), (1_234_567, "1234567 bytes"),
            (26_214_401, "26214401 bytes"),
            (1 << 50, "1024 TiB"),
        ] as [(Int64, String)])
    func size(_ bytes: Int64, _ text: String) { #expect(Limits.size(bytes) == text) }

    @Test(arguments: [
        (["image/png"], "PNG"), (["image/jpeg", "image/png"], "JPEG or PNG"),
        (["image/jpeg", "image/png", "image/webp"], "JPEG, PNG or WebP"),
        (["image/png", "video/*"], "PNG or video"), (["image/*"], "images"), ([], ""),
        (["audio/mp4", "video/mp4", "model/gltf-binary", "video/quicktime"], "MP4, model/gltf-binary or QuickTime"),
    ])
    func phrase(_ types: [String], _ text: String) throws {
        #expect(Limits.phrase(try types.map { try #require(TypePattern($0)) }) == text)
    }

    @Test func theOtherWord() throws {
        let types = try ["image/png", "image/gif"].map { try #require(TypePattern($0)) }
        #expect(Limits.phrase(types, "and") == "PNG and GIF")
    }

    private static func limits(types: [String] = [], listed: [String] = [], largest: Int64? = nil) throws -> Limits {
        Limits(
            types: try types.map { try #require(TypePattern($0)) },
            listed: try listed.map { try #require(TypePattern($0)) },
            largest: largest)
    }

    @Test func aRefusalSaysWhatIsTaken() async throws {
        try await withInputFile("12345".utf8, name: "a.gif") { input throws in
            let file = MediaFile(
                input: input, type: .init(known: "image/gif"), fileType: .image, basis: .sniffed)
            let types = try Self.limits(types: ["image/png", "image/webp"]).refusal(of: file, by: "S")
            #expect(types?.kind == .refusedHere && types?.code == "unsupported_type")
            #expect(
                types?.message
                    == "S takes PNG or WebP, not GIF; convert it first: convert \(input.path) \(input.path.dropLast(3))png"
            )
            let size = try Self.limits(largest: 4).refusal(of: file, by: "S")
            #expect(size?.kind == .refusedHere && size?.code == "too_large")
            #expect(size?.message == "the file is 5 bytes; S's limit is 4 bytes")
            #expect(try Self.limits(types: ["image/*"], largest: 5).refusal(of: file, by: "S") == nil)
            #expect(try Self.limits().refusal(of: file, by: "S") == nil)
        }
    }

    @Test func aTypeThatIsNotListedIsWarnedOf() throws {
        let limits = try Self.limits(listed: ["video/mp4", "image/*"])
        let (flac, png) = (MediaType(known: "audio/flac"), MediaType(known: "image/png"))
        #expect(
            limits.warning(about: flac, by: "S")
                == "S lists MP4 and images; audio/flac is none of them and may be refused")
        #expect(!limits.isListed(flac) && limits.isListed(png) && limits.isListed(nil))
        #expect(try Self.limits().isListed(flac))
        #expect(limits.kind(of: MediaDescription(type: flac, fileType: nil)) == .other)
        #expect(limits.kind(of: MediaDescription(type: png, fileType: nil)) == .image)
        #expect(
            limits.kind(of: MediaDescription(type: flac, fileType: .video)) == .video, "what the user says counts more")
        #expect(try Self.limits().kind(of: MediaDescription(type: flac, fileType: nil)) == .audio)
        #expect(limits.kind(of: MediaDescription(type: nil, fileType: .audio)) == .audio)
    }
}

@Suite struct StatusMeaningTests {
    @Test(arguments: [
        (301, FailureClass.contract, "redirected"), (308, .contract, "redirected"), (400, .refusedByService, "refused"),
        (401, .notAllowed, "unauthorized"), (402, .notAllowed, "payment_required"), (403, .notAllowed, "forbidden"),
        (404, .refusedByService, "refused"), (408, .temporary, "service_trouble"), (409, .refusedByService, "refused"),
        (413, .refusedByService, "refused"), (415, .refusedByService, "refused"), (418, .refusedByService, "refused"),
        (422, .refusedByService, "refused"), (425, .temporary, "service_trouble"), (429, .temporary, "rate_limited"),
        (499, .refusedByService, "refused"), (500, .temporary, "service_trouble"), (503, .temporary, "service_trouble"),
        (599, .temporary, "service_trouble"), (200, .contract, "unexpected_reply"),
        (100, .contract, "unexpected_reply"),
        (0, .contract, "unexpected_reply"), (-1, .contract, "unexpected_reply"),
    ])
    func table(_ status: Int, _ kind: FailureClass, _ code: String) {
        let meaning = StatusMeaning(status)
        #expect(meaning.kind == kind && meaning.code == code)
    }
}

@Suite struct UploadStateTests {
    private static func states(done: [String] = [], failed: [String] = []) throws -> Call.States {
        Call.States(state: try #require(ValuePath("status")), done: done, failed: failed, reason: nil)
    }

    private static func state(_ word: String, _ states: Call.States) -> UploadState {
        UploadState(word, of: states, reason: "why")
    }

    @Test(
        arguments: [
            ("PENDING", nil), ("UPLOADING", nil), ("PROCESSING", nil), ("COMPLETED", true), ("ERROR", false),
            ("FAILED", false), ("completed", true),
            ("error", false), ("", nil), ("NEW_WORD", nil), ("COMPLETED ", nil),
        ] as [(String, Bool?)])
    func theVendorsWords(_ word: String, _ isGood: Bool?) throws {
        let service = try Service(builtIn: "eachlabs")
        let state = Self.state(word, try #require(service.description.calls[.status]?.states))
        let expected: UploadState =
            switch isGood {
            case nil: .underWay(word)
            case true?: .finished(word)
            case false?: .failed(word, reason: "why")
            }
        #expect(state == expected)
        #expect(state.word == word)
    }

    /// Where a description says which words are an end, no other is; where it says nothing, the common ones are.
    @Test func theDescriptionsWordsAreAll() throws {
        let own = try Self.states(done: ["Fertig"], failed: ["Kaputt"])
        #expect(
            Self.state("FERTIG", own) == .finished("FERTIG")
                && Self.state("kaputt", own) == .failed("kaputt", reason: "why"))
        #expect(
            Self.state("COMPLETED", own) == .underWay("COMPLETED") && Self.state("ERROR", own) == .underWay("ERROR"))
        let none = try Self.states()
        for word in ["ready", "Succeeded", "AVAILABLE"] { #expect(Self.state(word, none) == .finished(word)) }
        for word in ["failed", "Expired", "CANCELED"] {
            #expect(Self.state(word, none) == .failed(word, reason: "why"))
        }
        let half = try Self.states(done: ["ok"])
        #expect(
            Self.state("READY", half) == .underWay("READY")
                && Self.state("FAILED", half) == .failed("FAILED", reason: "why"))
    }

    @Test func whatARecordHasOfIt() {
        #expect(UploadState.underWay("P").receipt.fields == [.init("status", .string("P"))])
        #expect(UploadState.underWay("").receipt.fields.isEmpty)
        #expect(
            UploadState.failed("E", reason: "bad codec").receipt.fields == [
                .init("status", .string("E")), .init("status_reason", .string("bad codec")),
            ])
        #expect(UploadState.failed("E", reason: nil).receipt.fields == [.init("status", .string("E"))])
    }

    @Test func onlyAFailureThrows() throws {
        #expect(try UploadState.underWay("P").isFinished(at: "S") == false)
        #expect(try UploadState.finished("C").isFinished(at: "S"))
        let failure = #expect(throws: Failure.self) {
            _ = try UploadState.failed("E\u{1B}", reason: "bad\ncodec").isFinished(at: "S")
        }
        #expect(failure?.kind == .refusedByService && failure?.code == "processing_failed")
        #expect(failure?.message == #"S could not process it: its status is E\u{1b} (bad\u{a}codec)"#)
    }
}
