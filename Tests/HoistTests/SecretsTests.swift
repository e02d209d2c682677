import Foundation
import TestSupport
import Testing

/// Keys come from where they are safe, go where they belong, and show nowhere.
@Suite struct SecretsTests {
    @Test func verboseShowsTrafficWithoutKeysOrSignatures() async throws {
        try await withHoist { hoist in
            for service in ["figur", "eachlabs"] {
                let run = try await hoist.upload(Media.shot, "--to", service, "--verbose")
                #expect(run.exit == .code(0))
                #expect(run.errors.contains("> POST "))
                #expect(run.errors.contains("< HTTP/1.1 200"))
                #expect(!run.errors.contains(hoist.sandbox.figurKey))
                #expect(!run.errors.contains(hoist.sandbox.eachLabsKey))
            }
            let put = try #require(try await hoist.sandbox.requests().first { $0.kind == "put" })
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs", "--verbose")
            #expect(run.errors.contains("X-Amz-Signature=[redacted]"))
            #expect(run.errors.contains("x-amz-meta-file-id: "))
            #expect(put.target.contains("X-Amz-Signature="), "it was there to be redacted")
        }
    }

    @Test func aKeyThatTheServerRepeatsIsTakenOut() async throws {
        try await withHoist { hoist in
            let key = hoist.sandbox.figurKey
            for body in [#"{\"detail\":\"bad key \#(key)\"}"#, "<html>\(key)</html>"] {
                try await hoist.sandbox.fault(#"{"on":"figur","action":"reply","status":400,"body":"\#(body)"}"#)
                let run = try await hoist.upload(Media.shot, "--to", "figur", "--verbose")
                #expect(run.errors.contains("[redacted]"))
                #expect(!(run.output + run.errors).contains(key))
            }
        }
    }

    /// In escapes, within base64, or among the headers of the request that it came with; in a reply of the contract's
    /// form and in one that is none.
    @Test(
        arguments: ["KEY", "Basic USERKEY", "%KEY", "X-Forwarded-Token: other-secret"], [#"{"detail":"SAID"}"#, "SAID"])
    func aKeyThatTheServerRepeatsInOtherWordsIsTakenOut(said: String, body: String) async throws {
        let key = "sk/test+0123456789"
        let percent = key.utf8.map { "%" + String($0, radix: 16) }.joined()
        let text = said.replacing("USERKEY", with: Data("u:\(key)".utf8).base64EncodedString())
            .replacing("%KEY", with: percent).replacing("KEY", with: key.replacing("/", with: "\\/"))
        let reply = body.replacing("SAID", with: text)
        let status = "HTTP/1.1 400 Bad Request\r\nContent-Length: \(reply.utf8.count)\r\nConnection: close\r\n\r\n"
        try await withRawServer(replies: [status + reply]) { server in
            let environment = ["FIGUR_API_KEY": key, "FIGUR_BASE_URL": server.baseURL]
            let command = Command(
                try Binaries.hoist, ["upload", Media.shot, "--retries", "0"], environment: environment)
            let run = Run(try await command.run())
            let shown = run.output + run.errors
            // What is in a message of the contract's form is the service's own word, but for what is known by value.
            guard said.contains("KEY") || !body.contains("detail") else { return }
            #expect(run.errors.contains("[redacted]"), "\(run.errors)")
            #expect(!shown.contains("0123456789") && !shown.contains("other-secret"))
            #expect(!shown.contains(percent) && !shown.contains(Data("test+0123".utf8).base64EncodedString().prefix(8)))
        }
    }

    /// A short one would be found in any text, and so could not be kept out of any.
    @Test func aShortKeyIsRefused() async throws {
        try await withHoist { hoist in
            let run = try await hoist.with(["FIGUR_API_KEY": "1234567"]).upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(77))
            #expect(run.record.error.text("code") == "unusable_key")
            #expect(run.errors.contains("8 characters") && !run.errors.contains("1234567"))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test(arguments: ["figur", "initiate"])
    func redirectsAreNotFollowed(step: String) async throws {
        try await withSandbox { other in
            try await withHoist { hoist in
                try await hoist.sandbox.fault(
                    #"{"on":"\#(step)","action":"reply","status":307,"headers":{"Location":"\#(other.figurBaseURL)/v1/uploads"},"body":""}"#
                )
                let run = try await hoist.upload(Media.shot, "--to", step == "figur" ? "figur" : "eachlabs")
                #expect(run.exit == .code(76))
                #expect(try await other.requests().isEmpty)
            }
        }
    }

    @Test func aRedirectOfThePutGetsNoKey() async throws {
        try await withSandbox { other in
            try await withHoist { hoist in
                let location = "\(other.figurBaseURL)/elsewhere"
                try await hoist.sandbox.fault(
                    #"{"on":"put","action":"reply","status":307,"headers":{"Location":"\#(location)"},"body":""}"#)
                _ = try await hoist.upload(Media.shot, "--to", "eachlabs")
                let redirected = try await other.requests()
                #expect(redirected.map(\.target) == ["/elsewhere"])
                #expect(redirected[0].values("x-api-key").isEmpty && redirected[0].values("authorization").isEmpty)
            }
        }
    }

    @Test(arguments: [
        "http://example.com", "http://127.0.0.1.example.com", "http://localhost.example.com",
        "http://2130706433.example",
    ])
    func plainHTTPToAPublicHostIsRefused(url: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--base-url", url)
            #expect(run.exit == .code(64))
            #expect(run.errors.contains("https"))
            let fromEnvironment = hoist.with(["FIGUR_BASE_URL": url])
            #expect(try await fromEnvironment.upload(Media.shot, "--to", "figur").exit == .code(64))
        }
    }

    @Test(arguments: [
        "127.0.0.1:80", "ftp://127.0.0.1", "http://user:pass@127.0.0.1", "https://", "nonsense", "http://127.0.0.1/?a",
    ])
    func whatIsNoBaseURLIsRefused(url: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--base-url", url)
            #expect(run.exit == .code(64))
        }
    }

    @Test(arguments: ["http://example.com/x", "ftp://127.0.0.1/x", "not a url", "https://user@example.com/x"])
    func anUnsafeUploadURLIsRefused(url: String) async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"initiate","action":"merge","fields":{"upload_url":"\#(url)"}}"#)
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(run.exit == .code(76))
            #expect(run.record.text("id") != nil)
        }
    }

