import Foundation
import TestSupport
import Testing

/// A service, or storage, that means no good cannot lead the key or the file to where it must not go.
@Suite struct HostileServiceTests {
    private static let presigned = SampleDescription.presigned

    // MARK: - Where the file goes

    private static let urls = [
        "http://user:pw@127.0.0.1:@OTHER/@NAME/o", "http://user@127.0.0.1:@OTHER/@NAME/o", "file:///etc/passwd",
        "ftp://127.0.0.1/o", "http://evil.example/o", "//127.0.0.1:@OTHER/@NAME/o", "/@NAME/o", "https:///o", "o", "",
        "http://127.0.0.1:@OTHER/@NAME/o#f", "http://127.0.0.1:@OTHER/@NAME/o p", "http://127.0.0.1.evil.example/o",
        "http://localhost.evil.example/o", "http://0.0.0.0:@OTHER/@NAME/o", "http://[::ffff:8.8.8.8]/o", "javascript:1",
        #"http:\\\\127.0.0.1:@OTHER\\o"#, #"http://127.0.0.1:@OTHER/@NAME/o\r\nX-A: b"#,
        #"\u0000http://127.0.0.1:@OTHER/o"#,
        "http://127.0.0.1:@OTHER:80/@NAME/o", "http://127.0.0.1:99999/o", "{key}",
    ]

