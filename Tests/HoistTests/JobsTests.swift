import Foundation
import TestSupport
import Testing

/// Several inputs are under way at a time.
@Suite struct JobsTests {
    private static let stallAll = #"{"on":"figur","action":"stall","after_bytes":100,"count":null}"#

    /// Nobody is answered, so that all that arrives is under way at the same time.
    @Test(arguments: [([], 16), (["--jobs", "1"], 1), (["-j3"], 3)] as [([String], Int)])
    func asManyAreUnderWayAsThereAreJobs(options: [String], jobs: Int) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(20)
                try await hoist.sandbox.fault(Self.stallAll)
                let command = try hoist.command(["upload", "--to", "figur"] + options + files)
                let finished = try await command.withRunning { running in
                    try await hoist.sandbox.wait(on: "figur", requests: jobs)
                    try running.signal(SIGTERM)
                }.finished
                #expect(finished.exit == .code(143))
                let records = Run(finished).records
                #expect(records.map { $0.text("file") } == files)
                let codes = records.map { $0.error.text("code") }
                #expect(codes.prefix(jobs).allSatisfy { $0 == "interrupted" })
                #expect(codes.dropFirst(jobs).allSatisfy { $0 == "not_attempted" })
                #expect(records.map { $0.number("attempts") == 1 } == files.indices.map { $0 < jobs })
                #expect(try await hoist.sandbox.requests().count == jobs)
            }
        }
    }

    @Test(arguments: ["figur", "eachlabs"])
    func oneThatStallsHoldsUpNoOther(service: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(12)
                let kind = service == "figur" ? "figur" : "put"
                try await hoist.sandbox.fault(#"{"on":"\#(kind)","action":"stall","after_bytes":100}"#)
                let command = try hoist.command(["upload", "--to", service, "--jobs", "2"] + files)
                let finished = try await command.withRunning { running in
                    try await hoist.sandbox.wait(on: kind, ended: 11)
                    try running.signal(SIGTERM)
                }.finished
                let records = Run(finished).records
                #expect(records.map { $0.text("file") } == files)
                #expect(records.count { $0.error.text("code") == "interrupted" } >= 1)
                #expect(records.count { $0.isOK == true } >= 10, "the last reply may come too late for the signal")
            }
        }
    }

    @Test func theSlowestFirst() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(9)
                try await hoist.sandbox.fault(#"{"on":"put","action":"delay","milliseconds":700}"#)
                let run = try await hoist.run(["upload", "--to", "eachlabs"] + files)
                #expect(run.exit == .code(0))
                #expect(run.records.map { $0.text("file") } == files)
                for (file, record) in zip(files, run.records) {
                    #expect(try await fetch(record.text("public_url") ?? "") == Media.bytes(file), "each its own URL")
                }
            }
        }
    }

    @Test(arguments: ["0", "-1", "257", "many", ""])
    func aNumberThatIsNoneIsRefused(jobs: String) async throws {
        let run = Run(try await Command(try Binaries.hoist, ["inspect", Media.shot, "--jobs=\(jobs)"]).run())
        #expect(run.exit == .code(64))
        #expect(run.output.isEmpty)
    }

    /// A usual limit, which a process may raise for itself. Files that wait to be sent are open as well.
    @Test func theMostJobsGetTheDescriptorsThatTheyNeed() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(1200)
                let list = Array(files.joined(separator: "\n").utf8)
                let upload = "'\(try Binaries.hoist)' upload --to figur --jobs 256 --files-from - --quiet"
                let command = Command(
                    "bash", ["-c", "ulimit -S -n 1024; exec \(upload)"], environment: hoist.environment, input: list)
                let run = Run(try await command.run())
                #expect(run.exit == .code(0), "\(run.errorLines.prefix(3))")
                #expect(run.records.count { $0.isOK == true } == 1200)
            }
        }
    }

    @Test(arguments: ["upload", "presign", "inspect"])
    func recordsAreTheSameWhateverTheNumber(verb: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = [Media.photo, "/nowhere/a.png", Media.clip, Media.loop] + (try directory.pictures(20))
                let service = verb == "inspect" ? [] : ["--to", "eachlabs"]
                let one = try await hoist.run([verb, "--jobs", "1"] + service + files).records
                let many = try await hoist.run([verb, "--jobs", "16"] + service + files).records
                #expect(one.map { $0.text("file") } == files)
                for key in ["file", "content_type", "decided_by", "code"] {
                    #expect(one.map { $0.text(key) } == many.map { $0.text(key) })
                }
                #expect(one.map(\.isOK) == many.map(\.isOK))
                #expect(one.map { $0.number("bytes") } == many.map { $0.number("bytes") })
            }
        }
    }
}
