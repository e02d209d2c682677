import Testing

@testable import HoistTransport

@Suite struct TraceTests {
    @Test(arguments: [
        "Authorization: Bearer TOPSECRET", "authorization: Basic TOPSECRET", "AUTHORIZATION:TOPSECRET",
        "X-API-Key: TOPSECRET", "x-api-key: TOPSECRET", "Proxy-Authorization: Basic TOPSECRET",
        "Cookie: a=TOPSECRET; b=c",
        "Set-Cookie: sid=TOPSECRET; Path=/", "X-Amz-Security-Token: TOPSECRET",
        "x-amz-server-side-encryption-customer-key: TOPSECRET",
        "PUT /b/k?X-Amz-Signature=TOPSECRET HTTP/1.1", "PUT /k?a=b&X-Amz-Signature=TOPSECRET&c=d HTTP/1.1",
        "PUT /k?X-Amz-Credential=TOPSECRET%2F20261121 HTTP/1.1", "PUT /k?X-Amz-Security-Token=TOPSECRET HTTP/1.1",
        "PUT /k?x-amz-signature=TOPSECRET HTTP/1.1", "PUT /k?X-Goog-Signature=TOPSECRET HTTP/1.1",
        "PUT /k?X-Goog-Credential=TOPSECRET&a HTTP/1.1", "PUT /c/b?sv=2024&se=2026&sr=b&sp=cw&sig=TOPSECRET HTTP/1.1",
        "GET /k?AWSAccessKeyId=TOPSECRET&Expires=1&Signature=TOPSECRET HTTP/1.1", "GET /k?api_key=TOPSECRET HTTP/1.1",
        "GET /k?access_token=TOPSECRET HTTP/1.1", "GET /k?x=1&Signature=TOPSECRET= HTTP/1.1",
        "Location: https://h/k?X-Amz-Signature=TOPSECRET", "location: /k?a=b&sig=TOPSECRET",
        "Content-Location: https://h/k?X-Goog-Signature=TOPSECRET", "Link: <https://h/k?sig=TOPSECRET>; rel=next",
        "Referer: https://h/k?a=b&Signature=TOPSECRET",
        // An address within an address.
        "Location: https://login/?next=https://h/k?X-Amz-Signature=TOPSECRET",
        "X-Original-Query: a=b&X-Amz-Signature=TOPSECRET",
        "Location: https://h/cb#access_token=TOPSECRET", "Location: https://user:TOPSECRET@h/",
        // To Swift, a character and a combining mark behind it are another character.
        "a&X-Amz-Signature=TOPSECRET&b: c", "Set-Cookie:\u{301}TOPSECRET", "Authorization:\u{20DD}Bearer TOPSECRET",
        " \u{301}TOPSECRET",
    ])
    func secretsAreTakenOut(_ line: String) {
        let shown = Trace.redacted(line[...])
        #expect(!shown.contains("TOPSECRET"), "\(shown)")
        #expect(shown.contains("[redacted]"))
    }

    @Test(arguments: [
        (
            "PUT /k?a=b&X-Amz-Signature=s&X-Amz-Date=20261121T000000Z HTTP/1.1",
            "PUT /k?a=b&X-Amz-Signature=[redacted]&X-Amz-Date=20261121T000000Z HTTP/1.1"
        ),
        ("Authorization: Bearer a b c", "Authorization: [redacted]"), ("X-API-Key: k", "X-API-Key: [redacted]"),
        ("Location: https://h:8443/a/../b?sig=x#y", "Location: https://h:8443/a/../b?sig=[redacted]"),
    ])
    func restOfTheLineStays(_ line: String, _ shown: String) {
        #expect(Trace.redacted(line[...]).hasPrefix(shown))
    }

    @Test(arguments: [
        "POST /v1/uploads HTTP/1.1", "HTTP/1.1 200 OK", "HTTP/1.1 403 ", "Host: 127.0.0.1:9000", "Content-Length: 4908",
        "Content-Type: multipart/form-data; boundary=hoist-abc", "Date: Sat, 21 Nov 2026 22:00:00 GMT",
        "X-Request-Id: r-1",
        "x-amz-tagging: uploader=customer&ttl_days=30", "ETag: \"abc\"", "Server: a/1.0 (b; c)", "X-Empty:",
        "X-Empty: ",
        "GET /k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-SignedHeaders=host HTTP/1.1",
        "GET /k?a&b=&=c&& HTTP/1.1", "GET /signature/key HTTP/1.1", "a  b   c", "",
    ])
    func nothingElseIsAltered(_ line: String) {
        #expect(Trace.redacted(line[...]) == line)
    }

    @Test func controlCharactersAreEscaped() {
        #expect(Trace.redacted("Server: \u{1B}[2J\u{9B}"[...]) == #"Server: \u{1b}[2J\u{9b}"#)
        #expect(Trace.redacted("X-API-Key\u{1B}: k"[...]) == #"X-API-Key\u{1b}: [redacted]"#)
    }
}
