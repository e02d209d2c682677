import Foundation
import TestSupport
import Testing

@Suite struct FailFastTests {
    @Test func nothingIsBegunAfterAFailure() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                var files = try directory.pictures(9)
                files[4] = directory.path("missing.png")
                let run = try await hoist.run(["upload", "--to", "figur", "--fail-fast", "--jobs", "1"] + files)
                let records = run.records
                #expect(records.map { $0.text("file") } == files)
                #expect(records.map(\.isOK) == files.indices.map { $0 < 4 })
                #expect(records[4].error.text("code") == "not_found")
                for record in records[5...] {
                    #expect(record.error.text("code") == "not_attempted")
                    #expect(record.error["retryable"] as? Bool == true)
                    #expect(record.number("attempts") == 0)
                    #expect(record.text("service") == "figur")
                }
                #expect(run.exit == .code(66), "what was not attempted has no say in it")
                #expect(try await hoist.sandbox.namesOfForms() == (0..<4).map { "picture-\($0).png" })
            }
        }
    }

    /// Standard input is under way when the other one fails: it is finished all the same.
    @Test func whatIsUnderWayIsFinished() async throws {
        try await withHoist { hoist in
            try await withHeldInput { held in
                let command = held.feeding(
                    try hoist.command(
                        ["upload", "--to", "figur", "--fail-fast", "--unordered", "--jobs", "2", "-", "/nowhere/a.png"]
                            + Array(repeating: Media.shot, count: 3)))
                let finished = try await command.withRunning { running in
                    for await line in running.output.prefix(1) { #expect(line.contains("/nowhere/a.png")) }
                    try held.release(Media.bytes(Media.photo))
                }.finished
                let records = Run(finished).records
                #expect(records.count == 5)
                let codes = Dictionary(grouping: records) { $0.error.text("code") ?? "done" }.mapValues(\.count)
                #expect(codes == ["done": 1, "not_found": 1, "not_attempted": 3])
                #expect(records.first { $0.isOK == true }?.text("file") == "-")
                #expect(try await hoist.sandbox.namesOfForms() == ["stdin"])
            }
        }
    }

    @Test func withoutItAllIsTried() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                "/nowhere/a.png", Media.shot, Media.photo, "--to", "figur", "--jobs", "1")
            #expect(run.records.map(\.isOK) == [false, true, true])
            #expect(run.exit == .code(66))
        }
    }

    @Test func putAndInspectAndPresignKnowItToo() async throws {
        try await withHoist { hoist in
            let files = ["/nowhere/a.png", Media.shot, Media.photo]
            for verb in ["inspect", "presign"] {
                let run = try await hoist.run([verb, "--fail-fast", "--jobs", "1"] + files)
                #expect(run.records.map { $0.error.text("code") } == ["not_found", "not_attempted", "not_attempted"])
            }
            let replies = (0..<3).map { #"{"id":"x-\#($0)","url":"http://127.0.0.1:1/x"}"# }.joined(separator: "\n")
            let run = try await hoist.run(["put", "--fail-fast", "--jobs", "1"] + files, input: Array(replies.utf8))
            #expect(run.records.map { $0.error.text("code") } == ["not_found", "not_attempted", "not_attempted"])
            #expect(run.records.map { $0.text("id") } == ["x-0", "x-1", "x-2"], "no handle is lost")
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }
}
