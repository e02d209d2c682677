import Foundation
import TestSupport
import Testing

/// When records come: as soon as all before them have, or with --unordered as soon as they are there. What decides is
/// standard input, which the test holds as long as it needs.
@Suite struct RecordTimingTests {
    @Test func recordsKeepTheOrderOfTheInputsAlthoughTheFirstIsTheSlowest() async throws {
        try await withHoist { hoist in
            try await withHeldInput { held in
                let command = held.feeding(
                    try hoist.command(["upload", "--to", "figur", "-", Media.shot, Media.photo, Media.picture]))
                let finished = try await command.withRunning { _ in
                    try await hoist.sandbox.wait(on: "figur", ended: 3)
                    try held.release(Media.bytes(Media.shot))
                }.finished
                let run = Run(finished)
                #expect(run.exit == .code(0))
                #expect(run.records.map { $0.text("file") } == ["-", Media.shot, Media.photo, Media.picture])
                #expect(try await hoist.sandbox.namesOfForms().last == "stdin", "it was sent last")
            }
        }
    }

    @Test func withoutOrderTheyComeAsTheyAreDone() async throws {
        try await withHoist { hoist in
            try await withHeldInput { held in
                let files = [Media.shot, Media.photo, Media.picture]
                let command = held.feeding(
                    try hoist.command(["upload", "--to", "figur", "--unordered", "-"] + files))
                let (early, finished) = try await command.withRunning { running in
                    var early: [String] = []
                    // Whoever waited for the first would never get here.
                    for await line in running.output.prefix(3) { early.append(line) }
                    try held.release(Media.bytes(Media.shot))
                    return early
                }
                let run = Run(finished)
                #expect(run.exit == .code(0))
                #expect(run.lines.prefix(3) == early[...])
                let names = run.records.map { $0.text("file") ?? "" }
                #expect(Set(names.prefix(3)) == Set(files))
                #expect(names.last == "-")
            }
        }
    }

    @Test func aRecordComesAsSoonAsAllBeforeItAreThere() async throws {
        try await withHoist { hoist in
            try await withHeldInput { held in
                let command = held.feeding(
                    try hoist.command(["upload", "--to", "figur", Media.photo, Media.picture, "-", Media.shot]))
                let (early, finished) = try await command.withRunning { running in
                    var early: [String] = []
                    for await line in running.output.prefix(2) { early.append(line) }
                    try await hoist.sandbox.wait(on: "figur", ended: 3)
                    try held.release(Media.bytes(Media.shot))
                    return early
                }
                let run = Run(finished)
                #expect(run.lines.prefix(2) == early[...])
                #expect(run.records.map { $0.text("file") } == [Media.photo, Media.picture, "-", Media.shot])
            }
        }
    }

    /// A failure is said when its record is written, and not before those of the inputs before it.
    @Test func messagesComeWithTheirRecords() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                Media.shot, "/nowhere/b.png", Media.photo, "/nowhere/a.png", "--to", "figur", "--progress", "none")
            #expect(run.errorLines.count == 2)
            #expect(run.errorLines.first?.contains("/nowhere/b.png") == true)
            #expect(run.errorLines.last?.contains("/nowhere/a.png") == true)
        }
    }

    @Test(arguments: [["--field", "upload_key"], ["--output", "table"], ["--json"]])
    func everyFormKeepsTheOrder(options: [String]) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(30)
                try await hoist.sandbox.fault(#"{"on":"figur","action":"delay","milliseconds":300}"#)
                let run = try await hoist.run(["upload", "--to", "figur"] + options + files)
                #expect(run.lines.count == 30 + (run.lines.count > 30 ? 1 : 0))
                if options[0] == "--field" {
                    #expect(Set(run.lines).count == 30)
                } else {
                    for (line, index) in zip(run.lines.suffix(30), 0...) {
                        #expect(line.contains("picture-\(index).png"), "\(line)")
                    }
                }
            }
        }
    }
}
