import Foundation
import TestSupport
import Testing

/// `--journal` with `--wait`: what was sent is waited for, and sent again only where processing it failed.
@Suite struct JournalWaitTests {
    /// What was sent before is asked for, and not sent again.
    @Test func waitingGoesOnWhereItEnded() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                let upload = ["upload", Media.clip, "--to", "eachlabs", "--journal", journal]
                let wait = upload + ["--wait", "--wait-interval", "50ms", "--wait-timeout"]
                try await hoist.sandbox.fault(
                    #"{"on":"status","count":null,"action":"merge","fields":{"status":"PROCESSING"}}"#)
                let late = try await hoist.run(wait + ["400ms"])
                #expect(late.exit == .code(75))
                try await hoist.sandbox.clearFaults()
                let unasked = try await hoist.run(upload)
                #expect(unasked.exit == .code(0))
                #expect(unasked.record["resumed"] as? Bool == true)
                let done = try await hoist.run(wait + ["1m"])
                #expect(done.exit == .code(0))
                #expect(done.record.text("status") == "COMPLETED")
                #expect(done.record.text("id") == late.record.text("id"))
                #expect(try await hoist.sandbox.requests().filter { $0.kind == "put" }.count == 1)
            }
        }
    }

    @Test func aWaitThatWasInterruptedSendsNothingAgain() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let arguments = [
                    "upload", Media.clip, "--to", "eachlabs", "--wait", "--wait-interval", "50ms", "--journal",
                    directory.path("journal"),
                ]
                try await hoist.sandbox.fault(
                    #"{"on":"status","count":null,"action":"merge","fields":{"status":"PROCESSING"}}"#)
                let (_, finished) = try await hoist.command(arguments).withRunning { running in
                    try await hoist.sandbox.wait(on: "status", requests: 2)
                    try running.signal(SIGINT)
                }
                #expect(Run(finished).exit == .code(130))
                try await hoist.sandbox.clearFaults()
                let again = try await hoist.run(arguments)
                #expect(again.exit == .code(0))
                #expect(again.record.text("id") == Run(finished).record.text("id"))
                #expect(try await hoist.sandbox.requests().filter { $0.kind == "put" }.count == 1)
            }
        }
    }

    @Test func whatFailedToBeProcessedIsNoSuccessForWhoWaits() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let upload = ["upload", Media.clip, "--to", "eachlabs", "--journal", directory.path("journal")]
                let wait = upload + ["--wait", "--wait-interval", "50ms"]
                try await hoist.sandbox.fault(#"{"on":"put","action":"processing_fails"}"#)
                #expect(try await hoist.run(upload).exit == .code(0))
                let failed = try await hoist.run(wait)
                #expect(failed.exit == .code(69))
                #expect(failed.record.text("status") == "ERROR")
                // Now it has failed, and is sent again.
                let again = try await hoist.run(wait)
                #expect(again.exit == .code(0))
                #expect(again.record["resumed"] == nil)
            }
        }
    }
}
