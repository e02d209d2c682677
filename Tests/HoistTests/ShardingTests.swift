import Foundation
import TestSupport
import Testing

/// --shard: the same list on several machines.
@Suite struct ShardingTests {
    @Test func gnuParallelSendsEachInputOnce() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try await require("parallel", from: "parallel")
                let files = try directory.pictures(50)
                let list = try directory.file(
                    "list", (files + [files[7], "/nowhere/a.png"]).joined(separator: "\n").utf8)
                let outputs = directory.path("records-{}.jsonl")
                let upload =
                    "'\(try Binaries.hoist)' upload --to eachlabs --files-from '\(list)' --shard {}/4 >'\(outputs)'"
                let command = Command(
                    "parallel", ["--will-cite", "--jobs", "4", upload, ":::", "1", "2", "3", "4"],
                    environment: hoist.environment)
                let run = Run(try await command.run())
                #expect(run.exit == .code(1), "the one job that had the missing file failed: \(run.errors)")
                let shards = try (1...4).map {
                    try String(contentsOfFile: directory.path("records-\($0).jsonl"), encoding: .utf8)
                        .split(separator: "\n").map { try Self.record(String($0)) }
                }
                let names = shards.joined().compactMap { $0.text("file") }
                #expect(names.sorted() == (files + [files[7], "/nowhere/a.png"]).sorted())
                #expect(shards.map { $0.count { $0["same_as"] == nil } } == [13, 13, 13, 12])
                let bodies = try await hoist.sandbox.storedBodies()
                #expect(bodies.count == 50)
                #expect(Set(bodies) == Set(files.map(Media.bytes)))
                let order = shards.map { $0.compactMap { files.firstIndex(of: $0.text("file") ?? "") } }
                #expect(order.map { Array(Set($0)).sorted() } == (0..<4).map { Array(stride(from: $0, to: 50, by: 4)) })
            }
        }
    }

    @Test(arguments: [
        (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "3"], "auto"),
        (["SLURM_ARRAY_TASK_ID": "6", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_COUNT": "3"], "auto"),
        (["JOB_COMPLETION_INDEX": "1"], "auto/3"), ([:], "2/3"),
    ])
    func schedulersSayWhichPart(environment: [String: String], shard: String) async throws {
        try await withTemporaryDirectory { directory in
            let files = try directory.pictures(7)
            let command = Command(
                try Binaries.hoist, ["inspect", "--shard", shard] + files, environment: environment)
            let run = Run(try await command.run())
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(run.records.map { $0.text("file") } == [files[1], files[4]])
        }
    }

    @Test(arguments: ["0/3", "4/3", "1/0", "auto/0", "half", "auto/", "auto/-1"])
    func aPartThatIsNoneIsRefused(shard: String) async throws {
        let run = Run(try await Command(try Binaries.hoist, ["inspect", Media.shot, "--shard", shard]).run())
        #expect(run.exit == .code(64))
        #expect(run.output.isEmpty)
    }

    @Test(arguments: [
        [:], ["CI_NODE_INDEX": "1"], ["JOB_COMPLETION_INDEX": "0"], ["CI_NODE_INDEX": "x", "CI_NODE_TOTAL": "2"],
    ])
    func withoutASchedulerAutoIsRefused(environment: [String: String]) async throws {
        let command = Command(
            try Binaries.hoist, ["inspect", Media.shot, "--shard", "auto"], environment: environment)
        let run = Run(try await command.run())
        #expect(run.exit == .code(64))
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("--shard"))
    }

    @Test func moreMachinesThanFilesHaveNothingToDo() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--shard", "2/2")
            #expect(run.exit == .code(0))
            #expect(run.output.isEmpty)
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test func presignAndPutTakeTheSamePart() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(9)
                let all = try await hoist.run(["presign"] + files).output
                for number in 1...2 {
                    let run = try await hoist.run(["put", "--shard", "\(number)/2"] + files, input: Array(all.utf8))
                    #expect(run.exit == .code(0), "\(run.errors)")
                    #expect(run.records.count == (number == 1 ? 5 : 4))
                }
                let bodies = try await hoist.sandbox.storedBodies()
                #expect(bodies.count == 9)
                #expect(Set(bodies) == Set(files.map(Media.bytes)))
            }
        }
    }

    private static func record(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
}
