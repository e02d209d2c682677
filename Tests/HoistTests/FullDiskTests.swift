import Foundation
import TestSupport
import Testing

/// A disk that is full where the journal, the spooled input or the output goes: a small one of the test's own, in a mount
/// namespace.
@Suite struct FullDiskTests {
    private typealias Script = @Sendable (String, [String]) -> Command

    private static let files = 60

    /// What was uploaded is said all the same, and once there is room the same command sends the rest.
    @Test func theJournal() async throws {
        try await withFullDisk { hoist, directory, script in
            let files = try directory.pictures(Self.files)
            let upload = #""$HOIST" upload --to eachlabs --jobs 1 --progress none --journal "$DISK/journal" "$@""#
            let command = script(
                "\(upload) > \"$OUT/first\"; first=$?; rm \"$DISK/filler\"; \(upload); echo \"$first $?\" >&2", files)
            let finished = try await command.run()
            #expect(finished.errors.contains("the journal") && finished.errors.contains("No space left"))
            #expect(finished.errors.hasSuffix("74 0\n"), "\(finished.errors)")
            let first = try Self.records(String(contentsOfFile: directory.path("first"), encoding: .utf8))
            #expect(first.map { $0.text("file") } == files)
            let said = Set(first.compactMap { $0.text("id") })
            let last = Run(finished).records
            #expect(last.map { $0.text("file") } == files)
            #expect(last.allSatisfy { $0.isOK == true })
            let resumed = last.filter { $0["resumed"] as? Bool == true }
            #expect(!resumed.isEmpty && resumed.allSatisfy { said.contains($0.text("id") ?? "") })
            try await expectStoredBytes(of: last, directory, "after the disk was full")
            // Nothing was sent that is not in one of the two runs' records.
            let stored = try await hoist.sandbox.requests().filter { $0.kind == "put" && $0.status == 200 }.count
            #expect(stored == said.union(last.compactMap { $0.text("id") }).count)
        }
    }

    @Test func theSpool() async throws {
        try await withFullDisk { hoist, _, script in
            let command = script(
                #"head -c 1000000 /dev/zero | cat "$1" - | TMPDIR="$DISK" "$HOIST" upload - --to figur --progress none"#,
                [Media.shot])
            let finished = try await command.run()
            #expect(finished.exit == .code(74))
            #expect(Run(finished).record.error.text("code") == "spool_failed")
            #expect(finished.errors.contains("No space left") && finished.errors.contains("TMPDIR"))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    /// Every upload is said on standard output or on standard error.
    @Test func theOutput() async throws {
        try await withFullDisk { hoist, directory, script in
            let upload = #""$HOIST" upload --to eachlabs --jobs 1 --progress none "$@" > "$DISK/out""#
            let command = script(
                #"\#(upload); code=$?; cp "$DISK/out" "$OUT/out"; exit $code"#, try directory.pictures(Self.files))
            let finished = try await command.run()
            #expect(finished.exit == .code(74), "\(finished.errors)")
            let written = try String(contentsOfFile: directory.path("out"), encoding: .utf8)
            // The last line may be cut off.
            let kept = try Self.records(written.lastIndex(of: "\n").map { String(written[...$0]) } ?? "")
            let shown = try Self.records(
                finished.errors.split(separator: "\n").filter { $0.hasPrefix("{") }.joined(separator: "\n"))
            let said = (kept + shown).filter { $0.isOK == true }.compactMap { $0.text("id") }
            let stored = try await hoist.sandbox.requests().filter { $0.kind == "put" && $0.status == 200 }.count
            #expect(!kept.isEmpty && !shown.isEmpty)
            #expect(Set(said).count == stored)
        }
    }

    private static func records(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    /// - Parameter body: gets what makes a command of a shell script: `$DISK` has room for a few lines, `$OUT` is a
    ///   directory outside.
    private func withFullDisk(
        _ body: @escaping @Sendable (Hoist, TemporaryDirectory, Script) async throws -> Void
    ) async throws {
        try await require("unshare", from: "util-linux")
        let program = try Binaries.hoist
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let disk = directory.path("disk")
                try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
                let prepare = """
                    mount -t tmpfs -o size=256k none "$DISK"
                    head -c 240K /dev/zero > "$DISK/filler"

                    """
                let names = ["DISK": disk, "OUT": directory.path, "HOIST": program]
                let environment = hoist.environment.merging(names) { given, _ in given }
                try await body(hoist, directory) { script, arguments in
                    Command(
                        "unshare",
                        ["--map-root-user", "--mount", "bash", "-c", prepare + script, "bash"] + arguments,
                        environment: environment)
                }
            }
        }
    }
}