    @Test(arguments: [
        #"{"Transfer-Encoding":"chunked"}"#, #"{"Host":"evil"}"#, #"{"Content-Length":"1"}"#, #"{"X":"a\r\nb"}"#,
        #"{"a b":"c"}"#, #"{"X":null}"#,
    ])
    func aRequiredHeaderThatBreaksHTTPIsRefused(headers: String) async throws {
        try await withHoist { hoist in
            let fault = #"{"on":"initiate","action":"merge","fields":{"required_headers":\#(headers)}}"#
            try await hoist.sandbox.fault(fault)
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(run.exit == .code(76))
            #expect(try await hoist.sandbox.requests().count == 1, "nothing was put")
        }
    }

    /// A proxy would be sent the key in the clear.
    @Test func plainHTTPOnLoopbackBypassesProxies() async throws {
        try await withHoist { hoist in
            let proxied = hoist.with(["http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1"])
            let run = try await proxied.upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(0))
        }
    }

    @Test func keysComeFromAFileOrStandardInput() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let key = try directory.file("key", Array((hoist.sandbox.figurKey + "\n").utf8))
                let keyless = hoist.with(["FIGUR_API_KEY": nil])
                #expect(chmod(key, 0o644) == 0)
                let open = try await keyless.upload(Media.shot, "--to", "figur", "--api-key-file", key)
                #expect(open.exit == .code(77))
                #expect(open.errors.contains("chmod 600"))
                #expect(chmod(key, 0o600) == 0)
                #expect(try await keyless.upload(Media.shot, "--to", "figur", "--api-key-file", key).exit == .code(0))
                let input = Array(hoist.sandbox.figurKey.utf8)
                let piped = try await keyless.upload(Media.shot, "--to", "figur", "--api-key-file", "-", input: input)
                #expect(piped.exit == .code(0))
            }
        }
    }

    @Test(arguments: ["", " ", "two words", "line\nbreak", "naïve"])
    func whatIsNoKeyIsNotSent(key: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.with(["FIGUR_API_KEY": key]).upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(77))
            #expect(run.record.number("attempts") == 0)
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    /// A trace is pasted into bug reports: whatever a server says in its headers, no key is in it.
    @Test func verboseShowsNoKeyThatAServerRepeatsInAHeader() async throws {
        let key = "sk_test_repeated"
        let echo = [
            "X-Echo: \(key)", "X-Request-Id: a\(key)b", "Location: http://127.0.0.1/?k=\(key)", "Set-Cookie : s=\(key)",
            "X-Folded: a\r\n \(key)",
        ].joined(separator: "\r\n")
        let reply = "HTTP/1.1 200 OK\r\n\(echo)\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
        try await withRawServer(replies: [reply]) { server in
            let environment = ["FIGUR_API_KEY": key, "FIGUR_BASE_URL": server.baseURL]
            let command = Command(
                try Binaries.hoist, ["upload", Media.shot, "--verbose", "--retries", "0"], environment: environment)
            let run = Run(try await command.run())
            #expect(run.errors.contains("< X-Echo: [redacted]"))
            #expect(!(run.output + run.errors).contains(key))
        }
    }

    @Test func errorTextsOfServicesShowNoSignatures() async throws {
        try await withHoist { hoist in
            let url = "https://b/x?X-Amz-Signature=SECRETSIG&X-Amz-Security-Token=SECRETTOK"
            let xml =
                "<Error><Code>AccessDenied</Code><Message>no \(url.replacing("&", with: "&amp;"))</Message></Error>"
            try await hoist.sandbox.fault(#"{"on":"put","action":"reply","status":403,"body":"\#(xml)"}"#)
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":400,"body":"{\"detail\":\"no \#(url)\"}"}"#)
            for service in ["figur", "eachlabs"] {
                let run = try await hoist.upload(Media.shot, "--to", service, "--retries", "0")
                #expect(run.errors.contains("[redacted]"))
                #expect(!(run.output + run.errors).contains("SECRET"))
            }
        }
    }

    @Test func aProxysPasswordIsNotShown() async throws {
        try await withHoist { hoist in
            let proxied = hoist.with([
                "HTTPS_PROXY": "foo://user:SECRETPW@127.0.0.1:9", "FIGUR_BASE_URL": "https://api.example.invalid",
            ])
            let run = try await proxied.upload(Media.shot, "--to", "figur", "--retries", "0")
            #expect(run.exit == .code(75))
            #expect(!(run.output + run.errors).contains("SECRETPW"))
        }
    }
}
