import Foundation
import TestSupport
import Testing

/// What went wrong for somebody who tried to break batches.
@Suite struct BatchTroubleTests {
    /// Each name is no UTF-8, or looks as if it were none, and all look the same to Swift.
    @Test func namesThatLookTheSameAreTheirOwnFiles() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let script = #"""
                    cd "$1"; for name in "$(printf 'h\344.png')" "$(printf 'h\366.png')" "$(printf 'h\357\277\275.png')"; do
                        { cat "$2"; printf '%s' "$name" | od -An -tx1; } > "$name"
                    done
                    exec "$3" upload --to eachlabs --progress none "$(printf 'h\366.png')" "$(printf 'h\357\277\275.png')" "$(printf 'h\344.png')"
                    """#
                let command = Command(
                    "sh", ["-c", script, "sh", directory.path, Media.shot, try Binaries.hoist],
                    environment: hoist.environment)
                let run = Run(try await command.run())
                #expect(run.exit == .code(0))
                var endings: [String] = []
                for record in run.records {
                    let stored = try await fetch(try #require(record.text("public_url")))
                    let ending = String(decoding: stored.dropFirst(Media.bytes(Media.shot).count), as: UTF8.self)
                    endings.append(ending.filter { !$0.isWhitespace })
                }
                #expect(endings == ["68f62e706e67", "68efbfbd2e706e67", "68e42e706e67"])
            }
        }
    }

    /// Where descriptors run out, the runtime itself would end the process.
    @Test(arguments: ["64", "100", "256"])
    func asManyJobsAsThereAreDescriptorsFor(limit: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                for number in 0..<300 {
                    _ = try directory.file("\(number).png", Media.bytes(Media.shot) + [UInt8(number % 256)])
                }
                let line = "ulimit -n \(limit); exec \"$0\" upload -r \"$1\" --to eachlabs --jobs 256 --progress none"
                let command = Command(
                    "bash", ["-c", line, try Binaries.hoist, directory.path], environment: hoist.environment)
                let run = Run(try await command.run())
                #expect(run.exit == .code(0))
                #expect(run.records.count == 300)
                #expect(run.records.allSatisfy { $0.isOK == true })
                #expect(run.errorLines.count == 1 && run.errors.contains("at a time"))
            }
        }
    }

    /// Batch schedulers limit addresses, of which a heap for each thread takes a lot.
    @Test func littleAddressSpaceIsEnough() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(100) + [Media.clip]
                let line = "ulimit -v 300000; exec \"$0\" upload --to eachlabs --jobs 64 --progress none \"$@\""
                let command = Command(
                    "bash", ["-c", line, try Binaries.hoist] + files, environment: hoist.environment)
                let run = Run(try await command.run())
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.count { $0.isOK == true } == 101)
            }
        }
    }

    @Test func everyListCounts() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let first = try directory.file("first", Array("\(Media.shot)\r\n\(Media.photo)\r\n".utf8))
                let second = try directory.file("second", Array("\(Media.picture)\n".utf8))
                let run = try await hoist.run([
                    "upload", "--to", "figur", "--files-from", first, "--files-from", second, "--progress", "none",
                ])
                #expect(run.exit == .code(0))
                #expect(run.records.map { $0.text("file") } == [Media.shot, Media.photo, Media.picture])
            }
        }
    }

    @Test func shardsArePresignedAndPut() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = [Media.shot, Media.photo, Media.picture, Media.clip, Media.loop]
                var put: [String] = []
                for shard in ["1/2", "2/2"] {
                    let presigned = try await hoist.run(["presign", "--shard", shard] + files)
                    let run = try await hoist.run(
                        ["put", "--shard", shard, "--quiet"] + files, input: Array(presigned.output.utf8))
                    #expect(run.exit == .code(0))
                    put += run.records.compactMap { $0.text("file") }
                }
                #expect(put.sorted() == files.sorted())
                // The replies for all files do as well.
                let all = try await hoist.run(["presign"] + files)
                let run = try await hoist.run(
                    ["put", "--shard", "2/2", "--quiet"] + files, input: Array(all.output.utf8))
                #expect(run.records.map { $0.text("file") } == [Media.photo, Media.clip])
            }
        }
    }

    @Test func repliesForNamesThatLookTheSameAreNotGuessedAt() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let script = #"cp "$2" "$1/$(printf 'x\376.img')"; cp "$3" "$1/$(printf 'x\377.img')""#
                _ = try await Command("sh", ["-c", script, "sh", directory.path, Media.photo, Media.shot]).run()
                let presigned = try await hoist.run(["presign", "-r", directory.path])
                #expect(presigned.records.count == 2)
                let run = try await hoist.run(["put", "-r", directory.path], input: Array(presigned.output.utf8))
                #expect(run.exit == .code(64))
                #expect(run.output.isEmpty)
            }
        }
    }

    @Test func aMisspeltFieldIsSaidAlthoughSomethingFailed() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run([
                "upload", Media.shot, "/nonexistent", "--to", "figur", "--field", "nosuch", "--progress", "none",
            ])
            #expect(run.exit == .code(66))
            #expect(run.errors.contains("no record has a field 'nosuch'"))
        }
    }

    /// Standard output is full: every record that was made can be read on standard error, line by line.
    @Test func whatCannotBeWrittenIsReadableElsewhere() async throws {
        try await withHoist { hoist in
            let files = [Media.shot, Media.photo, Media.picture]
            let line = "exec \"$0\" upload --to figur --progress none --jobs 1 \"$@\" > /dev/full"
            let command = Command("bash", ["-c", line, try Binaries.hoist] + files, environment: hoist.environment)
            let run = Run(try await command.run())
            #expect(run.exit == .code(74))
            let records = run.errorLines.filter { $0.hasPrefix("{") }
            let sent = try await hoist.sandbox.requests().filter { $0.status == 200 }.count
            #expect(sent >= 1 && records.count == sent)
            for record in records {
                #expect(try JSONSerialization.jsonObject(with: Data(record.utf8)) is [String: Any])
            }
        }
    }

    @Test func aURLThatHadToBePresignedAgainCounts() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","action":"expired"}"#)
            let run = try await hoist.upload(Media.clip, "--to", "eachlabs")
            #expect(run.exit == .code(0))
            #expect(run.record.number("attempts") == 2)
        }
    }
}
