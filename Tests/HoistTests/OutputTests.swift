import Foundation
import TestSupport
import Testing

/// What comes out, and how.
@Suite struct OutputTests {
    @Test func jsonKeysComeInAFixedOrder() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur")
            let keys = run.output.matches(of: /"([a-z_]+)":/).map { String($0.1) }
            #expect(
                keys == [
                    "ok", "file", "bytes", "content_type", "file_type", "service", "image_url", "upload_key", "handle",
                    "verified", "attempts", "started_at", "seconds",
                ])
        }
    }

    @Test func aPipedTableHasOneUncutLineAnInput() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "/nowhere/x.png", "--to", "eachlabs", "--output", "table")
            #expect(run.lines.count == 2)
            let words = run.lines[0].split(separator: " ").map(String.init)
            #expect(words.first == "processing")
            #expect(words.contains(Media.shot))
            #expect(words.last?.hasPrefix("http://") == true)
            #expect(run.lines[1].hasPrefix("failed") && run.lines[1].hasSuffix("no such file"))
        }
    }

    @Test func onATerminalTheTableFits80Columns() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let path = try directory.file(String(repeating: "long-", count: 30) + ".png", Media.bytes(Media.shot))
                let hoisted = try Binaries.hoist
                let command = Command(
                    "script", ["-qec", "stty cols 80; '\(hoisted)' upload '\(path)' --to figur", "/dev/null"],
                    environment: hoist.environment)
                let lines = Run(try await command.run()).output.split(whereSeparator: \.isNewline)
                #expect(lines.count == 2, "a heading, and one line a file")
                #expect(lines.first?.hasPrefix("STATE ") == true && lines.first?.count ?? 99 <= 80)
                #expect(lines.last?.contains("✓ ok") == true)
                // What is to be copied is whole; all before it fits.
                let plain = lines.last?.replacing(#/\u{1B}\[\d*m/#, with: "") ?? ""
                let start = try #require(plain.firstRange(of: "inputs/")?.lowerBound)
                #expect(plain.distance(from: plain.startIndex, to: start) <= 80 - 20)
                #expect(plain.hasSuffix(".png"))
            }
        }
    }

    /// Those under way are cancelled; nobody wants to know which.
    @Test func aReaderThatHasGoneEndsABatchWithoutAWord() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                for number in 0..<1000 {
                    _ = try directory.file("\(number).png", Media.bytes(Media.shot) + Array("\(number)".utf8))
                }
                let script =
                    "'\(try Binaries.hoist)' upload --to figur -r '\(directory.path)' --progress none | head -1"
                let command = Command(
                    "bash", ["-c", script + "; exit ${PIPESTATUS[0]}"], environment: hoist.environment)
                let run = Run(try await command.run())
                #expect(run.exit == .code(74))
                #expect(run.lines.count == 1)
                #expect(run.errors.isEmpty)
                let count = try await hoist.sandbox.requests().count
                #expect(count < 1000, "it ended, it did not go on in silence")
            }
        }
    }

    @Test(arguments: [
        ["--json", "--output", "table"], ["--field", "id", "--json"], ["--output", "xml"], ["--nonsense"],
        ["--retries", "-1"], ["--timeout", "0"], ["--content-type", "png"], ["--content-type", "image/png\r\nX: y"],
        ["--file-type", "film"], ["--to", "s3"], ["--to", "eachlabs", "--audio-duration", "nan"],
        ["--to", "figur", "--owner", "org-1"], ["--to", "eachlabs", "--owner", "me"],
        ["--to", "eachlabs", "--owner", "org-"],
    ])
    func aWrongCommandLineIs64(options: [String]) async throws {
        try await withHoist { hoist in
            let service = options.contains("--to") ? [] : ["--to", "figur"]
            let run = try await hoist.run(["upload", Media.shot] + service + options)
            #expect(run.exit == .code(64))
            #expect(run.output.isEmpty)
            #expect(!run.errors.isEmpty)
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test(arguments: [
        ("--audio-duration", Media.clip), ("--video-duration", Media.tone), ("--video-bitrate", Media.shot),
    ])
    func durationsBelongToTheirKindOfMedia(flag: String, file: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(file, "--to", "eachlabs", flag, "3")
            #expect(run.exit == .code(64))
            #expect(run.errors.contains(flag))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test func helpAndVersionAreNoFailure() async throws {
        try await withHoist { hoist in
            #expect(try await hoist.run(["--version"]).output.hasPrefix("hoist "))
            let help = try await hoist.run(["upload", "--help"])
            #expect(help.exit == .code(0))
            #expect(help.output.contains("--api-key-file"))
            #expect(try await hoist.run(["upload"]).exit == .code(64))
            #expect(try await hoist.run(["unload"]).exit == .code(64))
        }
    }

    /// Long runs of operands take another way through the command line; none may be lost, moved or altered by it.
    @Test(arguments: [50, 101, 102, 3000])
    func manyOperandsKeepTheirOrder(count: Int) async throws {
        try await withHoist { hoist in
            let files = (0..<count).map { $0 % 7 == 0 ? "" : "no \($0)\n.png" }
            let split = count / 3
            let arguments =
                ["inspect"] + files[..<split] + ["--probe", "off"] + files[split...] + ["--file-type", "image", "last"]
            let run = try await hoist.run(arguments)
            #expect(run.exit == .code(66))
            #expect(run.records.map { $0.text("file") } == files + ["last"])
        }
    }
}
