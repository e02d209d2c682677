import Foundation
import TestSupport
import Testing

/// Every documented error of both services and of S3, and what is none of them: the exit code, the record, the line.
@Suite struct ErrorShapeTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let name: String
        var on = "figur"
        let status: Int
        let body: String
        var type = "application/json"
        let exit: Int32
        let code: String
        /// What the message has to say.
        let says: String
        var requestID: String?

        var testDescription: String { name }
    }

    static let figur = [
        Shape(
            name: "Figur 401", status: 401,
            body: #"{"error":{"code":"unauthorized","message":"Bad key","request_id":"req-1"}}"#,
            exit: 77, code: "unauthorized", says: "Bad key", requestID: "req-1"),
        Shape(
            name: "Figur 403", status: 403,
            body: #"{"error":{"code":"forbidden","message":"jobs:create is missing","request_id":"req-2"}}"#,
            exit: 77, code: "forbidden", says: "jobs:create is missing", requestID: "req-2"),
        Shape(
            name: "Figur 413", status: 413,
            body: #"{"error":{"code":"too_large","message":"25 MB at most","request_id":"req-3"}}"#,
            exit: 69, code: "too_large", says: "25 MB at most", requestID: "req-3"),
        Shape(
            name: "Figur 422 with nested loc", status: 422,
            body:
                #"{"detail":[{"loc":["body","files",0,"name"],"msg":"Too long","type":"x"},{"loc":["body"],"msg":"No","type":"y"}]}"#,
            exit: 69, code: "validation_error", says: "body.files.0.name: Too long; body: No"),
        Shape(
            name: "FastAPI detail", status: 404, body: #"{"detail":"Not Found"}"#, exit: 69, code: "refused",
            says: "Not Found"),
        Shape(
            name: "Figur 429", status: 429,
            body: #"{"error":{"code":"rate_limited","message":"Slow down","request_id":"req-4"}}"#,
            exit: 75, code: "rate_limited", says: "Slow down", requestID: "req-4"),
        Shape(
            name: "Figur 500", status: 500,
            body: #"{"error":{"code":"internal","message":"Oops","request_id":"req-5"}}"#,
            exit: 75, code: "internal", says: "Oops", requestID: "req-5"),
        Shape(
            name: "502 with HTML", status: 502, body: "<html><h1>Bad\n Gateway</h1></html>", type: "text/html",
            exit: 75,
            code: "service_trouble", says: "<html><h1>Bad Gateway</h1></html>"),
        Shape(
            name: "HTML instead of a reply", status: 200, body: "<html>Welcome</html>", type: "text/html", exit: 76,
            code: "unexpected_reply", says: "<html>Welcome</html>"),
        Shape(
            name: "HTML instead of an error", status: 400, body: "<html>Blocked</html>", type: "text/html", exit: 76,
            code: "unexpected_reply", says: "<html>Blocked</html>"),
        Shape(name: "empty", status: 200, body: "", exit: 76, code: "unexpected_reply", says: "(empty)"),
        Shape(
            name: "truncated JSON", status: 200, body: #"{"upload_key":"inp"#, exit: 76, code: "unexpected_reply",
            says: #"{"upload_key":"inp"#),
        Shape(
            name: "no upload_key", status: 200, body: #"{"image_url":"https://x"}"#, exit: 76, code: "unexpected_reply",
            says: "without upload_key"),
        Shape(
            name: "upload_key of the wrong type", status: 200, body: #"{"upload_key":7,"image_url":"https://x"}"#,
            exit: 76, code: "unexpected_reply", says: "without upload_key"),
    ]

    static let eachLabs = [
        Shape(
            name: "each::labs 400", on: "initiate", status: 400,
            body:
                #"{"status":400,"error":"Invalid owner","code":"BAD_REQUEST","request_id":"4bf9","details":{"field":"owner"}}"#,
            exit: 69, code: "BAD_REQUEST", says: #"Invalid owner {"field":"owner"}"#, requestID: "4bf9"),
        Shape(
            name: "each::labs 401", on: "initiate", status: 401,
            body: #"{"status":401,"error":"Invalid API key","code":"UNAUTHORIZED","request_id":"4bfa","details":{}}"#,
            exit: 77, code: "UNAUTHORIZED", says: "Invalid API key", requestID: "4bfa"),
        Shape(
            name: "each::labs 500", on: "initiate", status: 500,
            body: #"{"status":500,"error":"Oops","code":"INTERNAL_ERROR","request_id":"4bfb","details":{}}"#,
            exit: 75, code: "INTERNAL_ERROR", says: "Oops", requestID: "4bfb"),
        Shape(
            name: "each::labs without upload_url", on: "initiate", status: 200, body: #"{"id":"x","status":"PENDING"}"#,
            exit: 76, code: "unexpected_reply", says: "without upload_url"),
    ]

    static let storage = [
        Shape(
            name: "S3 signature mismatch", on: "put", status: 403,
            body:
                "<Error><Code>SignatureDoesNotMatch</Code><Message>It &lt;differs&gt;</Message><RequestId>R1</RequestId></Error>",
            type: "application/xml", exit: 77, code: "SignatureDoesNotMatch", says: "It <differs>", requestID: "R1"),
        Shape(
            name: "S3 expired", on: "put", status: 403,
            body: "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
            type: "application/xml", exit: 77, code: "AccessDenied", says: "presign again"),
        Shape(
            name: "S3 clock", on: "put", status: 403,
            body: "<Error><Code>RequestTimeTooSkewed</Code><Message>Too far</Message></Error>",
            type: "application/xml", exit: 77, code: "RequestTimeTooSkewed", says: "clock"),
        Shape(
            name: "S3 too large", on: "put", status: 400,
            body: "<Error><Code>EntityTooLarge</Code><Message>Too large</Message></Error>",
            type: "application/xml", exit: 69, code: "EntityTooLarge", says: "Too large"),
        Shape(
            name: "S3 slow down", on: "put", status: 503,
            body: "<Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>",
            type: "application/xml", exit: 75, code: "SlowDown", says: "Reduce your rate"),
        Shape(
            name: "S3 request timeout, a 400", on: "put", status: 400,
            body: "<Error><Code>RequestTimeout</Code><Message>Idle</Message></Error>",
            type: "application/xml", exit: 75, code: "RequestTimeout", says: "Idle"),
        Shape(
            name: "storage with HTML", on: "put", status: 400, body: "<html>No</html>", type: "text/html", exit: 76,
            code: "storage_reply", says: "<html>No</html>"),
        Shape(
            name: "storage 403 with nothing", on: "put", status: 403, body: "", exit: 77, code: "storage_reply",
            says: "presign again"),
    ]

    @Test(arguments: figur + eachLabs + storage)
    func becomesOneClearLineAndARecord(shape: Shape) async throws {
        try await withHoist { hoist in
            let fault: [String: Any] = [
                "on": shape.on, "count": NSNull(), "action": "reply", "status": shape.status, "body": shape.body,
                "headers": ["Content-Type": shape.type],
            ]
            let json = try JSONSerialization.data(withJSONObject: fault)
            try await hoist.sandbox.fault(String(decoding: json, as: UTF8.self))
            let service = shape.on == "figur" ? "figur" : "eachlabs"
            let run = try await hoist.upload(Media.shot, "--to", service, "--retries", "0")
            #expect(run.exit == .code(shape.exit))
            let record = run.record
            #expect(record.isOK == false)
            #expect(record.error.text("code") == shape.code)
            #expect(record.error.text("message")?.contains(shape.says) == true, "\(record.error)")
            #expect(record.error.number("http_status") == shape.status)
            #expect(record.error.text("request_id") == shape.requestID)
            #expect(record.error["retryable"] as? Bool == (shape.exit == 75))
            #expect(run.errorLines.count == 1)
            #expect(run.errors.contains(shape.says))
            if shape.on == "put" { #expect(record.text("id") != nil, "the handle survives the failed PUT") }
        }
    }

    @Test func aReplyOfMoreThanOneMiBIsRefused() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":200,"body":"0123456789abcdef","body_repeat":327680}"#)
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(76))
            #expect(run.record.error.text("code") == "reply_too_large")
        }
    }

    @Test func theHandleOfAnIncompleteReplySurvives() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":200,"body":"{\"upload_key\":\"inputs/1.png\"}"}"#)
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(76))
            #expect(run.record.text("upload_key") == "inputs/1.png")
        }
    }

    @Test func theHandleInARefusalSurvives() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":400,"body":"{\"upload_key\":\"inputs/1.png\",\"detail\":\"no\"}"}"#
            )
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(69))
            #expect(run.record.text("upload_key") == "inputs/1.png")
        }
    }

    /// Of an unknown field nobody knows what it is for: what looks like a signature in it is not shown.
    @Test func signaturesAnywhereInAReplyAreNotShown() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"initiate","action":"merge","fields":{"extra":{"url":"https://s/x?X-Amz-Signature=S1gnature"},"parts":["https://s/x?sig=S1gnature"],"text":"see https://s/x?Signature=S1gnature now"}}"#
            )
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(run.exit == .code(0))
            #expect(run.output.contains("\"extra\"") && run.output.contains("see https://s/x?Signature=[redacted] now"))
            #expect(!run.output.contains("S1gnature"))
        }
    }

    /// One handle stands for one file: the reply belongs to another request.
    @Test func oneKeyForTwoFilesIsNoSuccess() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","count":null,"action":"reply","status":200,"body":"{\"upload_key\":\"inputs/1.png\",\"image_url\":\"http://127.0.0.1/1\"}"}"#
            )
            let run = try await hoist.run(
                ["upload", Media.shot, Media.photo, "--to", "figur", "--jobs", "1", "--retries", "0"])
            #expect(run.exit == .code(75))
            #expect(run.records.map(\.isOK) == [true, false])
            #expect(run.records.last?.error.text("code") == "mixed_up_reply")
        }
    }

    @Test func onlyTheFirst200CharactersAreShown() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":200,"body":"0123456789","body_repeat":100}"#)
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            let shown = String(repeating: "0123456789", count: 20)
            #expect(run.errors.contains(shown) && !run.errors.contains(shown + "0"))
        }
    }

    @Test func controlCharactersOfAServerNeverReachATerminal() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":400,"body":"{\"detail\":\"\\u001b[2Jgone\\u009b\\u202e\"}"}"#)
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(69))
            for text in [run.output, run.errors] {
                #expect(
                    !text.unicodeScalars.contains {
                        $0.value < 0x20 && $0 != "\n" || $0.value == 0x9B || $0.value == 0x202E
                    })
            }
        }
    }
}
