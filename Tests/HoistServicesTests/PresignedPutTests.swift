import HTTPTypes
import Testing

@testable import HoistCore
@testable import HoistServices
@testable import HoistTransport

@Suite struct PresignedPutTests {
    private static let url = "https://s3.us-east-1.amazonaws.com/b/k.m4a?X-Amz-Signature=abc%2Fdef"

    private func put(
        _ headers: [(String, String)],
        url: String = url,
        length: Int64 = 10
    ) throws(Failure) -> PresignedPut {
        try PresignedPut(url: url, headers: headers.map { .init($0.0, .string($0.1)) }, length: length)
    }

    /// The example of the contract: the signature covers every byte of it.
    @Test func headersGoOutAsGiven() throws {
        let headers = [
            ("Content-Type", "audio/mp4"), ("x-amz-meta-file-id", "550e8400-e29b-41d4-a716-446655440000"),
            ("x-amz-meta-audio-duration-seconds", "1008.32"), ("x-amz-tagging", "uploader=customer&ttl_days=30"),
            ("X-Amz-Meta-Mixed", "a  b\tc"), ("x-amz-meta-empty", ""), ("x-amz-meta-title", "Übung 日本"),
        ]
        let put = try put(headers)
        #expect(put.fields.map(\.name.rawName) == headers.map(\.0))
        #expect(put.fields.map(\.value) == headers.map(\.1))
        #expect(put.address.description == Self.url)
    }

    @Test func noHeadersAtAll() throws {
        #expect(try put([]).fields.isEmpty)
    }

    /// White space around a value is no part of it (RFC 9110, section 5.5).
    @Test func whiteSpaceAroundAValueIsLeftOut() throws {
        #expect(try put([("x-amz-meta-a", " \ta b\t ")]).fields.map(\.value) == ["a b"])
    }

    @Test(arguments: [
        ("a\r\nX-API-Key: k"), "a\nb", "a\rb", "a\r\n", "\na", "a\0b", "\u{1}", "\u{1B}[2J", "a\u{7F}",
    ])
    func valueThatWouldBreakTheRequest(_ value: String) {
        expectRefusal { () throws(Failure) in try put([("x-amz-meta-a", value)]) }
    }

    @Test(arguments: ["", " ", "a b", "a:b", ":path", "a\r\nb", "ä", "a\0", "a\n", "(a)"])
    func nameThatIsNone(_ name: String) {
        expectRefusal { () throws(Failure) in try put([(name, "v")]) }
    }

    @Test(arguments: [
        ("Transfer-Encoding", "chunked"), ("transfer-encoding", ""), ("Connection", "close"),
        ("CONNECTION", "keep-alive"),
        ("Host", "evil.example"), ("host", ""), ("Content-Length", "11"), ("content-length", ""),
        ("Content-Length", "+10"),
        ("Content-Length", "10, 10"), ("Content-Length", "-1"),
    ])
    func headerThatWouldBreakTheRequest(_ name: String, _ value: String) {
        expectRefusal { () throws(Failure) in try put([("x-amz-meta-a", "1"), (name, value)]) }
    }

    @Test(arguments: ["Host", "host"], ["Content-Length", "CONTENT-LENGTH"])
    func whatLibcurlSendsItselfIsLeftOut(_ host: String, _ length: String) throws {
        let put = try put([(host, "s3.us-east-1.amazonaws.com"), ("x-amz-acl", "private"), (length, " 10 ")])
        #expect(put.fields.map(\.name.rawName) == ["x-amz-acl"])
    }

    @Test func zeroLength() throws {
        #expect(try put([("Content-Length", "0")], length: 0).fields.isEmpty)
        expectRefusal { () throws(Failure) in try put([("Content-Length", "10")], length: 0) }
    }

    @Test func hostHasItsPort() throws {
        let url = "http://127.0.0.1:9000/b/k"
        #expect(try put([("Host", "127.0.0.1:9000")], url: url).fields.isEmpty)
        expectRefusal { () throws(Failure) in try put([("Host", "127.0.0.1")], url: url) }
    }

    @Test(arguments: [JSONValue.null, .bool(true), .array([]), .object([])])
    func valueThatIsNoText(_ value: JSONValue) {
        expectRefusal { () throws(Failure) in
            try PresignedPut(url: Self.url, headers: [.init("x-amz-meta-a", value)], length: 1)
        }
    }

    @Test(arguments: [
        "", "s3.amazonaws.com/b/k", "/b/k", "ftp://h/k", "file:///etc/passwd", "http://s3.amazonaws.com/b/k",
        "http://127.0.0.1.evil.com/", "https://user:pass@h/k", "https://h/k#x", "https://h/a b", "https://h/\r\nX: y",
        "http://10.0.0.1/k",
    ])
    func urlNotToBeSentTo(_ url: String) {
        expectRefusal { () throws(Failure) in try put([], url: url) }
    }

    /// A refused URL is as much of a secret as any: its signature may still be good.
    @Test(arguments: [
        "http://h/k?X-Amz-Signature=TOPSECRET", "ftp://h/k?sig=TOPSECRET&x=1",
        "https://h/k?X-Goog-Signature=TOPSECRET#x",
        "https://user:TOPSECRET@h/k",
    ])
    func refusedURLKeepsItsSecrets(_ url: String) {
        let failure = #expect(throws: Failure.self) { () throws(Failure) in try put([], url: url) }
        #expect(failure?.message.contains("TOPSECRET") == false)
    }

    /// A reply has room for more headers than a request can carry.
    @Test func moreHeadersThanThereCanBe() async {
        await #expect(processExitsWith: .success) {
            let headers = (0..<70_000).map { JSONValue.Member("h\($0)", .string("")) }
            #expect(throws: Failure.self) { _ = try PresignedPut(url: "https://h/k", headers: headers, length: 1) }
        }
    }

    @Test func httpToThisMachine() throws {
        #expect(try put([], url: "http://[::1]:9000/b/k?a=b").address.authority == "[::1]:9000")
    }

    private func expectRefusal(_ work: () throws(Failure) -> PresignedPut) {
        let failure = #expect(throws: Failure.self) { () throws(Failure) in try work() }
        #expect(failure?.kind == .contract)
        #expect(failure?.code == "unusable_presigned_url")
    }
}