    @Test func urlsThatMustNotBe() async throws {
        let rows = Self.urls.map { url in
            let answer = ServerAnswer.json(#"{"id":"1","headers":{},"upload_url":"\#(url)"}"#)
            return DescriptionRow(
                name: url, description: Self.presigned, service: [answer], exit: 76, requests: 1)
        }
        for result in try await run(rows) {
            #expect(result.toOthers.isEmpty, "\(result.row.name)")
            #expect(result.run.record.text("id") == "1")
        }
    }

    private static let headers = [
        #""X-A":"b\r\nX-Evil: 1""#, #""X-A\r\nX-Evil":"1""#, #""X-A: b":"c""#, #""":"c""#, #""X-A":"b\u0000c""#,
        #""Host":"evil.example""#, #""Content-Length":"1""#, #""content-length":"99999999""#,
        #""Transfer-Encoding":"chunked""#, #""Connection":"upgrade""#, #""X-A":null"#, #""X-A":true"#, #""X-A":["b"]"#,
    ]

    @Test func headersThatMustNotBe() async throws {
        let rows = Self.headers.map { header in
            let answer = ServerAnswer.hostile("@OTHER/o", "\"headers\":{\(header)}")
            return DescriptionRow(
                name: header, description: Self.presigned, service: [answer], exit: 76, requests: 1)
        }
        for result in try await run(rows) {
            #expect(result.toOthers.isEmpty, "\(result.row.name)")
            #expect(result.run.record.error.text("code") == "unusable_presigned_url")
        }
    }

    @Test func moreHeadersThanAnybodyNeeds() async throws {
        for (count, exit) in [(1000, Int32(0)), (1001, 76)] {
            let headers = (0..<count).map { "\"X-\($0)\":\"\($0)\"" }.joined(separator: ",")
            let answer = ServerAnswer.hostile("@OTHER/o", "\"headers\":{\(headers)}")
            let result = try await run(
                .init(
                    name: "\(count) headers", description: Self.presigned, service: [answer], exit: exit, requests: 1,
                    lines: exit == 0 ? 0 : 1))
            #expect(result.toOthers.count == (exit == 0 ? 1 : 0))
        }
    }

    /// What storage's headers are called makes no difference: they have what the reply says, and the service's own stay.
    @Test func credentialsOfAReplyAreItsOwn() async throws {
        let headers = #""Authorization":"AWS4 theirs","Cookie":"a=theirs","X-API-Key":"theirs""#
        let description = Self.presigned.replacing("Authorization = \"Bearer {key}\"", with: "X-API-Key = \"{key}\"")
        let answer = ServerAnswer.hostile("@OTHER/o", "\"headers\":{\(headers)}")
        let result = try await run(
            .init(name: "own", description: description, service: [answer], exit: 0, requests: 1, lines: 0))
        let head = try #require(result.toOthers.first?.head)
        #expect(head.values("Authorization") == ["AWS4 theirs"])
        #expect(head.values("Cookie") == ["a=theirs"])
        #expect(head.values("X-API-Key") == ["theirs"])
        #expect(result.toService[0].head.values("X-API-Key") == [HostileKey.text])
    }

    // MARK: - Values that look like templates

    @Test func aValueOfAReplyIsNoTemplate() async throws {
        let headers = #""X-A":"{key}","X-B":"{file.sha256}{settings.a}","X-C":"{{key}}|base64""#
        let description =
            Self.presigned.replacing(
                "[result]", with: "[complete]\nurl = '/c/{prepare.body.id}'\nbody = 'json'\n[result]"
            )
            .replacing(
                "[complete]\n", with: "[complete]\nfields = { a = '{prepare.body.a}', b = ['{upload.header.X-D}'] }\n")
        let answer = ServerAnswer.hostile("@OTHER/o?k={key}", "\"a\":\"{key} {uuid}\",\"headers\":{\(headers)}")
        let prepared = ServerAnswer.json(answer.body.replacing("\"id\":\"1\"", with: "\"id\":\"{key}\""))
        let result = try await run(
            .init(
                name: "templates", description: description, service: [prepared, .json("{}")],
                other: [.init(headers: ["X-D: {key}"])], exit: 0, requests: 2, lines: 0))
        let stored = try #require(result.toOthers.first)
        #expect(stored.line == "PUT /r0/o?k={key}")
        #expect(stored.head.values("X-A") == ["{key}"])
        #expect(stored.head.values("X-B") == ["{file.sha256}{settings.a}"])
        #expect(stored.head.values("X-C") == ["{{key}}|base64"])
        #expect(result.toService[1].line == "POST /r0/c/%7Bkey%7D")
        #expect(result.toService[1].body == #"{"a":"{key} {uuid}","b":["{key}"]}"#)
        #expect(result.run.record.text("id") == "{key}")
    }

    @Test func aFieldOfAReplysFormIsATextAndNoMore() async throws {
        let fields = #""a":"{key}","x\"\r\nX-Evil: 1\r\n\r\n":"v","policy":"{file.name}","c":"--hoist--\r\n""#
        let answer = ServerAnswer.hostile("@OTHER/o", "\"fields\":{\(fields)}")
        let result = try await run(
            .init(
                name: "fields", description: SampleDescription.postedForm, service: [answer], exit: 0, requests: 1,
                lines: 0))
        let body = try #require(result.toOthers.first?.body)
        #expect(body.contains("name=\"a\"\r\n\r\n{key}\r\n"))
        #expect(body.contains("name=\"x%22%0D%0AX-Evil: 1%0D%0A%0D%0A\"\r\n\r\nv\r\n"))
        #expect(body.contains("name=\"policy\"\r\n\r\n{file.name}\r\n"))
        #expect(!body.contains("\r\nX-Evil"))
        #expect(body.components(separatedBy: "Content-Disposition: form-data").count == 6)
    }

    // MARK: - Redirects

    @Test(arguments: ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
    func aServicesRedirectIsNotFollowed(status: String) async throws {
        let places = ["http://127.0.0.1:@OTHER/@NAME/files", "https://evil.example/files", "/@NAME/other"]
        let rows = places.flatMap { place in
            [SampleDescription.form, Self.presigned].map { description in
                DescriptionRow(
                    name: place, description: description,
                    arguments: ["upload", "shot.png", "--to", "mine", "--verbose"],
                    service: [.init(status: status, headers: ["Location: \(place)"])], exit: 76, says: ["redirects"],
                    requests: 1, lines: nil)
            }
        }
        for result in try await run(rows) { #expect(result.toOthers.isEmpty, "\(result.row.name)") }
    }

    /// From storage to the service itself, which would take a key.
    @Test(arguments: ["307 Temporary", "308 Permanent"])
    func aRedirectOfStorageTakesNoCredentialAlong(status: String) async throws {
        let headers = #""Authorization":"AWS4 theirs","Cookie":"a=theirs","X-API-Key":"theirs","X-Amz-A":"b""#
        let redirect = ServerAnswer(status: status, headers: ["Location: http://127.0.0.1:@PORT/@NAME/files"])
        let result = try await run(
            .init(
                name: status, description: Self.presigned,
                service: [.hostile("@OTHER/o", "\"headers\":{\(headers)}"), ServerAnswer()], other: [redirect], exit: 0,
                requests: 2, lines: 0))
        let head = try #require(result.toService.last?.head)
        #expect(head[0] == "PUT /r0/files HTTP/1.1")
        #expect(head.values("X-Amz-A") == ["b"])
        for name in ["Authorization", "Cookie", "X-API-Key"] { #expect(head.values(name).isEmpty, "\(name)") }
        #expect(DescriptionRun.keyTraces(in: result.toService.last?.text ?? "") == [])
    }

    @Test(arguments: [
        ("302 Found", "http://127.0.0.1:@PORT/@NAME/files"), ("307 Temporary", "http://evil.example/o"),
        ("307 Temporary", "file:///etc/passwd"), ("308 Permanent", "http://a:b@127.0.0.1:@PORT/@NAME/o"),
        ("301 Moved", "https://evil.example/o"),
    ])
    func aRedirectOfStorageThatIsNotFollowed(status: String, location: String) async throws {
        let result = try await run(
            .init(
                name: location, description: Self.presigned, service: [.hostile("@OTHER/o")],
                other: [.init(status: status, headers: ["Location: \(location)"])], exit: 76, says: ["redirects"],
                requests: 1))
        #expect(result.toOthers.count == 1)
    }

    // MARK: - Much of everything

    private static let bombs = [
        String(repeating: "[", count: 200_000), String(repeating: "{\"a\":", count: 100_000),
        "{\"id\":1e999999999,\"headers\":{}}", "{\"id\":\"" + String(repeating: "x", count: 2_000_000) + "\"}",
        "{" + (0..<50_000).map { "\"\($0)\":1" }.joined(separator: ",") + "}",
        "{\"id\":\"1\",\"headers\":\"" + String(repeating: "[", count: 200_000) + "\",\"upload_url\":\"x\"}",
    ]

    @Test(arguments: bombs.indices)
    func aReplyThatIsTooMuchEndsSoon(index: Int) async throws {
        let result = try await run(
            .init(
                name: "bomb \(index)", description: Self.presigned, cpuSeconds: 10,
                service: [.json(Self.bombs[index])],
                exit: 76, requests: 1, lines: nil))
        #expect(result.toOthers.isEmpty)
        #expect(result.run.errors.utf8.count < 8192)
    }

    @Test func aReplyOf1000HeadersIsRead() async throws {
        let headers = (0..<1000).map { "X-\($0): \($0)" } + ["Authorization: \(HostileKey.text)"]
        let answer = ServerAnswer(headers: headers, body: #"{"id":"1"}"#)
        try await run(
            .init(
                name: "1000 headers", description: SampleDescription.form,
                arguments: ["upload", "shot.png", "--to", "mine", "--verbose"], service: [answer], exit: 0, requests: 1,
                lines: nil))
    }
}
