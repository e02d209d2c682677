import Foundation
import TestSupport
import Testing

/// Files that a service always fails on: they fail, and hold up nobody else for long.
@Suite struct PoisonTests {
    @Test(arguments: [500, 503, 0], [1, 4])
    func theOthersAreSent(status: Int, jobs: Int) async throws {
        try await withTemporaryDirectory { directory in
            let shot = Media.bytes(Media.shot)
            // As many as there are jobs, and before all others.
            let poison = try (0..<jobs).map { try directory.file("a-poison-\($0).png", shot + Data("\($0)".utf8)) }
            let files = try directory.pictures(20)
            try await withServer("poison_server.py", ["\(status)"]) { server in
                let command = Command(
                    try Binaries.hoist,
                    ["upload", "--to", "figur", "--jobs", "\(jobs)", "--retries", "2"] + poison + files,
                    environment: ["FIGUR_API_KEY": "sk_test_poison", "FIGUR_BASE_URL": server.baseURL],
                    timeLimit: .seconds(60))
                let run = Run(try await command.run())
                #expect(run.exit == .code(75))
                let isOK = run.records.map { $0.isOK == true }
                #expect(isOK == poison.map { _ in false } + files.map { _ in true }, "\(run.errors)")
            }
        }
    }
}
