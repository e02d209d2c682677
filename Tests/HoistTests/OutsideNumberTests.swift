import Foundation
import TestSupport
import Testing

/// A number that another program wrote fails its own input at most, and no other.
@Suite struct OutsideNumberTests {
    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "9223372035000000000"])
    func aLifetimeOutOfRangeLosesNoOtherRecord(lifetime: String) async throws {
        try await withHoist { hoist in
            let presigned = try await hoist.run(["presign", Media.shot, Media.photo]).lines
            let date = "X-Amz-Date=20260101T000000Z"
            let hostile =
                #"{"file":"\#(Media.clip)","upload_url":"http://127.0.0.1:9/k?\#(date)&X-Amz-Expires=\#(lifetime)"}"#
            let input = [presigned[0], hostile, presigned[1]].joined(separator: "\n")
            let run = try await hoist.run(
                ["put", Media.shot, Media.clip, Media.photo, "--retries", "0"], input: Array(input.utf8))
            #expect(run.records.map(\.isOK) == [true, false, true], "\(run.exit) \(run.errors)")
            #expect(run.records.map { $0.text("file") } == [Media.shot, Media.clip, Media.photo])
        }
    }

    @Test(arguments: [#""seconds":1e300"#, #""seconds":-1e300"#, #""seconds":1e400"#, #""bytes":9223372036854775807"#])
    func aNumberOutOfRangeInAJournalLosesNoRecord(member: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                let files = try ["a.png", "b.png"].map { try directory.file($0, Media.bytes(Media.shot)) }
                let arguments = ["upload", "--to", "figur", "--journal", journal, "--progress", "plain"] + files
                let first = try await hoist.run(arguments)
                let name = try #require(member.split(separator: ":").first)
                // In the records only: the size that the file is known by has another name.
                let text = try String(contentsOfFile: journal, encoding: .utf8).replacing(
                    try Regex(#"\#(name):[0-9.]+"#), with: member)
                #expect(text.contains(member))
                try text.write(toFile: journal, atomically: false, encoding: .utf8)
                let second = try await hoist.run(arguments)
                #expect(second.exit == .code(0), "\(second.errors)")
                #expect(second.records.map { $0["resumed"] as? Bool } == [true, true])
                #expect(second.records.map { $0.text("upload_key") } == first.records.map { $0.text("upload_key") })
            }
        }
    }

    /// A reply with half of a character in it still has the handle of a file that is stored.
    @Test(arguments: [#"\udce9"#, #"\ud83c"#, #"\ud83c\n"#, #"\udfac\ud83c"#])
    func halfACharacterLosesNoHandle(escape: String) async throws {
        try await withRawServer(
            replies: [
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
                    + #"{"upload_key":"k-1","image_url":"https://h/i","name":"a\#(escape)b"}"#
            ]) { server in
                let run = Run(
                    try await Command(
                        try Binaries.hoist, ["upload", Media.shot, "--to", "figur"],
                        environment: ["FIGUR_API_KEY": "sk_test_0123456789", "FIGUR_BASE_URL": server.baseURL]
                    ).run())
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.record.text("upload_key") == "k-1")
                #expect(run.record.text("name")?.contains("\u{FFFD}") == true)
            }
    }

    /// More digits than there are seconds: it is said in words.
    @Test func aRetryAfterWithoutEndIsNotCalledInf() async throws {
        for value in [String(repeating: "9", count: 400), "inf", "Infinity", "nan", "99999999999999999999"] {
            try await withRawServer(
                replies: [
                    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: \(value)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                ]) { server in
                    let run = Run(
                        try await Command(
                            try Binaries.hoist, ["upload", Media.shot, "--to", "figur", "--retries", "0"],
                            environment: ["FIGUR_API_KEY": "sk_test_0123456789", "FIGUR_BASE_URL": server.baseURL]
                        ).run())
                    #expect(run.exit == .code(75))
                    #expect(!run.errors.contains(" inf") && !run.errors.contains("e+"), "\(run.errors)")
                    #expect(run.errors.contains("run it again"))
                }
        }
    }
}
