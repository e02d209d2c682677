import Foundation
import TestSupport
import Testing

@Suite struct LoadTests {
    @Test func servesFiftyUploadsAtOnce() async throws {
        try await withSandbox("--processing-ms", "0") { sandbox in
            try await withTemporaryDirectory { directory in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<50 {
                        group.addTask {
                            let content = [UInt8](repeating: UInt8(number), count: 100_000 + number)
                            let file = try directory.file("\(number)", content)
                            let upload = try await sandbox.initiated()
                            #expect(try await sandbox.put(upload, file: file).status == 200)
                            #expect(try await curl(upload.public_url).body == content)
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await sandbox.requests().filter { $0.kind == "put" && $0.status == 200 }.count == 50)
            }
        }
    }

    @Test func memoryStaysFlat() async throws {
        try await withSandbox { sandbox in
            try await withTemporaryDirectory { directory in
                let file = try directory.sparseFile("large", bytes: 300 << 20)
                let upload = try await sandbox.initiated()
                #expect(try await sandbox.put(upload, file: file).status == 200)
                let download = try await curl(upload.public_url, ["-o", directory.path("back")])
                #expect(download.status == 200)
                #expect(try await Command("cmp", [file, directory.path("back")]).run().exit == .code(0))
                let status = try String(contentsOfFile: "/proc/\(sandbox.processID)/status", encoding: .utf8)
                let peak = try #require(status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Int($0.1) })
                #expect(peak < 64 << 10)
            }
        }
    }
}
