import Foundation
import TestSupport
import Testing

/// An ok means stored, whatever happens on the way: 30 % of all requests to the API and to storage go wrong.
@Suite struct ChaosTests {
    /// Of these, the large ones also meet the lie: a success before their body is read, of which nothing is kept.
    private static let small = 980
    private static let large = 20

    /// About three quarters of the faults cost an attempt: of 6,000 files some meet five of them in a row, which is all
    /// that the default allows. Thirteen in a row are one in ten million.
    private static let retries = "12"

    struct Case: CustomTestStringConvertible, Sendable {
        let service: String
        let seed: Int
        let jobs: Int

        var testDescription: String { "\(service), seed \(seed), \(jobs) jobs" }
    }

    private static let cases = ["figur", "eachlabs"].flatMap { service in
        [(1, 8), (2, 32), (3, 64)].map { Case(service: service, seed: $0, jobs: $1) }
    }

    @Test(.timeLimit(.minutes(5)), arguments: cases)
    func everyFileIsStoredOnceAndSaidSo(_ test: Case) async throws {
        try await withChaos(seed: test.seed) { hoist, proxy in
            try await withTemporaryDirectory { directory in
                let files = try Self.pictures(in: directory)
                let list = try directory.file("list", Array(files.joined(separator: "\n").utf8))
                var command = try hoist.command([
                    "upload", "--to", test.service, "--files-from", list, "--jobs", "\(test.jobs)", "--retries",
                    Self.retries, "--progress", "none",
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
        try await withChaos(seed: 4) { hoist, proxy in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(100)
                let run = try await hoist.run(
                    [
                        "upload", "--to", "eachlabs", "--wait", "--wait-interval", "100ms...1s", "--jobs", "32",
                        "--retries", Self.retries, "--progress", "none",
                    ] + files)
                #expect(run.exit == .code(0), "seed 4; \(run.complaints)")
                #expect(run.records.allSatisfy { $0.isOK == true && $0.text("status") == "COMPLETED" }, "seed 4")
                #expect(try proxy.drawn().contains { $0.kind == "question" && $0.fault != "nothing" })
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
        seed: Int, _ body: @escaping @Sendable (Hoist, ChaosProxy) async throws -> Void
    ) async throws {
        try await withSandbox(timeLimit: .seconds(280)) { sandbox in
            try await withChaosProxy(before: sandbox, ["--seed", "\(seed)"]) { proxy in
                let environment = ["FIGUR_BASE_URL": proxy.apiURL, "EACHLABS_BASE_URL": proxy.apiURL]
                try await body(Hoist(sandbox: sandbox, changes: environment), proxy)
            }
        }
    }
}
