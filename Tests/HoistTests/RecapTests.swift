import Foundation
import TestSupport
import Testing

/// The end of a run: what failed and why, and how to go on.
@Suite struct RecapTests {
    @Test func failuresAreGroupedByTheirReasons() async throws {
        try await withHoist { hoist in
            let missing = (1...5).map { "/nowhere/\($0).png" }
            let run = try await hoist.run(["upload", "--to", "figur", Media.shot, Media.loop, Media.clip] + missing)
            #expect(run.exit == .code(1))
            #expect(run.errorLines.contains("hoist: 7 of 8 failed or were not attempted:"), "\(run.errors)")
            #expect(
                run.errorLines.contains(
                    "hoist:   5 × no such file (/nowhere/1.png, /nowhere/2.png, /nowhere/3.png and 2 more); check the path"
                ))
            #expect(
                run.errorLines.contains {
                    $0.contains("2 × Figur takes JPEG, PNG or WebP, not GIF, or alike (\(Media.loop), \(Media.clip))")
                },
                "\(run.errors)")
            #expect(run.errors.contains("--failed-to FILE"))
            let quiet = try await hoist.run(["upload", "--to", "figur", "--quiet"] + missing)
            #expect(quiet.errorLines.count == 5, "each has its line, and nothing more")
            let one = try await hoist.run([
                "upload", "--to", "figur", Media.shot, "/nowhere/a.png", "--progress", "none",
            ])
            #expect(one.errorLines.count == 1, "a single failure has said it all")
        }
    }

    /// The list of one run is the input of the next, be it the same file.
    @Test func whatFailedIsTriedAgain() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(6)
                let list = directory.path("failed.txt")
                for file in files[2...3] { #expect(rename(file, file + ".away") == 0) }
                let first = try await hoist.run(
                    ["upload", "--to", "eachlabs", "--failed-to", list, "--quiet"] + files)
                #expect(first.exit == .code(66))
                #expect(try String(contentsOfFile: list, encoding: .utf8) == files[2] + "\n" + files[3] + "\n")
                for file in files[2...3] { #expect(rename(file + ".away", file) == 0) }
                let second = try await hoist.run(
                    ["upload", "--to", "eachlabs", "--files-from", list, "--failed-to", list, "--quiet"])
                #expect(second.exit == .code(0), "\(second.errors)")
                #expect(second.records.map { $0.text("file") } == Array(files[2...3]))
                #expect(try String(contentsOfFile: list, encoding: .utf8).isEmpty)
                #expect(try await hoist.sandbox.storedBodies().count == 6)
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: directory.path).count == 7, "nothing is left")
            }
        }
    }

    /// Names are bytes; some fit no line.
    @Test func oddNamesInTheList() async throws {
        try await withTemporaryDirectory { directory in
            let list = directory.path("failed")
            let script = #"exec "$0" inspect "$(printf 'x\376.png')" "$(printf 'two\nlines')" - --failed-to "$1""#
            var command = Command("bash", ["-c", script, try Binaries.hoist, list])
            command.workingDirectory = directory.path
            let run = Run(try await command.run())
            #expect(try Data(contentsOf: URL(filePath: list)) == Data([0x78, 0xFE] + Array(".png\n".utf8)))
            #expect(run.errors.contains("2 names are not in \(list)"), "\(run.errors)")
        }
    }

    @Test func aListThatCannotBeMadeIs74BeforeAnythingIsSent() async throws {
        try await withHoist { hoist in
            for option in ["--failed-to", "-o"] {
                let run = try await hoist.upload(Media.shot, "--to", "figur", option, "/nowhere/list")
                #expect(run.exit == .code(74))
                #expect(run.errors.contains("/nowhere/list"))
                #expect(try await hoist.sandbox.requests().isEmpty)
            }
        }
    }

    @Test func anInterruptedRunSaysHowFarItGot() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(20)
                try await hoist.sandbox.fault(#"{"on":"put","skip":5,"count":null,"action":"stall","after_bytes":0}"#)
                let list = directory.path("failed")
                let command = try hoist.command(
                    ["upload", "--to", "eachlabs", "--jobs", "1", "--failed-to", list] + files)
                let (_, finished) = try await command.withRunning { running in
                    try await hoist.sandbox.wait(on: "put", requests: 6)
                    try running.signal(SIGINT)
                }
                let run = Run(finished)
                #expect(run.exit == .code(130))
                #expect(run.errors.contains("hoist: interrupted: 5 of 20 done"), "\(run.errors)")
                #expect(run.errors.contains("their names are in \(list)"))
                #expect(try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").count == 15)
            }
        }
    }

    @Test func aRetrySaysWhichItIs() async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"figur","count":2,"action":"reply","status":500}"#)
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--retries", "4")
            #expect(run.exit == .code(0))
            let retries = run.errorLines.filter { $0.contains("retrying in ") }
            #expect(retries.count == 2)
            #expect(
                retries[0].hasPrefix("hoist: \(Media.shot): ")
                    && retries[0].contains(#/HTTP 500\); retrying in \d\.\d s \(1 of 4\)$/#))
            #expect(retries[1].hasSuffix("(2 of 4)"))
        }
    }

    @Test func everyLineOfATraceSaysWhoseItIs() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                Media.shot, Media.photo, "--to", "figur", "--verbose", "--progress", "none")
            let lines = run.errorLines
            #expect(lines.count > 10)
            #expect(
                lines.allSatisfy { $0.hasPrefix("\(Media.shot) ") || $0.hasPrefix("\(Media.photo) ") }, "\(run.errors)")
        }
    }

    /// The command that a message names is the one to run.
    @Test func aWaitThatEndsNamesTheUpload() async throws {
        try await withHoist { hoist in
            let id = try await hoist.run(["presign", Media.clip, "--to", "eachlabs"]).record.text("id") ?? ""
            let run = try await hoist.run(
                ["status", id, "--to", "eachlabs", "--wait", "--wait-timeout", "300ms", "--wait-interval", "100ms"])
            #expect(run.exit == .code(75))
            #expect(run.errors.contains("ask again with hoist status \(id)"))
        }
    }
}
