import Foundation
import TestSupport
import Testing

/// `hoist presign`, and the pipe from it to `hoist put`.
@Suite struct PresignTests {
    @Test func printsTheReplyWhole() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["presign", Media.clip, "--video-duration", "1.5"])
            #expect(run.exit == .code(0))
            let record = run.record
            #expect(record.text("file") == Media.clip)
            #expect(record.text("content_type") == "video/mp4")
            #expect(record.number("bytes") == Media.bytes(Media.clip).count)
            #expect(record.text("upload_url")?.contains("X-Amz-Signature=") == true)
            let headers = try #require(record["required_headers"] as? [String: String])
            #expect(headers["x-amz-meta-video-duration-seconds"] == "1.5")
            #expect(try await hoist.sandbox.requests().map(\.kind) == ["initiate"], "nothing is put")
        }
    }

    @Test func worksWithoutTheFile() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["presign", "--content-type", "audio/mpeg", "--audio-duration", "3"])
            #expect(run.exit == .code(0))
            #expect(run.record["file"] is NSNull)
            #expect(run.record.text("content_type") == "audio/mpeg")
            #expect(run.record.text("file_type") == "audio")
            #expect(try await hoist.run(["presign"]).exit == .code(64), "it does not say of what")
        }
    }

    @Test func theTableShowsTheURLUncutAndLast() async throws {
        try await withHoist { hoist in
            let command = Command(
                "script", ["-qec", "stty cols 80; '\(try Binaries.hoist)' presign '\(Media.clip)'", "/dev/null"],
                environment: hoist.environment)
            let lines = Run(try await command.run()).output.split(whereSeparator: \.isNewline)
            #expect(lines.last?.contains(#/  http:\/\/\S+X-Amz-Signature=[0-9a-f]{64}$/#) == true, "\(lines)")
        }
    }

    @Test(arguments: [["presign", "x.png"], ["status", "x"]])
    func figurHasNoSuchThing(arguments: [String]) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(arguments + ["--to", "figur"])
            #expect(run.exit == .code(64))
            #expect(run.errors.contains("Figur has no"))
            #expect(run.output.isEmpty)
            let only = hoist.with(["EACHLABS_API_KEY": nil])
            #expect(try await only.run(arguments).exit == .code(64))
        }
    }

    @Test(arguments: [[Media.clip], [Media.shot, Media.photo, Media.clip]])
    func pipesIntoPut(files: [String]) async throws {
        try await withHoist { hoist in
            let quoted = files.map { "'\($0)'" }.joined(separator: " ")
            let program = try Binaries.hoist
            let script = "set -o pipefail; '\(program)' presign \(quoted) | '\(program)' put \(quoted)"
            let run = Run(try await Command("bash", ["-c", script], environment: hoist.environment).run())
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(run.records.map { $0.text("file") } == files)
            for (file, record) in zip(files, run.records) {
                #expect(record["upload_url"] == nil)
                #expect(record.text("service") == "eachlabs")
                #expect(try await fetch(record.text("public_url") ?? "") == Media.bytes(file))
            }
        }
    }

    @Test func whatIsTooLargeForOnePutIsRefusedBeforeItIsPresigned() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let run = try await hoist.run(["presign", directory.sparseFile("film.bin", bytes: (5 << 30) + 1)])
                #expect(run.exit == .code(65))
                #expect(run.record.error.text("code") == "too_large")
                #expect(try await hoist.sandbox.requests().isEmpty)
            }
        }
    }
}
