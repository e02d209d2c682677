import Foundation
import TestSupport
import Testing

/// `-` as a file.
@Suite struct StandardInputTests {
    /// More than libmagic is shown at once.
    @Test(arguments: ["figur", "eachlabs"])
    func itIsSentWhole(service: String) async throws {
        try await withHoist { hoist in
            let content = Media.bytes(Media.shot) + Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
            let run = try await hoist.upload("-", "--to", service, input: Array(content))
            #expect(run.exit == .code(0), "\(run.errors)")
            let record = run.record
            #expect(record.text("file") == "-")
            #expect(record.number("bytes") == content.count)
            #expect(record.text("content_type") == "image/png")
            let url = record.text(service == "figur" ? "image_url" : "public_url")
            #expect(try await fetch(url ?? "") == content)
        }
    }

    @Test func itHasItsPlaceAmongFiles() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                Media.photo, "-", Media.picture, "--to", "figur", input: Array(Media.bytes(Media.shot)))
            #expect(run.records.map { $0.text("file") } == [Media.photo, "-", Media.picture])
            #expect(run.records.map { $0.text("content_type") } == ["image/jpeg", "image/png", "image/webp"])
        }
    }

    @Test func namedTwiceItIsSentOnce() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("-", "-", "--to", "figur", input: Array(Media.bytes(Media.shot)))
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(run.records.map { $0.text("same_as") } == [nil, "-"])
            #expect(try await hoist.sandbox.requests().count == 1)
        }
    }

    @Test(arguments: [
        ["-", "--files-from", "-"], ["-", "--files-from0", "-"], ["--files-from", "-", "--files-from0", "-"],
        ["a.png", "-", "b.png", "--files-from=-"], ["-", "--api-key-file", "-"],
        ["--files-from", "-", "--api-key-file", "-"],
    ])
    func itIsOneThing(arguments: [String]) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(
                ["upload", "--to", "figur"] + arguments, input: Array(Media.bytes(Media.shot)))
            #expect(run.exit == .code(64))
            #expect(run.output.isEmpty)
            #expect(run.errors.lowercased().contains("standard input"))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    /// What the list has used up cannot be a file in it.
    @Test(arguments: [("--files-from", "\n"), ("--files-from0", "\0")])
    func aListThatCameFromItCannotNameIt(option: String, separator: String) async throws {
        try await withHoist { hoist in
            let list = Array([Media.shot, "-", Media.photo].joined(separator: separator).utf8)
            let run = try await hoist.upload("--to", "figur", option, "-", input: list)
            #expect(run.exit == .code(64))
            #expect(run.output.isEmpty)
            #expect(run.errors.contains("standard input"))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test func aListInAFileMayNameIt() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let list = try directory.file("list", "\(Media.photo)\n-\n".utf8)
                let run = try await hoist.upload(
                    "--to", "figur", "--files-from", list, input: Array(Media.bytes(Media.shot)))
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.map { $0.text("content_type") } == ["image/jpeg", "image/png"])
            }
        }
    }

    @Test func emptyItIsAnEmptyFile() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("-", "--to", "figur")
            #expect(run.exit == .code(65))
            #expect(run.record.error.text("code") == "empty_file")
        }
    }

    @Test(arguments: [("1K", Int32(65)), ("1024", 65), ("6K", 0)])
    func itHasALimit(size: String, code: Int32) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                "-", "--to", "figur", "--max-size", size, input: Array(Media.bytes(Media.shot)))
            #expect(run.exit == .code(code))
            if code != 0 { #expect(run.record.error.text("code") == "too_large") }
        }
    }

    /// It can be read once, but sent as often as it takes.
    @Test func itIsTriedAgain() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"put","action":"reply","status":500,"headers":{"Retry-After":"0"},"body":"","count":2}"#)
            let content = Media.bytes(Media.clip)
            let run = try await hoist.upload("-", "--to", "eachlabs", input: Array(content))
            #expect(run.record.number("attempts") == 3)
            #expect(try await fetch(run.record.text("public_url") ?? "") == content)
        }
    }

    @Test func whatIsInterruptedWhileItWaitsForInputIsReported() async throws {
        try await withHoist { hoist in
            try await withHeldInput { held in
                let command = held.feeding(try hoist.command(["upload", "--to", "figur", Media.photo, "-"]))
                let finished = try await command.withRunning { running in
                    for await _ in running.output.prefix(1) {}
                    try running.signal(SIGTERM)
                }.finished
                #expect(finished.exit == .code(143))
                let records = Run(finished).records
                #expect(records.map { $0.text("file") } == [Media.photo, "-"])
                #expect(records.last?.error.text("code") == "interrupted")
            }
        }
    }

    /// Only upload takes the second for the first.
    @Test(arguments: [["inspect", "-", "-"], ["presign", "-", "-"], ["put", "-", "-", "--presigned", "/dev/null"]])
    func namedTwiceItIsAWrongCommandLineElsewhere(arguments: [String]) async throws {
        try await withHoist { hoist in
            let many = Array(repeating: Media.shot, count: 150)
            for arguments in [arguments, arguments + many] {
                let run = try await hoist.run(arguments, input: Array(Media.bytes(Media.shot)))
                #expect(run.exit == .code(64))
                #expect(run.output.isEmpty)
            }
        }
    }

    @Test func aListMayNotNameWhatThePresignedReplyComesFrom() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let list = try directory.file("list", Array("-\n".utf8))
                let reply = #"{"upload_url":"http://127.0.0.1:1/x"}"#
                let run = try await hoist.run(["put", "--files-from", list], input: Array(reply.utf8))
                #expect(run.exit == .code(64))
                #expect(run.output.isEmpty)
            }
        }
    }
}
