import Foundation
import TestSupport
import Testing

/// `hoist status`, and waiting.
@Suite struct StatusTests {
    private static let quick = ["--wait-interval", "50ms...100ms"]

    private func uploaded(_ hoist: Hoist) async throws -> String {
        let run = try await hoist.upload(Media.clip, "--to", "eachlabs", "--field", "id")
        return run.lines.first ?? ""
    }

    @Test func showsTheWordAsItCame() async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(#"{"on":"status","action":"merge","fields":{"status":"Transmogrifying"}}"#)
            let run = try await hoist.run(["status", id])
            #expect(run.exit == .code(0))
            #expect(run.record.text("status") == "Transmogrifying")
            #expect(run.record.text("id") == id)
            #expect(run.output.hasPrefix(#"{"ok":true,"id":"\#(id)","service":"eachlabs","#))
        }
    }

    @Test(arguments: ["COMPLETED", "complete", "Success", "SUCCEEDED", "READY", "AVAILABLE", "UPLOADED", "DONE"])
    func waitEndsWhereItIsFinished(word: String) async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(
                #"[{"on":"status","count":2,"action":"merge","fields":{"status":"PROCESSING"}},{"on":"status","count":null,"action":"merge","fields":{"status":"\#(word)"}}]"#
            )
            let run = try await hoist.run(["status", id, "--wait"] + Self.quick)
            #expect(run.exit == .code(0))
            #expect(run.record.text("status") == word)
            #expect(try await hoist.sandbox.requests().filter { $0.kind == "status" }.count == 3)
        }
    }

    @Test(arguments: ["FAILED", "error", "EXPIRED", "REJECTED", "CANCELLED", "Canceled"], [true, false])
    func failedProcessingIs69(word: String, waits: Bool) async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(
                #"{"on":"status","count":null,"action":"merge","fields":{"status":"\#(word)","reason":"bad frames"}}"#)
            let run = try await hoist.run(["status", id] + (waits ? ["--wait"] + Self.quick : []))
            #expect(run.exit == .code(69))
            #expect(run.record.text("status") == word)
            #expect(run.record.text("reason") == "bad frames")
            #expect(run.errors.contains(word))
        }
    }

    @Test func aWordOfAMegabyteIsCutInMessagesAndWholeInTheRecord() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let id = try await uploaded(hoist)
                let word = String(repeating: "x", count: 1_000_000)
                let fault = #"{"on":"status","count":null,"action":"merge","fields":{"status":"\#(word)"}}"#
                // Too long for a command line.
                try await hoist.sandbox.fault("@" + (try directory.file("fault.json", fault.utf8)))
                let wait = ["status", id, "--wait", "--wait-timeout", "300ms"] + Self.quick
                let run = try await hoist.run(wait)
                #expect(run.exit == .code(75))
                #expect(run.record.text("status") == word)
                #expect(run.errors.contains("still xxx") && run.errors.utf8.count < 1000)
                let table = try await hoist.run(wait + ["--output", "table"])
                #expect(table.output.utf8.count < 1000)
            }
        }
    }

    @Test func outOfTimeIs75WithTheLastKnownStatus() async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(
                #"{"on":"status","count":null,"action":"merge","fields":{"status":"PROCESSING"}}"#)
            let run = try await hoist.run(["status", id, "--wait", "--wait-timeout", "300ms"] + Self.quick)
            #expect(run.exit == .code(75))
            #expect(run.record.text("status") == "PROCESSING")
            #expect(run.record.error.text("code") == "not_finished")
        }
    }

    @Test func uploadWaitsToo() async throws {
        try await withHoist { hoist in
            let done = try await hoist.run(["upload", Media.clip, "--to", "eachlabs", "--wait"] + Self.quick)
            #expect(done.exit == .code(0))
            #expect(done.record.text("status") == "COMPLETED")
            #expect(done.record.text("public_url") != nil)
            try await hoist.sandbox.fault(#"{"on":"put","action":"processing_fails"}"#)
            let failed = try await hoist.run(["upload", Media.clip, "--to", "eachlabs", "--wait"] + Self.quick)
            #expect(failed.exit == .code(69))
            #expect(failed.record.text("status") == "ERROR")
            #expect(failed.record.text("id") != nil)
        }
    }

    @Test func temporaryTroubleWhileWaitingIsTriedAgain() async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(
                #"{"on":"status","count":2,"action":"reply","status":503,"headers":{"Retry-After":"0"},"body":""}"#)
            let run = try await hoist.run(["status", id, "--wait"] + Self.quick)
            #expect(run.exit == .code(0))
            #expect(run.record.number("attempts") == 1, "the server wanted fewer, which is no attempt")
        }
    }

    @Test func interruptedWhileWaiting() async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(
                #"{"on":"status","count":null,"action":"merge","fields":{"status":"PROCESSING"}}"#)
            let command = try hoist.command(["status", id, "--wait", "--wait-interval", "100ms"])
            let (_, finished) = try await command.withRunning { running in
                // It asks again only once it has read the first answer.
                try await hoist.sandbox.wait(on: "status", requests: 2)
                try running.signal(SIGINT)
            }
            let run = Run(finished)
            #expect(run.exit == .code(130))
            #expect(run.record.text("status") == "PROCESSING")
        }
    }

    @Test func anIdStaysAnId() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["status", "../a b?c#d/é"])
            #expect(run.exit == .code(69))
            #expect(try await hoist.sandbox.requests()[0].target == "/api/v1/uploads/..%2Fa%20b%3Fc%23d%2F%C3%A9")
        }
    }

    @Test func severalIdsGiveOneRecordEach() async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            let unknown = UUID().uuidString.lowercased()
            let run = try await hoist.run(["status", unknown, id])
            #expect(run.exit == .code(69))
            #expect(run.records.map { $0.text("id") } == [unknown, id])
            #expect(run.records.map(\.isOK) == [false, true])
        }
    }

    @Test(arguments: ["", "soon", "-1s", "30s...2s", "1s...2s...3s", "0s"])
    func aWrongIntervalIs64(interval: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["status", "x", "--wait", "--wait-interval=\(interval)"])
            #expect(run.exit == .code(64))
        }
    }

    /// storage answers that the URL has lapsed: only a new one cures that.
    @Test func uploadPresignsOnceMoreWhereTheURLHasExpired() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","action":"expired"}"#)
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(try await hoist.sandbox.requests().map(\.kind) == ["initiate", "put", "initiate", "put"])
            try await hoist.sandbox.fault(#"{"on":"put","count":null,"action":"expired"}"#)
            let again = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(again.exit == .code(77), "once, not for ever")
            #expect(try await hoist.sandbox.requests().count == 8)
        }
    }

    @Test(arguments: [
        #"{"on":"status","count":null,"action":"reply","status":429,"headers":{"Retry-After":"60"},"body":""}"#,
        #"{"on":"status","count":null,"action":"stall","after_bytes":0}"#,
    ])
    func theTimeLimitHoldsWithinOneQuestionToo(fault: String) async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(fault)
            let start = ContinuousClock.now
            let run = try await hoist.run(["status", id, "--wait", "--wait-timeout", "1s"])
            let elapsed = ContinuousClock.now - start
            #expect(run.exit == .code(75))
            #expect(elapsed < .seconds(20), "not the minute that the service asked for, nor the five of a slow reply")
        }
    }

    @Test func itAsksOnceMoreWhenTheTimeIsOver() async throws {
        try await withHoist { hoist in
            let id = try await uploaded(hoist)
            try await hoist.sandbox.fault(#"{"on":"status","action":"merge","fields":{"status":"PROCESSING"}}"#)
            let run = try await hoist.run(
                ["status", id, "--wait", "--wait-timeout", "1s", "--wait-interval", "30s"])
            #expect(run.exit == .code(0), "it was finished long before the first pause was over")
        }
    }

    @Test func theFirstHandleSurvivesAFailedSecondPresign() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"[{"on":"put","action":"expired"},{"on":"initiate","skip":1,"action":"reply","status":401,"body":""}]"#
            )
            let run = try await hoist.upload(Media.shot, "--to", "eachlabs")
            #expect(run.exit == .code(77))
            #expect(run.record.text("id") != nil)
        }
    }
}
