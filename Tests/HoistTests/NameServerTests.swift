import Foundation
import TestSupport
import Testing

/// A name server that does not answer. libcurl waits for it on a thread, and joins that thread when it gives up: 10 s in
/// which nothing else moves (measured).
@Suite struct NameServerTests {
    @Test func theTimeLimitHolds() async throws {
        try await withSilentNames { environment in
            let clock = ContinuousClock.now
            let command = Command(
                try Binaries.hoist,
                ["upload", Media.shot, "--to", "figur", "--base-url", "https://figur.silent"]
                    + ["--timeout", "1", "--retries", "0"],
                environment: environment)
            let run = Run(try await command.run())
            #expect(run.exit == .code(75))
            #expect(run.record.error.text("code") == "timeout")
            #expect(ContinuousClock.now - clock < .seconds(20), "not as long as the name server takes")
        }
    }

    @Test func anInterruptionDoesNotWaitForIt() async throws {
        try await withSilentNames { environment in
            let clock = ContinuousClock.now
            let command = Command(
                try Binaries.hoist,
                ["upload", Media.shot, "--to", "figur", "--base-url", "https://figur.silent", "--progress", "plain"]
                    + ["--connect-timeout", "60"],
                environment: environment)
            let finished = try await command.withRunning { running in
                // The first line of progress: the work is under way.
                var lines = running.errors.makeAsyncIterator()
                _ = await lines.next()
                try running.signal(SIGINT)
            }.finished
            #expect(finished.exit == .code(130))
            #expect(Run(finished).record.error.text("code") == "interrupted")
            #expect(ContinuousClock.now - clock < .seconds(40))
        }
    }

    @Test func othersGoOnMeanwhile() async throws {
        try await withHoist { hoist in
            try await withSilentNames { environment in
                let presigned = try await hoist.run(["presign", Media.shot, Media.photo])
                let lost = #"{"file":"\#(Media.picture)","upload_url":"https://storage.silent/o"}"# + "\n"
                let command = Command(
                    try Binaries.hoist,
                    ["put", Media.picture, Media.shot, Media.photo, "--unordered", "--connect-timeout", "60"],
                    environment: environment, input: Array((lost + presigned.output).utf8))
                let finished = try await command.withRunning { running in
                    var lines = running.output.makeAsyncIterator()
                    for _ in 0..<2 { _ = await lines.next() }
                    try running.signal(SIGINT)
                }.finished
                let records = Run(finished).records
                #expect(records.map(\.isOK) == [true, true, false])
                #expect(try await hoist.sandbox.storedBodies().count == 2)
            }
        }
    }

    /// An environment in which no name server answers for `*.silent`.
    private func withSilentNames(_ body: @escaping @Sendable ([String: String]) async throws -> Void) async throws {
        try await require("gcc", from: "gcc")
        try await withTemporaryDirectory { directory in
            let library = directory.path("silent_names.so")
            let built = try await Command(
                "gcc", ["-shared", "-fPIC", "-o", library, testProgram("silent_names.c"), "-ldl"]
            ).run()
            try #require(built.exit == .code(0), "\(built.errors)")
            try await body(["LD_PRELOAD": library, "FIGUR_API_KEY": "sk_test_silent"])
        }
    }
}
