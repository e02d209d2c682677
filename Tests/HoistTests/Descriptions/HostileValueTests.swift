import Foundation
import TestSupport
import Testing

/// Keys that come back, names of files, ids and handles: nothing in them gets where it has no place.
@Suite struct HostileValueTests {
    /// How a service may write its own key into a reply.
    private static let writings = [
        HostileKey.text, HostileKey.unicodeEscaped, HostileKey.slashEscaped, HostileKey.percent,
        HostileKey.everyBytePercent, HostileKey.base64,
    ]

    private static let verbose = ["upload", "shot.png", "--to", "mine", "--verbose", "--journal", "journal"]

    // MARK: - The key comes back

    @Test(arguments: writings)
    func theKeyInAReplyGoesNoFurther(key: String) async throws {
        let members = """
            "headers":{"X-A":"\(key)","X-B":"b\(key)b"},"fields":{"a":"\(key)","\(key)":"b"},"more":"\(key)"
            """
        let answer = ServerAnswer.hostile("@OTHER/o?k=\(key)", members)
        let named = ServerAnswer.json(answer.body.replacing("\"id\":\"1\"", with: "\"id\":\"1\(key)\""))
        for description in [SampleDescription.presigned, SampleDescription.postedForm] {
            let result = try await run(
                .init(
                    name: key, description: description, arguments: Self.verbose, service: [named], exit: 0,
                    requests: 1,
                    lines: nil))
            #expect(result.toOthers.count == 1)
            #expect(result.toOthers[0].line.hasSuffix("/r0/o?k=[redacted]"))
        }
    }

    @Test func theKeyInAHeaderOfAReplyGoesNoFurther() async throws {
        let description =
            SampleDescription.presigned
            .replacing("{prepare.body.upload_url}", with: "{prepare.header.Location}")
            .replacing(
                "\"{prepare.body.headers}\"", with: "{ X-A = 'a{prepare.header.X-Echo}', X-B = '{prepare.text}' }")
            + "echo = \"{prepare.header.X-Echo}\"\ntext = \"{prepare.text}\"\n"
        let answer = ServerAnswer(
            headers: [
                "Location: http://127.0.0.1:@OTHER/@NAME/o?k=\(HostileKey.text)", "X-Echo: \(HostileKey.base64)",
            ], body: "{\"id\":\"\(HostileKey.text)\"}")
        let result = try await run(
            .init(
                name: "headers", description: description, arguments: Self.verbose, service: [answer], exit: 0,
                requests: 1, lines: nil))
        let head = try #require(result.toOthers.first?.head)
        #expect(head[0].contains("k=[redacted]"))
        #expect(head.values("X-A") == ["a[redacted]"])
        #expect(result.run.record.text("echo") == "[redacted]")
    }

    /// Of a pair, the secret alone.
    @Test func halfOfAPairIsNotShownEither() async throws {
        let description = SampleDescription.form.replacing("\"MINE_API_KEY\"", with: "\"MINE_ID:MINE_SECRET\"")
        let answer = ServerAnswer(
            status: "400 No", headers: ["X-Echo: h1dden+Secret/0123"], body: #"{"error":"no h1dden+Secret\/0123 here"}"#
        )
        let result = try await run(
            .init(
                name: "pair", description: description, arguments: Self.verbose,
                environment: ["MINE_ID": "identity", "MINE_SECRET": "h1dden+Secret/0123"], service: [answer], exit: 69,
                says: ["no [redacted] here"], hides: ["h1dden+Secret", "0123"], requests: 1, lines: nil))
        #expect(result.toService[0].head.values("Authorization") == ["Bearer identity:h1dden+Secret/0123"])
    }

    // MARK: - The key where it is asked for

