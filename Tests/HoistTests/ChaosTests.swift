import Foundation
import TestSupport
import Testing

/// An ok means stored, whatever happens on the way: 30 % of all requests to the API and to storage go wrong.
@Suite struct ChaosTests {
    /// Of these, the large ones also meet the lie: a success before their body is read, of which nothing is kept.
    private static let small = 980
    private static let large = 20

    struct Case: CustomTestStringConvertible, Sendable {
        let service: String
        let seed: Int
        let jobs: Int

        var testDescription: String { "\(service), seed \(seed), \(jobs) jobs" }
    }

    /// Seeds with which some of the large files' first requests meet the lie, in both flows.
    private static let cases = ["figur", "eachlabs"].flatMap { service in
        [(1, 8), (2, 32), (4, 64)].map { Case(service: service, seed: $0, jobs: $1) }
    }

    @Test(.timeLimit(.minutes(5)), arguments: cases)
    func everyFileIsStoredOnceAndSaidSo(_ test: Case) async throws {
        try await withChaos(seed: test.seed) { hoist, proxy in
            try await withTemporaryDirectory { directory in
                let files = try Self.pictures(in: directory)
                let list = try directory.file("list", Array(files.joined(separator: "\n").utf8))
                var command = try hoist.command([
                    "upload", "--to", test.service, "--files-from", list, "--jobs", "\(test.jobs)", "--progress",
                    "none",
                ])
                command.timeLimit = .seconds(240)
                let run = Run(try await command.run())
                let comment = Comment(rawValue: "\(test.testDescription); \(run.complaints)")
                #expect(run.exit == .code(0), comment)
                let records = run.records
                #expect(records.map { $0.text("file") } == files, comment)
                #expect(records.count { $0.isOK == true } == files.count, comment)
                let handle = test.service == "figur" ? "upload_key" : "id"
                #expect(Set(records.compactMap { $0.text(handle) }).count == files.count, comment)
                try await expectStoredBytes(of: records.filter { $0.isOK == true }, directory, comment)
                try Self.expectChaos(proxy, comment)
            }
        }
    }

    /// Questions meet faults as well, and a wait outlives them.
    @Test(.timeLimit(.minutes(2)))
    func everyFileIsWaitedFor() async throws {
        try await withChaos(seed: 3) { hoist, proxy in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(100)
                let run = try await hoist.run(
                    [
                        "upload", "--to", "eachlabs", "--wait", "--wait-interval", "100ms...1s", "--jobs", "32",
                        "--progress", "none",
                    ] + files)
                #expect(run.exit == .code(0), "seed 3; \(run.complaints)")
                #expect(run.records.allSatisfy { $0.isOK == true && $0.text("status") == "COMPLETED" }, "seed 3")
                #expect(try proxy.drawn().contains { $0.kind == "question" && $0.fault != "nothing" })
            }
        }
    }

    /// A bit of a body flips on its way, which TCP's checksum missed: storage's ETag tells. An upload is sent once more;
    /// where that one is damaged too, it is a failure and no ok.
    @Test(.timeLimit(.minutes(2)))
    func whatIsDamagedOnItsWayIsNoOk() async throws {
        try await withChaos(seed: 5, ["--faults", "corrupt", "--probability", "0.2"]) { hoist, proxy in
            try await withTemporaryDirectory { directory in
                let run = try await hoist.run(
                    ["upload", "--to", "eachlabs", "--progress", "none"] + directory.pictures(200))
                let failed = run.records.filter { $0.isOK != true }
                #expect(failed.allSatisfy { $0.error.text("code") == "corrupted" }, run.complaints)
                #expect(failed.count < 30, run.complaints)
                try await expectStoredBytes(of: run.records.filter { $0.isOK == true }, directory, "seed 5")
                #expect(try proxy.drawn().count { $0.fault == "corrupt" } > 20)
            }
        }
    }

    /// A reply that came whole and is no JSON is what the contract rules out: it is said, and not sent again.
    @Test(.timeLimit(.minutes(2)))
    func aReplyThatIsNoJSONIsNotSentAgain() async throws {
        try await withChaos(seed: 6, ["--faults", "garbage", "--probability", "0.2"]) { hoist, proxy in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(50)
                let run = try await hoist.run(["upload", "--to", "figur", "--progress", "none"] + files)
                #expect(run.exit == .code(76))
                let garbage = try proxy.drawn().count { $0.fault == "garbage" }
                #expect(garbage > 0)
                #expect(run.records.count { $0.isOK != true } == garbage)
                #expect(try proxy.drawn().count == files.count)
                try await expectStoredBytes(of: run.records.filter { $0.isOK == true }, directory, "seed 6")
            }
        }
    }

    private static func pictures(in directory: TemporaryDirectory) throws -> [String] {
        let shot = Media.bytes(Media.shot)
        let tail = Data(count: 2 << 20)
        return try directory.pictures(small)
            + (0..<large).map { try directory.file("large-\($0).png", shot + Data("\($0)".utf8) + tail) }
    }

    /// The proxy did what it is for: a good result would say nothing otherwise.
    private static func expectChaos(_ proxy: ChaosProxy, _ comment: Comment) throws {
        let drawn = try proxy.drawn()
        let faults = drawn.filter { $0.fault != "nothing" }
        #expect(faults.count * 4 > drawn.count, comment)
        #expect(faults.contains { $0.fault == "early_success" }, comment)
        #expect(Set(faults.map(\.fault)).count >= 16, comment)
    }

    private func withChaos(
        seed: Int, _ options: [String] = [], _ body: @escaping @Sendable (Hoist, ChaosProxy) async throws -> Void
    ) async throws {
        try await withSandbox { sandbox in
            try await withChaosProxy(before: sandbox, ["--seed", "\(seed)"] + options) { proxy in
                let environment = ["FIGUR_BASE_URL": proxy.apiURL, "EACHLABS_BASE_URL": proxy.apiURL]
                try await body(Hoist(sandbox: sandbox, changes: environment), proxy)
            }
        }
    }
}
