import Foundation
import TestSupport
import Testing

/// Durations and bitrates from ffprobe, for the service that wants them.
@Suite struct ProbeTests {
    private func initiated(_ hoist: Hoist) async throws -> [String: Any] {
        let body = try #require(try await hoist.sandbox.requests().last { $0.kind == "initiate" }?.body)
        return try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
    }

    /// ffprobe's own word, asked in another way than hoist asks.
    private func ffprobe(_ entry: String, of file: String) async throws -> Double {
        let arguments = ["-v", "error", "-select_streams", "v:0", "-show_entries", entry, "-of", "csv=p=0", file]
        let output = try await Command("ffprobe", arguments).run().output
        return try #require(Double(output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test(arguments: ["upload", "presign"])
    func aVideosDurationAndBitrateAreSent(verb: String) async throws {
        try await withHoist { hoist in
            #expect(try await hoist.run([verb, Media.clip, "--to", "eachlabs"]).exit == .code(0))
            let sent = try await initiated(hoist)
            let duration = try await ffprobe("format=duration", of: Media.clip)
            let bitrate = try await ffprobe("stream=bit_rate", of: Media.clip)
            #expect(sent["video_duration_seconds"] as? Double == duration)
            #expect(sent["video_bitrate_kbps"] as? Double == (bitrate / 1000).rounded())
            #expect(sent["audio_duration_seconds"] == nil)
        }
    }

    @Test func anAudiosDurationIsSent() async throws {
        try await withHoist { hoist in
            #expect(try await hoist.upload(Media.tone, "--to", "eachlabs").exit == .code(0))
            let sent = try await initiated(hoist)
            #expect(sent["audio_duration_seconds"] as? Double == 1)
            #expect(sent["video_duration_seconds"] == nil && sent["video_bitrate_kbps"] == nil)
        }
    }

    @Test func whatTheUserSaysCountsMore() async throws {
        try await withHoist { hoist in
            #expect(try await hoist.upload(Media.clip, "--to", "eachlabs", "--video-duration", "7").exit == .code(0))
            let sent = try await initiated(hoist)
            #expect(sent["video_duration_seconds"] as? Double == 7)
            #expect(sent["video_bitrate_kbps"] != nil, "the other one is still asked for")
        }
    }

    @Test func offAsksNobody() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.clip, "--to", "eachlabs", "--probe", "off")
            #expect(run.exit == .code(0))
            let sent = try await initiated(hoist)
            #expect(sent["video_duration_seconds"] == nil)
        }
    }

    @Test func withoutFFprobeTheUploadGoesOn() async throws {
        try await withHoist { hoist in
            let without = hoist.with(["PATH": "/nowhere"])
            let run = try await without.upload(Media.clip, "--to", "eachlabs")
            #expect(run.exit == .code(0))
            #expect(run.errors.isEmpty)
            let verbose = try await without.upload(Media.clip, "--to", "eachlabs", "--verbose")
            #expect(verbose.errorLines.filter { $0.contains("ffprobe is not installed") }.count == 1)
            let required = try await without.upload(Media.clip, "--to", "eachlabs", "--probe", "require")
            #expect(required.exit == .code(78))
            #expect(required.errors.contains("apt-get install ffmpeg"))
        }
    }

    @Test func whatFFprobeCannotReadGoesOnUnlessItIsRequired() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let text = try directory.file("text.mp4", Array("no video".utf8))
                let upload = ["upload", text, "--to", "eachlabs", "--content-type", "video/mp4"]
                let run = try await hoist.run(upload)
                #expect(run.exit == .code(0))
                let required = try await hoist.run(upload + ["--probe", "require"])
                #expect(required.exit == .code(65))
                #expect(required.record.error.text("code") == "probe_failed")
            }
        }
    }

    /// A stand-in in PATH that never answers, as a wrapper script would not: what waits is its child, whose id it leaves
    /// as a mark.
    private func withSlowFFprobe(
        _ hoist: Hoist, _ body: (Hoist, _ mark: String) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let mark = directory.path("started")
            let program = try directory.file(
                "ffprobe", Array("#!/bin/sh\n/bin/sleep 60 &\necho $! > '\(mark)'\nwait\n".utf8))
            #expect(chmod(program, 0o755) == 0)
            try await body(hoist.with(["PATH": directory.path]), mark)
        }
    }

    private func childOfWrapper(_ mark: String) -> Int32? {
        guard let text = try? String(contentsOfFile: mark, encoding: .utf8), text.hasSuffix("\n") else { return nil }
        return Int32(text.dropLast())
    }

    @Test func ffprobeLearnsNoKey() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let seen = directory.path("seen")
                let program = try directory.file("ffprobe", Array("#!/bin/sh\n/usr/bin/env > '\(seen)'\n".utf8))
                #expect(chmod(program, 0o755) == 0)
                let run = try await hoist.with(["PATH": directory.path]).upload(Media.clip, "--to", "eachlabs")
                #expect(run.exit == .code(0))
                let environment = try String(contentsOfFile: seen, encoding: .utf8)
                #expect(environment.contains("HOME="))
                #expect(!environment.contains("API_KEY"))
            }
        }
    }

    @Test func aSlowFFprobeIsGivenUpAfterTenSeconds() async throws {
        try await withHoist { hoist in
            try await withSlowFFprobe(hoist) { slow, _ in
                let start = ContinuousClock.now
                let run = try await slow.upload(Media.clip, "--to", "eachlabs")
                let elapsed = ContinuousClock.now - start
                #expect(run.exit == .code(0))
                #expect(elapsed >= .seconds(10))
            }
        }
    }

    @Test func figurWantsNoProbe() async throws {
        try await withHoist { hoist in
            try await withSlowFFprobe(hoist) { slow, mark in
                let run = try await slow.upload(Media.shot, "--to", "figur")
                #expect(run.exit == .code(0))
                #expect(!FileManager.default.fileExists(atPath: mark))
            }
        }
    }

    @Test func anInterruptionEndsTheProbe() async throws {
        try await withHoist { hoist in
            try await withSlowFFprobe(hoist) { slow, mark in
                let command = try slow.command(["upload", Media.clip, "--to", "eachlabs"])
                let (_, finished) = try await command.withRunning { running in
                    while childOfWrapper(mark) == nil { try await Task.sleep(for: .milliseconds(20)) }
                    try running.signal(SIGTERM)
                }
                let run = Run(finished)
                #expect(run.exit == .code(143))
                #expect(run.record.error.text("code") == "interrupted")
                let child = try #require(childOfWrapper(mark))
                // Gone, or a zombie that nobody has collected yet.
                let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
                #expect(state == nil || state?.contains(") Z ") == true, "nothing is left behind")
            }
        }
    }

    @Test func inspectSaysWhatIsKnownAndWhoTakesIt() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run([
                "inspect", "--to", "figur", "--to", "each::labs", Media.clip, Media.shot, Media.loop,
            ])
            #expect(run.exit == .code(65), "each has to take them all")
            let takes = run.records.map { record in
                (record["services"] as? [String: [String: Any]])?.mapValues { $0["takes"] as? Bool }
            }
            #expect(takes[0] == ["figur": false, "eachlabs": true])
            #expect(takes[1] == ["figur": true, "eachlabs": true])
            #expect(takes[2] == ["figur": false, "eachlabs": true])
            #expect(run.records[0]["duration_seconds"] as? Double == 1)
            #expect(run.records[1]["duration_seconds"] is NSNull)
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test func inspectIs65WhereNobodyTakesIt() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let huge = try directory.sparseFile("huge.bin", bytes: (5 << 30) + 1)
                let empty = try directory.file("empty.png", [])
                let run = try await hoist.run(["inspect", "--to", "figur", "--to", "eachlabs", huge, empty])
                #expect(run.exit == .code(65))
                #expect(run.records.map { $0.error.text("code") } == ["unsupported_type", "empty_file"])
            }
        }
    }

    /// ffprobe follows playlists: nothing but the file itself may be opened.
    @Test func aPlaylistOpensNoOtherFile() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let fifo = directory.path("trap.ts")
                #expect(mkfifo(fifo, 0o600) == 0)
                let playlist =
                    "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:3600,\n\(Media.clip)\n#EXTINF:1,\n\(fifo)\n#EXT-X-ENDLIST\n"
                let file = try directory.file("list.mp4", Array(playlist.utf8))
                let run = try await hoist.run(["inspect", file, "--content-type", "video/mp4"])
                #expect(run.exit == .code(0))
                #expect(run.record["duration_seconds"] is NSNull)
                let required = try await hoist.run(
                    ["inspect", file, "--content-type", "video/mp4", "--probe", "require"])
                #expect(required.exit == .code(65))
            }
        }
    }
}