    @Test(arguments: [
        "query = { q = '{key}' }", "query = { q = 'a{key|base64}' }", "headers = { X-Custom = '{key}' }",
        "headers = { X-Custom = 'a{key|base64}b' }", "fields = { login = '{key}' }",
    ])
    func theKeyIsNotShownWhereverItGoes(line: String) async throws {
        let description = SampleDescription.form.replacing("file_field", with: line + "\nfile_field")
        let echo = "{\"error\":\"no: @NAME?q=\(HostileKey.percent)&a=\(HostileKey.base64) \(HostileKey.text)\"}"
        let answers: [(ServerAnswer, Int32)] = [
            (.json(#"{"id":"1"}"#), 0), (.init(status: "400 No", body: echo), 69), (.init(body: echo), 76),
            (.init(status: "302 Found", headers: ["Location: /files?q=\(HostileKey.percent)"]), 76),
            (.init(status: "503 Busy", body: echo), 75),
        ]
        let rows = answers.map { answer, exit in
            DescriptionRow(
                name: line, description: description, arguments: Self.verbose + ["--retries", "0"],
                service: [answer], exit: exit, requests: 1, lines: nil)
        }
        for result in try await run(rows) {
            let sent = try #require(result.toService.first).text
            #expect([HostileKey.text, HostileKey.percent, HostileKey.base64].contains(where: sent.contains))
        }
    }

    @Test func theKeyInAPathIsNotShown() async throws {
        let description = SampleDescription.form.replacing("/files", with: "/k/{key}/files")
        for (port, exit) in [("@PORT", Int32(0)), ("1", 75)] {
            let result = try await run(
                .init(
                    name: port, description: description.replacing("@BASE", with: "http://127.0.0.1:\(port)/@NAME"),
                    arguments: Self.verbose + ["--retries", "0"], service: [.json(#"{"id":"1"}"#)], exit: exit,
                    requests: nil, lines: nil))
            #expect(result.toService.map(\.line) == (exit == 0 ? ["POST /r0/k/\(HostileKey.percent)/files"] : []))
        }
    }

    @Test func aSignatureIsNotShown() async throws {
        let signature = String(repeating: "5ca1ab1e", count: 8)
        let answer = ServerAnswer.hostile(
            "@OTHER/o?X-Amz-Signature=\(signature)&other=\(signature)",
            "\"headers\":{\"X-Sign-Token\":\"\(signature)\"}")
        for (storage, exit) in [(ServerAnswer(), Int32(0)), (.init(status: "403 No", body: signature), 77)] {
            let result = try await run(
                .init(
                    name: "signature", description: SampleDescription.presigned, arguments: Self.verbose,
                    service: [answer], other: [storage], exit: exit, hides: [signature], requests: 1, lines: nil))
            #expect(result.toOthers.first?.head[0].contains("other=\(signature)") == true)
        }
    }

    // MARK: - Names of files

    @Test(arguments: [
        "a\r\nX-Evil: 1\r\n\r\n.png", "\"; filename=\"_etc_passwd", "{key}.png", "{{key|base64}}.png", "\u{1B}[2J.png",
    ])
    func aNameIsOnlyAName(name: String) async throws {
        let description = SampleDescription.form
            .replacing("/files", with: "/files/{file.name}")
            .replacing("file_field", with: "query = { n = '{file.name}' }\nfields = { n = '{file.name}' }\nfile_field")
        let result = try await run(
            .init(
                name: name, description: description, arguments: ["upload", name, "--to", "mine"],
                prepare: "cp shot.png \"$(printf '%b' '\(Self.escaped(name))')\"",
                service: [.json(#"{"id":"1"}"#)], exit: 0, requests: 1, lines: 0
            ))
        let request = try #require(result.toService.first)
        #expect(request.line.split(separator: "/").count == 4, "\(request.line)")
        #expect(request.line.allSatisfy { !"\"{}\r\n".contains($0) })
        #expect(request.head.values("X-Evil").isEmpty)
        let disposition = request.body.components(separatedBy: "\r\n").filter {
            $0.hasPrefix("Content-Disposition") && $0.contains("filename=")
        }
        #expect(disposition.count == 1 && disposition[0].hasPrefix("Content-Disposition: form-data; name=\"file\";"))
        #expect(disposition.first?.filter { $0 == "\"" }.count == 4)
    }

    @Test func aNameIsNoHeader() async throws {
        let description = SampleDescription.form
            .replacing("file_field", with: "headers = { X-Name = '{file.name}' }\nfile_field")
        try await run(
            .init(
                name: "header", description: description, arguments: ["upload", "a\r\nX-Evil: 1", "--to", "mine"],
                prepare: "cp shot.png \"$(printf 'a\\r\\nX-Evil: 1')\"", exit: 64, says: ["X-Name"]))
    }

    private static func escaped(_ name: String) -> String {
        name.utf8.map { byte in "\\0" + String(byte, radix: 8) }.joined()
    }

    // MARK: - Ids and handles

    private static let ids = [
        "../..", "../../@NAME", "a/../../b", "a?b=c", "a#b", "%2e%2e", "%2e%2e%2f", "a\r\nX-Evil: 1",
        "http://evil.example/",
        "//evil.example", "{key}", "@evil.example", "\\..\\..", "a;b", "ä", "\u{1B}[2J", "...",
    ]

    @Test(arguments: ["status", "delete"])
    func anIdIsOnePartOfAPath(verb: String) async throws {
        let rows = Self.ids.map { id in
            DescriptionRow(
                name: id, description: SampleDescription.form + SampleDescription.about,
                arguments: [verb, id, "--to", "mine"], service: [.json(#"{"state":"x"}"#)], exit: 0, requests: 1,
                lines: 0)
        }
        for (number, result) in try await run(rows).enumerated() {
            let head = try #require(result.toService.first?.head)
            let target = head[0].split(separator: " ")[1]
            #expect(target.hasPrefix("/r\(number)/files/") && target.split(separator: "/").count == 3, "\(target)")
            #expect(target.utf8.allSatisfy { $0.isSafeInAPath }, "\(target)")
            #expect(head.values("X-Evil").isEmpty)
        }
    }

    /// Servers take these for steps, percent-encoded too: a delete would be one of everything.
    @Test(arguments: ["status", "delete"], [".", ".."])
    func anIdIsNoStepInAPath(verb: String, id: String) async throws {
        try await run(
            .init(
                name: id, description: SampleDescription.form + SampleDescription.about,
                arguments: [verb, id, "--to", "mine"], exit: 64, says: ["'\(id)'", "id"]))
    }

    @Test(arguments: ["files/../x", "../files", "a/./b", "files/.."])
    func anIdOfSeveralPartsDoesNotClimb(id: String) async throws {
        let about = SampleDescription.about.replacing("/files/{id}", with: "/v1/{id|path}")
        for verb in ["status", "delete"] {
            try await run(
                .init(
                    name: id, description: SampleDescription.form + about, arguments: [verb, id, "--to", "mine"],
                    exit: 64, says: ["'\(id)'"]))
        }
    }

    @Test func aHandleFromAReplyDoesNotClimb() async throws {
        for id in ["..", "."] {
            try await run(
                .init(
                    name: id,
                    description: SampleDescription.presigned.replacing(
                        "[result]", with: "[complete]\nurl = '/files/{prepare.body.id}/done'\n[result]"),
                    service: [.json(ServerAnswer.hostile("@OTHER/o").body.replacing("\"1\"", with: "\"\(id)\""))],
                    exit: 76,
                    says: ["complete", "step"], requests: 1))
        }
    }

    @Test func aHandleCannotChangeATerminal() async throws {
        let answer = ServerAnswer.json(#"{"id":"a\u001b[2J\r\nb\u0000c\u202e","\u001b[2J":"x"}"#)
        for more in [["--json"], ["--field", "id"], ["--output", "table"], ["--verbose"]] {
            let result = try await run(
                .init(
                    name: "handle", description: SampleDescription.form,
                    arguments: ["upload", "shot.png", "--to", "mine"] + more, service: [answer], exit: 0, requests: 1,
                    lines: nil))
            #expect(result.run.lines.count == 1)
        }
    }
}

extension UInt8 {
    /// What cannot be more than a part of a path.
    fileprivate var isSafeInAPath: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
            || "/-._~%".utf8.contains(self)
    }
}
