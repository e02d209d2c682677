import Foundation
import TestSupport
import Testing

/// --limit-rate and --requests-per-second. Times are lower bounds only: a busy machine may always take longer.
@Suite struct RateTests {
    @Test func allFilesTogetherKeepToTheRate() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let noise = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 5) }
                let files = try (0..<3).map {
                    try directory.file("\($0).png", Media.bytes(Media.shot) + noise + Data("\($0)".utf8))
                }
                let start = ContinuousClock.now
                let run = try await hoist.run(["upload", "--to", "eachlabs", "--limit-rate", "100K"] + files)
                // 315 kB, and a tenth of a second may be saved up.
                #expect(ContinuousClock.now - start >= .seconds(2.5))
                #expect(run.exit == .code(0), "\(run.errors)")
                for (file, record) in zip(files, run.records) {
                    #expect(try await fetch(record.text("public_url") ?? "") == Media.bytes(file))
                }
                // Each had a share from the start: none was sent after the others.
                let seconds = run.records.compactMap { $0["seconds"] as? Double }
                #expect(seconds.allSatisfy { $0 >= 1 }, "\(seconds)")
            }
        }
    }

    @Test func formsAreHeldBackAsWell() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("a.png", Media.bytes(Media.shot) + Data(count: 100_000))
                let start = ContinuousClock.now
                let run = try await hoist.upload(file, "--to", "figur", "--limit-rate", "50000")
                #expect(ContinuousClock.now - start >= .seconds(1.9))
                #expect(try await fetch(run.record.text("image_url") ?? "") == Media.bytes(file))
            }
        }
    }

    /// Waiting for one's own limit is no fault of the server's.
    @Test func theTimeLimitDoesNotCountWhatIsHeldBack() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(4)
                let run = try await hoist.run(
                    ["upload", "--to", "eachlabs", "--limit-rate", "8K", "--timeout", "300ms", "--retries", "0"] + files
                )
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(Set(try await hoist.sandbox.storedBodies()) == Set(files.map(Media.bytes)))
            }
        }
    }

    @Test(arguments: ["figur", "eachlabs"])
    func callsOfTheServiceAreSpacedOut(service: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(8)
                let start = ContinuousClock.now
                let run = try await hoist.run(["upload", "--to", service, "--requests-per-second", "10"] + files)
                #expect(ContinuousClock.now - start >= .milliseconds(700))
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.map { $0.text("file") } == files)
            }
        }
    }

    /// The second one would have been sent after eight seconds.
    @Test func tooManyRequestsHoldAllBack() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(
                #"{"on":"figur","action":"reply","status":429,"headers":{"Retry-After":"9"},"body":""}"#)
            let command = try hoist.command(
                ["upload", "--to", "figur", "--requests-per-second", "0.125", Media.shot, Media.photo])
            let start = ContinuousClock.now
            let (second, finished) = try await command.withRunning { _ in
                try await hoist.sandbox.wait(on: "figur", requests: 2)
                return ContinuousClock.now
            }
            #expect(second - start >= .seconds(9))
            #expect(finished.exit == .code(0))
            #expect(
                Run(finished).records.compactMap { $0.number("attempts") }.reduce(0, +) == 2, "a refusal is no attempt")
        }
    }

    @Test(arguments: [
        "--limit-rate=0", "--limit-rate=-1", "--limit-rate=fast", "--requests-per-second=0",
        "--requests-per-second=-1", "--requests-per-second=nan", "--requests-per-second=many",
    ])
    func aRateThatIsNoneIsRefused(option: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur", option)
            #expect(run.exit == .code(64))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }
}
