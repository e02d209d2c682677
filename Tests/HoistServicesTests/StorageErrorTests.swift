import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistServices
@testable import HoistTransport

@Suite struct StorageErrorTests {
    private let address: WebAddress

    init() throws {
        address = try #require(WebAddress("https://h/k?X-Amz-Expires=60&X-Amz-Signature=5ec2e7%2B5ec2e7"))
    }

    private static func xml(_ code: String, _ message: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>\(code)</Code><Message>\(message)</Message><Resource>/b/k</Resource><RequestId>4442587FB7D0A2F9</RequestId>\
        </Error>
        """
    }

    @Test(arguments: [
        (403, "SignatureDoesNotMatch", "The request signature we calculated does not match", FailureClass.notAllowed),
        (403, "AccessDenied", "Access Denied", .notAllowed), (403, "AccessDenied", "Request has expired", .notAllowed),
        (403, "RequestTimeTooSkewed", "The difference is too large.", .notAllowed),
        (401, "Unauthorized", "who?", .notAllowed),
        (400, "EntityTooLarge", "Your proposed upload is too big", .refusedByService),
        (400, "BadDigest", "The Content-MD5 did not match", .refusedByService),
        (411, "MissingContentLength", "You must provide it", .refusedByService),
        (404, "NoSuchBucket", "no bucket", .refusedByService), (409, "OperationAborted", "conflict", .refusedByService),
        (400, "RequestTimeout", "Your socket connection was idle", .temporary),
        (503, "SlowDown", "Reduce your request rate.", .temporary), (500, "InternalError", "We are sorry", .temporary),
        (408, "Whatever", "late", .temporary), (429, "TooManyRequests", "many", .temporary),
        (307, "TemporaryRedirect", "elsewhere", .contract),
    ])
    func documented(_ status: Int, _ code: String, _ message: String, _ kind: FailureClass) {
        let failure = StorageError(Reply(status, Self.xml(code, message)), from: address, sent: [:]).failure
        #expect(failure.kind == kind)
        #expect(failure.code == code)
        #expect(failure.message.contains(message))
        #expect(failure.httpStatus == status)
        #expect(failure.requestID == "4442587FB7D0A2F9")
    }

    /// However it is said: the URL is good until it lapses.
    @Test(arguments: [
        "got 5ec2e7%2B5ec2e7", "got 5ec2e7+5ec2e7", #"{"X-Amz-Signature":"5ec2e7+5ec2e7"}"#,
        "X-Amz-Signature%3D5ec2e7%2B5ec2e7", "<Signature>5ec2e7+5ec2e7</Signature>",
        String(repeating: "a", count: 190) + "5ec2e7+5ec2e7", xml("InternalError", "5ec2e7+5ec2e7"),
        xml("InternalError", "no").replacing("4442587FB7D0A2F9", with: "5ec2e7+5ec2e7"),
    ])
    func repeatsNoSignature(_ body: String) throws {
        let failure = StorageError(Reply(500, body), from: address, sent: [:]).failure
        #expect(!"\(failure)".contains("5ec2e7"))
        let plain = WebAddress("https://h/k")
        let header = StorageError(Reply(500, body), from: try #require(plain), sent: [.authorization: "5ec2e7+5ec2e7"])
        #expect(!"\(header.failure)".contains("5ec2e7+5ec2e7"))
    }

    @Test func aCodeRepeatsNoSignature() {
        let failure = StorageError(Reply(400, Self.xml("x 5ec2e7%2B5ec2e7", "m")), from: address, sent: [:]).failure
        #expect(failure.code == "x [redacted]")
    }

    @Test func whatAsksForMoreTimeThanIsWaitedForIsTold() {
        let lines = Array("Retry-After: 301\r\n".utf8)
        for body in [Self.xml("SlowDown", "slow"), "slow"] {
            let reply = Reply(status: 503, headerLines: lines, body: Array(body.utf8))
            #expect(StorageError(reply, from: address, sent: [:]).failure.message.contains("run it again in 301 s"))
        }
    }

    /// The three things that a 403 may be have three remedies.
    @Test func forbiddenIsThreeThings() {
        let expired = StorageError(
            Reply(403, Self.xml("AccessDenied", "Request has expired")), from: address, sent: [:]
        ).failure
            .message
        let denied = StorageError(Reply(403, Self.xml("AccessDenied", "Access Denied")), from: address, sent: [:])
            .failure.message
        let clock = StorageError(Reply(403, Self.xml("RequestTimeTooSkewed", "too large")), from: address, sent: [:])
            .failure.message
        #expect(expired.contains("expired (") && expired.contains("presign again"))
        #expect(!denied.contains("expired"))
        #expect(clock.contains("set the clock"))
    }

    @Test(
        arguments: [
            (403, FailureClass.notAllowed), (401, .notAllowed), (408, .temporary), (429, .temporary), (500, .temporary),
            (503, .temporary), (302, .contract), (400, .contract),
        ],
        ["", "<html>Sorry</html>", "{}", "<Error></Error>", "<Error><Code></Code></Error>", "<Code>", "</Code><Code>"]
    )
    func somethingElse(_ expected: (Int, FailureClass), _ body: String) {
        let failure = StorageError(Reply(expected.0, body), from: address, sent: [:]).failure
        #expect(failure.kind == expected.1)
        #expect(failure.code == "storage_reply")
        #expect(failure.httpStatus == expected.0)
        #expect(failure.requestID == nil)
    }

    @Test func codeAlone() {
        let failure = StorageError(Reply(403, "<Error><Code>AccessDenied</Code></Error>"), from: address, sent: [:])
            .failure
        #expect(failure.kind == .notAllowed)
        #expect(failure.code == "AccessDenied")
    }

    @Test(arguments: [
        ("a &lt;b&gt; &quot;c&quot; &apos;d&apos; &amp; e", #"a <b> "c" 'd' & e"#), ("&amp;lt;", "&lt;"),
        ("a\nb", #"a\u{a}b"#),
        ("\u{1B}[2J", #"\u{1b}[2J"#), ("&#39;x&#x22;", #"'x""#),
    ])
    func messageText(_ written: String, _ read: String) {
        let message = StorageError(Reply(403, Self.xml("AccessDenied", written)), from: address, sent: [:]).failure
            .message
        #expect(message.contains("AccessDenied: \(read))"), "\(message)")
    }

    @Test func retryAfter() {
        let reply = Reply(503, Self.xml("SlowDown", "m"), headers: [("Retry-After", "9")])
        #expect(StorageError(reply, from: address, sent: [:]).failure.retryAfter == 9)
    }

    @Test func invalidUTF8IsNoReasonToCrash() {
        let body = Array("<Error><Code>A".utf8) + [0xFF, 0xC3] + Array("</Code></Error>".utf8)
        #expect(
            StorageError(Reply(status: 403, headerLines: [], body: body), from: address, sent: [:]).failure.kind
                == .notAllowed)
    }
}
