import Foundation
import TestSupport
import Testing

/// A key that is missing or refused ends the run: what the service says to one file it says to all.
@Suite struct RefusedKeyTests {
    @Test(arguments: ["figur", "eachlabs"], [1, 8])
    func theRestIsNotAttempted(service: String, jobs: Int) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(60)
                let variable = service == "figur" ? "FIGUR_API_KEY" : "EACHLABS_API_KEY"
                let run = try await hoist.with([variable: "sk_test_wrong"]).run(
                    ["upload", "--to", service, "--jobs", "\(jobs)"] + files)
                #expect(run.exit == .code(77))
                #expect(run.records.map { $0.text("file") } == files)
                let codes = Dictionary(grouping: run.records) { $0.error.text("code") == "not_attempted" }
                #expect(codes[false]?.count ?? 0 <= jobs)
                #expect(codes[false]?.allSatisfy { $0.error.number("http_status") == 401 } == true)
                #expect(codes[true]?.allSatisfy { $0.error.text("message")?.contains("key") == true } == true)
                #expect(run.errors.components(separatedBy: "did not accept the key").count == 2, "it is said once")
                #expect(try await hoist.sandbox.requests().count <= jobs)
            }
        }
    }

    @Test func aMissingKeyIsSaidOnce() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(60)
                let run = try await hoist.with(["FIGUR_API_KEY": nil]).run(["upload", "--to", "figur"] + files)
                #expect(run.exit == .code(77))
                #expect(run.records.count == 60)
                #expect(run.errors.components(separatedBy: "needs a key").count == 2)
                #expect(run.errors.contains("FIGUR_API_KEY"))
                #expect(try await hoist.sandbox.requests().isEmpty)
            }
        }
    }

    /// It was accepted, and is not any more: what is under way ends, and its handles are printed.
    @Test func aKeyThatIsWithdrawnMeanwhile() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(40)
                try await hoist.sandbox.fault(
                    #"{"on":"figur","skip":10,"count":null,"action":"reply","status":401}"#)
                let run = try await hoist.run(["upload", "--to", "figur", "--jobs", "4"] + files)
                #expect(run.exit == .code(77))
                let done = run.records.filter { $0.isOK == true }
                #expect(done.count == 10 && done.allSatisfy { $0.text("upload_key") != nil })
                #expect(run.records.filter { $0.error.text("code") == "not_attempted" }.count >= 40 - 10 - 4)
            }
        }
    }

    /// What storage refuses with 401 says nothing of the key.
    @Test func aRefusedURLIsNoRefusedKey() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try await hoist.sandbox.fault(#"{"on":"put","action":"reply","status":401}"#)
                let files = try directory.pictures(5)
                let run = try await hoist.run(["upload", "--to", "eachlabs", "--jobs", "1"] + files)
                #expect(run.exit == .code(77))
                #expect(run.records.map(\.isOK) == [false, true, true, true, true])
            }
        }
    }
}
