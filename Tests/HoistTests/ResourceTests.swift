import Foundation
import TestSupport
import Testing

/// Where there is too little of something a run says so and ends, or works; it never waits for ever, and never takes a
/// file for something else.
@Suite struct ResourceTests {
    private static let files = [Media.shot, Media.photo, Media.clip, Media.loop]
    private static let types = ["image/png", "image/jpeg", "video/mp4", "image/gif"]

    private func expectWorkOrOneLine(_ run: Run, saying remedy: String) {
        if run.exit == .code(0) {
            #expect(run.records.compactMap { $0.text("content_type") } == Self.types)
        } else {
            #expect(run.exit == .code(74), "\(run.errors)")
            #expect(run.errorLines.count == 1 && run.errors.contains(remedy), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }

    /// libdispatch waits for a thread that it cannot have, for ever.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16])
    func fewProcesses(limit: Int) async throws {
        try await require("setpriv", from: "util-linux")
        try await withHoist { hoist in
            // A user of its own, since all processes of a user count and root's do not; it may read where root can.
            let rights = "+dac_read_search,+dac_override"
            let user = [
                "setpriv", "--reuid=\(54_000 + limit)", "--clear-groups", "--inh-caps=\(rights)",
                "--ambient-caps=\(rights)",
            ]
            let upload = [try Binaries.hoist, "upload", "--to", "eachlabs", "--progress", "none"] + Self.files
            let command = Command(
                "prlimit", ["--nproc=\(limit)"] + (geteuid() == 0 ? user : []) + upload,
                environment: hoist.environment, timeLimit: .seconds(60))
            let run = Run(try await command.run())
            expectWorkOrOneLine(run, saying: "ulimit -u")
            if limit == 1 { #expect(run.exit == .code(74)) }
        }
    }

    /// Without memory for its database libmagic knows no type, and says that all is well.
    @Test(arguments: Array(stride(from: 44, through: 100, by: 4)) + [120, 150, 200])
    func littleMemory(megabytes: Int) async throws {
        try await withHoist { hoist in
            let line = "ulimit -v \(megabytes)000; exec \"$0\" upload --to eachlabs --progress none --jobs 64 \"$@\""
            let command = Command(
                "bash", ["-c", line, try Binaries.hoist] + Self.files, environment: hoist.environment,
                timeLimit: .seconds(60))
            let run = Run(try await command.run())
            expectWorkOrOneLine(run, saying: "ulimit -v")
            if megabytes == 44 { #expect(run.exit == .code(74)) }
            if megabytes == 200 { #expect(run.exit == .code(0)) }
        }
    }

    /// Where memory runs out among many large files, libcurl finds replies wrong that are good.
    @Test func noMoreJobsThanThereIsMemoryFor() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let picture = Media.bytes(Media.shot) + Data(repeating: 0, count: 2 << 20)
                let paths = try (0..<64).map { try directory.file("\($0).png", picture + Data("\($0)".utf8)) }
                let line =
                    "ulimit -v 110000; exec \"$0\" upload --to eachlabs --retries 0 --jobs 64 --progress none \"$@\""
                let command = Command(
                    "bash", ["-c", line, try Binaries.hoist] + paths, environment: hoist.environment)
                let run = Run(try await command.run())
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.errors.contains("ulimit -v"))
                #expect(run.records.filter { $0.isOK == true }.count == 64)
            }
        }
    }
}
