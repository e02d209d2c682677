import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistServices
@testable import HoistTransport

@Suite struct ServiceReplyTests {
    static let key = "sk_live_0123456789"

    /// - Parameter name: the service, whose first call the reply is to.
    static func take(
        _ reply: Reply, service name: String = "figur", key: String = key
    ) throws -> (failure: Failure?, receipt: Receipt) {
        let service = try Service(builtIn: name, key: key)
        return try service.take(reply, to: service.description.has(.prepare) ? .prepare : .upload)
    }

    static func failure(_ reply: Reply, service name: String = "figur", key: String = key) throws -> Failure {
        try #require(try take(reply, service: name, key: key).failure)
    }

    @Test(arguments: [200, 201, 202, 299])
    func fieldsPassThrough(status: Int) throws {
        let body = #"{"upload_key":"k","image_url":"u","new":{"a":[1,null]}}"#
        let (failure, receipt) = try Self.take(Reply(status, body))
        #expect(failure == nil)
        #expect(JSONValue.object(receipt.fields).description == body)
    }

    @Test(arguments: [
        "", "{", "[]", "null", "<html></html>", #""upload_key""#, #"{"upload_key":""}"#, #"{"upload_key":null}"#,
        #"{"upload_key":1}"#, #"{"image_url":"u"}"#, #"{"upload_key":"k"}x"#,
    ])
    func goodStatusWithSomethingElse(_ body: String) throws {
        let failure = try Self.failure(Reply(200, body))
        #expect(failure.kind == .contract)
        #expect(failure.code == "unexpected_reply")
        #expect(failure.httpStatus == 200)
    }

