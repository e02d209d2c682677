import Testing

@testable import HoistCore
@testable import HoistServices
@testable import HoistUploads

@Suite struct RecordTests {
    private static func success() -> Record {
        var record = Record(.file("shot.png"), service: "figur")
        record.bytes = 4908
        record.contentType = "image/png"
        record.fileType = .image
        record.receipt.fields = [.init("upload_key", .string("k")), .init("image_url", .string("u"))]
        record.attempts = 1
        record.elapsed = .milliseconds(210)
        return record
    }

    @Test func successInItsPublishedShape() {
        let expected =
            #"{"ok":true,"file":"shot.png","bytes":4908,"content_type":"image/png","file_type":"image","service":"figur","#
            + #""upload_key":"k","image_url":"u","attempts":1,"seconds":0.21}"#
        #expect(Self.success().json.description == expected)
    }

    @Test func failureInItsPublishedShape() {
        var record = Record(.file("notes.gif"), service: "eachlabs")
        record.failure = Failure(.refusedHere, code: "unsupported_type", "no gif")
        let expected =
            #"{"ok":false,"file":"notes.gif","bytes":null,"content_type":null,"file_type":null,"service":"eachlabs","#
            + #""attempts":0,"seconds":0.0,"error":{"class":"refused_here","code":"unsupported_type","message":"no gif","#
            + #""retryable":false,"http_status":null,"request_id":null}}"#
        #expect(record.json.description == expected)
    }

    @Test func errorOfAService() {
        let failure = Failure(.temporary, code: "SlowDown", "m", httpStatus: 503, requestID: "r")
        let expected =
            #"{"class":"temporary","code":"SlowDown","message":"m","retryable":true,"http_status":503,"request_id":"r"}"#
        #expect(failure.json.description == expected)
    }

    @Test func warningsAndFailureComeLast() {
        var record = Self.success()
        record.warnings = ["one", "two"]
        record.failure = .interrupted
        guard case .object(let members) = record.json else { return }
        #expect(members.map(\.name).suffix(4) == ["attempts", "seconds", "warnings", "error"])
        #expect(record.json["warnings"] == .array([.string("one"), .string("two")]))
        #expect(record.json["upload_key"]?.text == "k")
    }

    @Test(arguments: [
        "ok", "file", "bytes", "content_type", "file_type", "service", "attempts", "seconds", "warnings", "error",
    ])
    func serviceDoesNotReplaceWhatHoistSays(_ name: String) {
        let plain = Self.success()
        var record = plain
        record.receipt.fields.insert(.init(name, .string("theirs")), at: 0)
        guard case .object(let members) = record.json else { return }
        #expect(.object(members.filter { $0.name != "service_\(name)" }) == plain.json)
        #expect(record.json["service_\(name)"]?.text == "theirs")
    }

    /// What says the same as hoist, or nothing, is not said twice.
    @Test func aServiceThatAgreesIsNotRepeated() {
        let plain = Self.success()
        var record = plain
        record.receipt.fields += [
            .init("content_type", .string("image/png")), .init("bytes", .number("4908")), .init("error", .null),
        ]
        #expect(record.json == plain.json)
    }

    /// The id that was asked about is hoist's own key there.
    @Test func anUploadIsKnownByTheIDThatWasGiven() {
        var record = Record(.upload(id: "A"), service: "eachlabs")
        record.receipt.fields = [.init("id", .string("a")), .init("status", .string("PENDING"))]
        #expect(record.json["id"]?.text == "A")
        #expect(record.json["service_id"]?.text == "a")
        record.receipt.fields = [.init("id", .string("A"))]
        #expect(record.json["service_id"] == nil)
    }

    @Test(arguments: [
        (Duration.zero, "0.0"), (.milliseconds(210), "0.21"), (.milliseconds(1), "0.001"), (.seconds(12), "12.0"),
        (.milliseconds(10), "0.01"), (.microseconds(999), "0.0"), (.milliseconds(3_600_100), "3600.1"),
        (.seconds(1e9), "1000000000.0"),
    ])
    func seconds(_ duration: Duration, _ literal: String) {
        #expect(duration.secondsLiteral == literal)
    }

    @Test(
        arguments: [
            ([], 0), ([.temporary], 75), ([.notAllowed], 77), ([.interrupted], 130), ([.refusedHere, .temporary], 1),
            ([.noInput, .refusedByService, .contract], 1),
        ] as [(Set<FailureClass>, Int32)]
    )
    func exitCode(_ failures: Set<FailureClass>, _ code: Int32) {
        #expect(Record.exitCode(of: failures) == code)
    }

    /// sysexits.h, and the design's table.
    @Test func classesAreExitCodes() {
        let codes = Set(FailureClass.allCases.map(\.rawValue))
        #expect(codes == [64, 65, 66, 69, 70, 74, 75, 76, 77, 78, 130])
        #expect(Set(FailureClass.allCases.map(\.name)).count == FailureClass.allCases.count)
        #expect(FailureClass.allCases.filter(\.isRetryable) == [.temporary, .interrupted])
    }

    @Test func receiptWithoutSecrets() {
        let receipt = Receipt(fields: [.init("id", .string("i")), .init("upload_url", .string("u"))])
        #expect(receipt.without(["upload_url", "required_headers"]).fields == [.init("id", .string("i"))])
    }

    @Test(arguments: [
        ("upload_key", "k"), ("bytes", "4908"), ("ok", "true"), ("no_such_field", ""), ("error", ""),
        ("seconds", "0.21"),
        ("nothing", ""), ("nested", #"{"a":"b"}"#), ("hostile", #"\u{1b}[2J\u{a}x"#),
    ])
    func fieldIsWrittenRaw(_ name: String, _ line: String) throws {
        var record = Self.success()
        record.receipt.fields += [
            .init("nothing", .null), .init("nested", .object([.init("a", .string("b"))])),
            .init("hostile", .string("\u{1B}[2J\nx")),
        ]
        #expect(RecordFormat.fields(try #require(FieldList(name))).line(for: record) == Array(line.utf8))
    }

    /// Of what failed, nothing can be used but what it is and why.
    @Test func fieldsOfAFailure() throws {
        var record = Self.success()
        record.names = UploadNames(handles: ["upload_key"], ids: ["id", "asset_id"])
        record.receipt.fields += [
            .init("id", .string("i")), .init("asset_id", .string("a")), .init("a.b", .string("dot")),
        ]
        let list = try #require(FieldList(".ok,id,asset_id,upload_key,a.b,bytes,error.code"))
        #expect(list.line(for: record) == Array("true\ti\ta\tk\tdot\t4908\t".utf8))
        record.failure = Failure(.contract, code: "c", "m")
        #expect(list.line(for: record) == Array("false\ti\ta\t\t\t\tc".utf8))
        for wrong in ["", ",", "a,", ",a", ".", "a,.,b"] { #expect(FieldList(wrong) == nil) }
    }

    @Test func jsonLine() {
        let record = Self.success()
        #expect(RecordFormat.json.line(for: record) == record.json.bytes)
    }
}
