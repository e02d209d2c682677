import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistServices

/// The error shapes that services have in common, those of the two contracts first.
@Suite struct ErrorReplyTests {
    @Test(
        arguments: [
            (
                #"{"error":{"code":"rate_limited","message":"slow down","request_id":"r-1"}}"#, "rate_limited",
                "slow down", "r-1"
            ),
            (#"{"error":{"message":"no code"}}"#, nil, "no code", nil),
            (#"{"error":{"code":"","message":"m","request_id":null}}"#, nil, "m", nil),
            (
                #"{"status":400,"error":"owner is required","code":"BAD_REQUEST","request_id":"4bf9","details":{}}"#,
                "BAD_REQUEST", "owner is required", "4bf9"
            ),
            (
                #"{"status":400,"error":"bad","code":"BAD_REQUEST","request_id":"r","details":{"field":"owner"}}"#,
                "BAD_REQUEST", #"bad {"field":"owner"}"#, "r"
            ),
            (#"{"error":"text","details":null}"#, nil, "text", nil),
            (#"{"detail":"Not authenticated"}"#, nil, "Not authenticated", nil),
            (
                #"{"detail":[{"loc":["body","file"],"msg":"Field required","type":"missing"}]}"#,
                "validation_error", "body.file: Field required", nil
            ),
            (
                #"{"detail":[{"loc":["body",0,"a"],"msg":"one","type":"t"},{"loc":["query"],"msg":"two","type":"t"}]}"#,
                "validation_error", "body.0.a: one; query: two", nil
            ),
            (#"{"detail":[{"unknown":1}]}"#, "validation_error", #"{"unknown":1}"#, nil),
            (#"{"message":"m","code":7}"#, nil, "m", nil),
            (#"{"type":"about:blank","title":"Not found","status":404}"#, nil, "Not found", nil),
            (#"{"errors":[{"code":5400,"message":"one"},"two"],"success":false}"#, nil, "one; two", nil),
            (
                #"{"error":{"type":"invalid_request_error","message":"m","code":null}}"#, "invalid_request_error", "m",
                nil
            ),
        ] as [(String, String?, String, String?)]
    )
    func shapes(_ body: String, _ code: String?, _ message: String, _ requestID: String?) throws {
        let json = try #require(JSONValue(parsing: body))
        let error = try #require(ErrorReply(json))
        #expect(error.code == code)
        #expect(error.message == message)
        #expect(error.requestID == requestID)
    }

    /// What a description says counts more than what is common, and the first path that has a text.
    @Test func pathsOfADescription() throws {
        let json = try #require(JSONValue(parsing: #"{"error":"e","fault":{"text":"f","no":3},"trace":"t"}"#))
        var paths = ErrorPaths()
        paths.message = try [ValuePath("fault.words"), ValuePath("fault.text")].map { try #require($0) }
        paths.code = [try #require(ValuePath("fault.no"))]
        paths.requestID = [try #require(ValuePath("trace"))]
        let error = try #require(ErrorReply(json, paths))
        #expect(error.message == "f" && error.code == "3" && error.requestID == "t")
    }

    @Test func aMessageIsNoLongerThanAnybodyReads() throws {
        let json = try #require(JSONValue(parsing: #"{"error":"\#(String(repeating: "x", count: 5000))"}"#))
        #expect(ErrorReply(json)?.message.count == 1000)
    }

    @Test(arguments: [
        "{}", "[]", "null", "1", #""error""#, #"{"error":{}}"#, #"{"error":{"code":"x"}}"#, #"{"error":null}"#,
        #"{"error":1}"#,
        #"{"error":{"message":1}}"#, #"{"detail":[]}"#, #"{"detail":{}}"#, #"{"message":1}"#, #"{"errors":{}}"#,
        #"[{"error":"x"}]"#,
    ])
    func noneOfThem(_ body: String) throws {
        let json = try #require(JSONValue(parsing: body))
        #expect(ErrorReply(json) == nil)
    }
}
