import Foundation
import TestSupport
import Testing

/// A journaled batch that is killed again and again loses nothing.
@Suite struct KilledTests {
    private static let files = 2000
    private static let kills = 50
    private static let jobs = 8

    @Test(.timeLimit(.minutes(5)))
    func everyInputHasOneRecordAndItsBytes() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                var random = SeededGenerator(seed: 5)
                let inputs = try Self.files(in: directory, using: &random)
                let list = try directory.file("list", Array(inputs.joined(separator: "\n").utf8))
                let journal = directory.path("journal")
                let arguments = [
                    "upload", "--to", "eachlabs", "--files-from", list, "--journal", journal, "--jobs", "\(Self.jobs)",
                    "--progress", "none",
                ]
                var printed = Set<String>()
                for _ in 0..<Self.kills {
                    // So slowly that there is work left for all the kills, even where each comes five times too late.
                    let command = try hoist.command(arguments + ["--requests-per-second", "50"])
                    let moment = Duration.milliseconds(Int.random(in: 1...300, using: &random))
                    let (_, finished) = try await command.withRunning { running in
                        // Not a wait for something: the moment is what is tried out.
                        try await Task.sleep(for: moment)
                        try running.signal(SIGKILL)
                    }
                    #expect(finished.exit == .signal(SIGKILL))
                    // The last line may be cut off.
                    let lines = finished.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                    for line in lines {
                        let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                        printed.insert(try #require(record?.text("id")))
                    }
                }
                #expect(!printed.isEmpty)
                let kept = try String(contentsOfFile: journal, encoding: .utf8)
                for id in printed { #expect(kept.contains(id)) }

                let last = try await hoist.run(arguments)
                #expect(last.exit == .code(0))
                let records = last.records
                #expect(records.map { $0.text("file") } == inputs)
                #expect(records.allSatisfy { $0.isOK == true })
                #expect(printed.isSubset(of: records.compactMap { $0.text("id") }))
                try await expectStoredBytes(of: records, directory, "after \(Self.kills) kills")
                #expect(Set(records.compactMap { $0.text("id") }).count == inputs.count)
                // What was under way at a kill may have been stored without its record: it is all that is sent again.
                let stored = try await hoist.sandbox.requests().filter { $0.kind == "put" && $0.status == 200 }
                #expect(stored.count <= inputs.count + Self.kills * Self.jobs)
                let again = Dictionary(grouping: stored, by: \.target).values.filter { $0.count > 1 }
                #expect(again.isEmpty, "a presigned URL was used twice without need")
            }
        }
    }

    private static func files(
        in directory: TemporaryDirectory, using random: inout SeededGenerator
    ) throws -> [String] {
        let picture = Media.bytes(Media.shot)
        return try (0..<files).map { number in
            let tail = (0..<Int.random(in: 8...2000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            return try directory.file("\(number).png", picture + Array("\(number)".utf8) + tail)
        }
    }
}