    /// Over HTTP/1, a reply without a length ends with its connection, whoever ended that.
    @Test(arguments: ["", "{", #"{"upload_key":"k","image_"#])
    func aReplyThatMayBeCutIsALostConnection(_ body: String) throws {
        let reply = Reply(status: 200, headerLines: [], body: Array(body.utf8))
        #expect(try Self.failure(reply).kind == .temporary)
        var framed = reply
        framed.isHTTP1 = false
        #expect(try Self.failure(framed).kind == .contract)
    }

    @Test func whatWasHandedOutIsKept() throws {
        let (failure, receipt) = try Self.take(Reply(200, #"{"upload_key":"k"}"#))
        #expect(failure?.message.contains("image_url") == true)
        #expect(receipt.fields == [.init("upload_key", .string("k"))])
    }

    /// Also by a refusal: whatever it is known by, and nothing else that is in it.
    @Test func whatARefusalHandsOutIsKept() throws {
        let body = #"{"error":{"message":"m"},"upload_key":"k","hint":"h"}"#
        let (failure, receipt) = try Self.take(Reply(409, body))
        #expect(failure?.kind == .refusedByService)
        #expect(receipt.fields == [.init("upload_key", .string("k"))])
    }

    @Test(arguments: [
        (400, FailureClass.refusedByService), (404, .refusedByService), (409, .refusedByService),
        (413, .refusedByService),
        (415, .refusedByService), (422, .refusedByService), (401, .notAllowed), (403, .notAllowed), (408, .temporary),
        (429, .temporary), (500, .temporary), (502, .temporary), (503, .temporary), (504, .temporary), (301, .contract),
        (307, .contract),
    ])
    func classOfStatus(_ status: Int, _ kind: FailureClass) throws {
        let documented = Reply(status, #"{"error":{"code":"their_code","message":"their words","request_id":"r-1"}}"#)
        let failure = try Self.failure(documented)
        #expect(failure.kind == kind)
        #expect(failure.code == "their_code")
        #expect(failure.httpStatus == status)
        #expect(failure.requestID == "r-1")
        if kind != .contract { #expect(failure.message.contains("their words")) }
    }

    /// What a proxy or a load balancer in between says is no contract's shape, but its status is as good.
    @Test(arguments: [
        (401, FailureClass.notAllowed), (403, .notAllowed), (408, .temporary), (429, .temporary), (500, .temporary),
        (502, .temporary), (503, .temporary), (413, .refusedByService),
    ])
    func classOfStatusFromSomebodyInBetween(_ status: Int, _ kind: FailureClass) throws {
        let failure = try Self.failure(Reply(status, "<html><h1>Sorry</h1></html>"))
        #expect(failure.kind == kind)
        #expect(failure.message.contains("Sorry"))
    }

    @Test(arguments: ["{}", "", "[]"])
    func unauthorizedWithoutWords(_ body: String) throws {
        let failure = try Self.failure(Reply(401, body), service: "eachlabs")
        #expect(failure.kind == .notAllowed)
        #expect(failure.code == "unauthorized")
        #expect(failure.message.contains("EACHLABS_API_KEY"))
    }

    @Test func requestIDFromTheHeader() throws {
        let failure = try Self.failure(Reply(503, "", headers: [("X-Request-Id", "r-2")]))
        #expect(failure.requestID == "r-2")
    }

    @Test(arguments: [("7", 7.0), ("0", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 0)])
    func retryAfter(_ value: String, _ seconds: Double) throws {
        #expect(try Self.failure(Reply(429, "{}", headers: [("Retry-After", value)])).retryAfter == seconds)
    }

    @Test func redirectIsNotFollowedAndKeepsItsSecrets() throws {
        let location = "https://elsewhere.example/x?token=TOPSECRET&a=b"
        let failure = try Self.failure(Reply(302, "", headers: [("Location", location)]))
        #expect(failure.kind == .contract)
        #expect(failure.code == "redirected")
        #expect(failure.message.contains("elsewhere.example/x?token=[redacted]&a=b"))
    }
}

/// What a server repeats of a request is not to show the key that came with it.
@Suite struct RepeatedKeyTests {
    private func expectNoKey(_ reply: Reply, key: String = ServiceReplyTests.key) throws {
        let (failure, receipt) = try ServiceReplyTests.take(reply, key: key)
        let told = try #require(failure)
        for text in [told.message, told.code, told.requestID ?? ""] + receipt.fields.map({ "\($0.value)" }) {
            #expect(!text.contains(key), "\(text)")
            // Half a key is still half a secret.
            #expect(!text.contains(key.prefix(key.count / 2)), "\(text)")
        }
    }

    @Test(
        arguments: [200, 302, 400, 401, 403, 404, 422, 429, 500],
        [
            #"{"error":{"code":"KEY","message":"bad key KEY","request_id":"KEY"}}"#, #"{"detail":"KEY"}"#, "KEY",
            "<p>KEYKEY</p>",
            #"{"image_url":"https://h/?k=KEY"}"#, #"{"detail":[{"loc":["header","KEY"],"msg":"KEY","type":"t"}]}"#,
        ]
    )
    func inTheBody(_ status: Int, _ body: String) throws {
        try expectNoKey(Reply(status, body.replacing("KEY", with: ServiceReplyTests.key)))
    }

    @Test(arguments: 150..<200)
    func whereTheExcerptIsCut(position: Int) throws {
        try expectNoKey(Reply(404, String(repeating: "x", count: position) + ServiceReplyTests.key))
    }

    @Test func asJSONWritesIt() throws {
        let escaped = #"{"error":{"code":"c","message":"sk\u005flive_0123456789"}}"#
        try expectNoKey(Reply(400, escaped))
        try expectNoKey(Reply(400, #"{"detail":"key sk\/live\/0123456789"}"#), key: "sk/live/0123456789")
        try expectNoKey(Reply(400, #"{"detail":"key sk\"live\\0123456789"}"#), key: #"sk"live\0123456789"#)
    }

    @Test func inHeaders() throws {
        try expectNoKey(Reply(500, "", headers: [("X-Request-Id", ServiceReplyTests.key)]))
        try expectNoKey(Reply(302, "", headers: [("Location", "https://h/\(ServiceReplyTests.key)")]))
    }

    /// A key and a combining mark behind it are other characters to Swift, but the key is there to be copied.
    @Test func beforeACombiningMark() throws {
        let failure = try ServiceReplyTests.failure(Reply(404, "\(ServiceReplyTests.key)\u{301}"))
        #expect(!failure.message.utf8.elementsEqual("".utf8))
        #expect(!failure.message.unicodeScalars.map(String.init).joined(separator: "|").contains("8|9"))
    }

    @Test func inAGoodReply() throws {
        let body = #"{"upload_key":"a/\#(ServiceReplyTests.key)/b","image_url":"u"}"#
        let (failure, receipt) = try ServiceReplyTests.take(Reply(200, body))
        #expect(failure == nil)
        #expect(receipt.fields == [.init("upload_key", .string("a/[redacted]/b")), .init("image_url", .string("u"))])
    }

    /// A presigned URL is a secret while it lives, and a reply without its `id` is no reason to show it.
    @Test func presignedURLInABrokenReply() throws {
        let body = #"{"upload_url":"https://h/k?X-Amz-Signature=TOPSECRET"}"#
        let (failure, receipt) = try ServiceReplyTests.take(Reply(200, body), service: "eachlabs")
        #expect(failure?.kind == .contract)
        #expect(failure?.message.contains("TOPSECRET") == false)
        #expect(receipt.fields.isEmpty)
    }

    @Test func credentialPrintsNothing() throws {
        let credential = try #require(Credential(ServiceReplyTests.key, from: "FIGUR_API_KEY"))
        #expect("\(credential)" == "[redacted]")
        #expect(String(reflecting: credential) == "[redacted]")
    }

    @Test(arguments: ["", " ", "a b", "a\n", "a\r\nX: y", "clé", "a\u{0}", "a\u{7F}", "\u{FEFF}key"])
    func noKey(_ text: String) {
        #expect(Credential(text, from: "x") == nil)
    }
}
