import Foundation
import TestSupport
import Testing

/// `--journal`: what is done is not sent again, and nothing is forgotten.
@Suite struct JournalTests {
    private static let heading = #"{"hoist_journal":3,"salt":"00112233445566778899aabbccddeeff"}"# + "\n"

    @Test func theSameCommandSendsOnlyWhatIsMissingFailedOrChanged() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let done = try directory.file("done.png", Media.bytes(Media.shot))
                let changed = try directory.file("changed.png", Media.bytes(Media.shot))
                let missing = directory.path("missing.png")
                let journal = directory.path("journal")
                let arguments = ["upload", done, missing, changed, "--to", "eachlabs", "--journal", journal]
                let first = try await hoist.run(arguments)
                #expect(first.exit == .code(66))
                _ = try directory.file("missing.png", Media.bytes(Media.photo))
                _ = try directory.file("changed.png", Media.bytes(Media.picture))
                let second = try await hoist.run(arguments)
                #expect(second.exit == .code(0))
                #expect(second.records.map { $0.text("file") } == [done, missing, changed])
                #expect(second.records.map { $0["resumed"] as? Bool } == [true, nil, nil])
                #expect(second.records[0].text("id") == first.records[0].text("id"))
                #expect(second.records[2].text("id") != first.records[2].text("id"))
                let third = try await hoist.run(arguments)
                #expect(third.records.map { $0["resumed"] as? Bool } == [true, true, true])
                #expect(third.records.map { $0.text("id") } == second.records.map { $0.text("id") })
                let sent = try await hoist.sandbox.requests().filter { $0.kind == "put" }
                #expect(sent.count == 4)
            }
        }
    }

    @Test func aResumedRecordIsTheOldOne() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                // A warning, and a field that hoist does not know.
                try await hoist.sandbox.fault(
                    #"{"on":"figur","action":"merge","fields":{"new_field":{"a":[1.5,null,"\u00e9"]}}}"#)
                let file = try directory.file("shot.jpg", Media.bytes(Media.shot))
                let arguments = ["upload", file, "--to", "figur", "--journal", directory.path("journal")]
                let first = try await hoist.run(arguments)
                let second = try await hoist.run(arguments)
                #expect(first.exit == .code(0) && second.exit == .code(0))
                let resumed = second.output.replacingOccurrences(of: #","resumed":true"#, with: "")
                #expect(resumed == first.output)
                #expect(resumed != second.output)
                let table = try await hoist.run(arguments + ["--output", "table"])
                #expect(table.output.contains(try #require(first.record.text("upload_key"))))
            }
        }
    }

    @Test func anotherDestinationIsAnotherUpload() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let arguments = ["upload", Media.shot, "--journal", directory.path("journal"), "--to"]
                let elsewhere = hoist.with(["EACHLABS_BASE_URL": "http://localhost:\(hoist.sandbox.port)"])
                for (hoist, more) in [
                    (hoist, ["figur"]), (hoist, ["eachlabs"]), (hoist, ["eachlabs", "--owner", "org-other"]),
                    (elsewhere, ["eachlabs"]),
                ] {
                    let fresh = try await hoist.run(arguments + more)
                    #expect(fresh.exit == .code(0))
                    #expect(fresh.record["resumed"] == nil)
                    let again = try await hoist.run(arguments + more)
                    #expect(again.record["resumed"] as? Bool == true)
                }
            }
        }
    }

    /// What one key has stored, another account may neither use nor learn of.
    @Test func anotherKeyIsAnotherUpload() async throws {
        try await withTemporaryDirectory { directory in
            let journal = directory.path("journal")
            let reply = RawServer.json(#"{"upload_key":"k-1","image_url":"https://example.com/i"}"#)
            let arguments = ["upload", Media.shot, "--to", "figur", "--journal", journal, "--output", "json"]
            try await withRawServer(replies: [reply]) { server in
                func run(_ key: String) async throws -> Run {
                    let environment = ["FIGUR_API_KEY": key, "FIGUR_BASE_URL": server.baseURL]
                    return Run(try await Command(try Binaries.hoist, arguments, environment: environment).run())
                }
                let first = try await run("sk-first-account")
                #expect(first.record.isOK == true)
                let second = try await run("sk-second-account")
                #expect(second.record.isOK == true)
                #expect(second.record["resumed"] == nil)
                #expect(second.errors.contains("another key"))
                for key in ["sk-first-account", "sk-second-account"] {
                    let again = try await run(key)
                    #expect(again.record["resumed"] as? Bool == true)
                    #expect(!again.errors.contains("another key"), "each has its own now")
                }
                #expect(try await run("sk-first-account-").record["resumed"] == nil)
            }
            let content = try String(contentsOfFile: journal, encoding: .utf8)
            #expect(!content.contains("account"), "no key, nor a part of one")
        }
    }

    /// The same key in two journals is not seen to be the same.
    @Test func everyJournalHasASaltOfItsOwn() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                var digests: [String] = []
                for name in ["a", "b"] {
                    let journal = directory.path(name)
                    _ = try await hoist.upload(Media.shot, "--to", "figur", "--journal", journal)
                    let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
                    let line = try JSONSerialization.jsonObject(with: Data(try #require(lines.last).utf8))
                    digests.append(try #require((line as? [String: Any])?.text("key")))
                }
                #expect(digests.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{16}/) != nil })
                #expect(digests[0] != digests[1])
            }
        }
    }

    /// `touch -r`, `exiftool -P`: a handle that was given for another content is not handed out for this one.
    @Test func aFileRewrittenWithItsTimePutBackIsSentAgain() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("shot.png", Media.bytes(Media.shot) + Data("old".utf8))
                let arguments = ["upload", file, "--to", "eachlabs", "--journal", directory.path("journal")]
                _ = try await hoist.run(arguments)
                let rewrite = #"touch -r "$0" "$0.time"; printf new | dd of="$0" bs=1 seek="$1" conv=notrunc"#
                let start = "\(Media.bytes(Media.shot).count)"
                _ = try await Command("sh", ["-c", rewrite + #"; touch -r "$0.time" "$0""#, file, start]).run()
                let second = try await hoist.run(arguments)
                #expect(second.record["resumed"] == nil)
                let stored = try await fetch(second.record.text("public_url") ?? "")
                #expect(stored == Media.bytes(Media.shot) + Data("new".utf8))
                #expect(try await hoist.run(arguments).record["resumed"] as? Bool == true)
            }
        }
    }

    /// A relative path means another file in another directory, whatever its size and time.
    @Test func pathsAreTakenFromWhereTheyWere() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                for name in ["a", "b"] {
                    try FileManager.default.createDirectory(
                        atPath: directory.path(name), withIntermediateDirectories: false)
                    let file = try directory.file("\(name)/shot.png", Media.bytes(Media.shot))
                    try FileManager.default.setAttributes(
                        [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: file)
                    for (path, isKnown) in [("shot.png", false), ("./shot.png", true), (file, true)] {
                        var command = try hoist.command(["upload", path, "--to", "figur", "--journal", journal])
                        command.workingDirectory = directory.path(name)
                        let run = Run(try await command.run())
                        #expect(run.record["resumed"] as? Bool == (isKnown ? true : nil))
                    }
                }
            }
        }
    }

    @Test func aNameThatIsNotUTF8IsKnownAgain() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let script = #"printf 'x' > "$1/a"; cp "$2" "$1/$(printf 'n\377.png')"; rm "$1/a""#
                _ = try await Command("sh", ["-c", script, "sh", directory.path, Media.shot]).run()
                let arguments = [
                    "upload", "-r", directory.path, "--to", "figur", "--journal", directory.path("journal"),
                ]
                let first = try await hoist.run(arguments)
                let second = try await hoist.run(arguments)
                #expect(first.record.isOK == true, "the journal itself is none of the files")
                #expect(second.record["resumed"] as? Bool == true)
            }
        }
    }

    /// Cut off anywhere, the last line is gone and its input is sent again; all before it is known.
    @Test func aTornLastLineIsRepaired() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                let arguments = [
                    "upload", Media.shot, Media.photo, "--jobs", "1", "--to", "figur", "--journal", journal,
                ]
                _ = try await hoist.run(arguments)
                let whole = try Data(contentsOf: URL(filePath: journal))
                let lines = whole.split(separator: UInt8(ascii: "\n"))
                #expect(lines.count == 3)
                let lastStart = whole.count - lines[2].count - 1
                for cut in [whole.count - 1, whole.count - 2, lastStart + lines[2].count / 2, lastStart + 1] {
                    try whole.prefix(cut).write(to: URL(filePath: journal))
                    let run = try await hoist.run(arguments)
                    #expect(run.records.map { $0["resumed"] as? Bool } == [true, nil])
                    let repaired = try String(contentsOfFile: journal, encoding: .utf8)
                    #expect(repaired.split(separator: "\n").count == 3 && repaired.hasSuffix("\n"))
                }
                // Cut off in its first line, there is nothing in it yet.
                for cut in [0, 7, Self.heading.utf8.count - 10, Self.heading.utf8.count - 1] {
                    try Data(Self.heading.utf8.prefix(cut)).write(to: URL(filePath: journal))
                    let run = try await hoist.run(arguments)
                    #expect(run.records.map(\.isOK) == [true, true])
                    #expect(run.records.map { $0["resumed"] as? Bool } == [nil, nil])
                    let again = try await hoist.run(arguments)
                    #expect(again.records.map { $0["resumed"] as? Bool } == [true, true])
                }
            }
        }
    }

    @Test func aDamagedLineIsSaidAndItsInputSentAgain() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                let arguments = [
                    "upload", Media.shot, Media.photo, "--jobs", "1", "--to", "figur", "--journal", journal,
                ]
                _ = try await hoist.run(arguments)
                var bytes = [UInt8](try Data(contentsOf: URL(filePath: journal)))
                for index in Self.heading.utf8.count..<Self.heading.utf8.count + 20 { bytes[index] = 0 }
                try Data(bytes).write(to: URL(filePath: journal))
                let run = try await hoist.run(arguments)
                #expect(run.exit == .code(0))
                #expect(run.records.map { $0["resumed"] as? Bool } == [nil, true])
                #expect(run.errors.contains("line 2 of the journal is damaged"))
            }
        }
    }

    @Test(arguments: [
        "some notes of mine\n", "no newline at all", "{\"hoist_journal\":1}\n", "{\"hoist_journal\":1",
        "{\"hoist_journal\":3}\n", "{\"hoist_journal\":3}\n", "{\"hoist_journal\":\"x\"}\n", "{}\n", "\n",
        "{\"hoist_journal\":3,\"salt\":\"0\"}\n", "{\"hoist_journal\":3}x\n",
    ])
    func whatIsNoJournalIsRefusedAndLeftAlone(content: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("notes.txt", Array(content.utf8))
                let run = try await hoist.run(["upload", Media.shot, "--to", "figur", "--journal", file])
                #expect(run.exit == .code(64))
                #expect(run.output.isEmpty)
                #expect(run.errorLines.count == 1)
                #expect(try String(contentsOfFile: file, encoding: .utf8) == content)
                #expect(try await hoist.sandbox.requests().isEmpty)
            }
        }
    }

    @Test func aPlaceThatCannotBeWrittenIs74BeforeAnythingIsSent() async throws {
        try await withHoist { hoist in
            for place in ["/nonexistent/journal", "/dev/null", "/"] {
                let run = try await hoist.run(["upload", Media.shot, "--to", "figur", "--journal", place])
                #expect(run.exit == .code(74))
                #expect(run.output.isEmpty)
            }
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test func twoRunsAtATimeAreKeptApart() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try await hoist.sandbox.fault(#"{"on":"figur","action":"stall","after_bytes":0}"#)
                let arguments = ["upload", Media.shot, "--to", "figur", "--journal", directory.path("journal")]
                let (second, finished) = try await hoist.command(arguments).withRunning { running in
                    try await hoist.sandbox.wait(on: "figur", requests: 1)
                    let second = try await hoist.run(arguments)
                    try running.signal(SIGINT)
                    return second
                }
                #expect(finished.exit == .code(130))
                #expect(second.exit == .code(75))
                #expect(second.errors.contains("in use by another hoist"))
                #expect(second.output.isEmpty)
                #expect(try await hoist.run(arguments).exit == .code(0))
            }
        }
    }

    /// The disk is full: what was uploaded is still said, and the run ends.
    @Test func whatCannotBeKeptIsStillPrinted() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                var files: [String] = []
                for number in 0..<20 {
                    files.append(try directory.file("\(number).png", Media.bytes(Media.shot) + [UInt8(number)]))
                }
                let upload = "ulimit -f 2; exec \"$0\" upload --to figur --jobs 1 --journal \"$@\""
                let command = Command(
                    "bash", ["-c", upload, try Binaries.hoist, journal] + files, environment: hoist.environment)
                let run = Run(try await command.run())
                #expect(run.exit == .code(74))
                #expect(run.errors.contains("the journal") && run.errors.contains("cannot be written"))
                let sent = try await hoist.sandbox.requests().filter { $0.status == 200 }.count
                #expect(run.records.count == files.count)
                #expect(run.records.filter { $0.text("upload_key") != nil }.count == sent)
                // What did fit is known, and the rest is done now.
                let again = try await hoist.run(["upload", "--to", "figur", "--journal", journal] + files)
                #expect(again.exit == .code(0))
                #expect(again.records.contains { $0["resumed"] as? Bool == true })
                #expect(again.records.allSatisfy { $0.isOK == true })
            }
        }
    }

    private static let harms = [#"rm "$0""#, #"mv "$0" "$0.old"; : >"$0""#, #": >"$0""#]

    /// Its lines would be written to a file without a name, and be gone with the run. What was done is said all the same.
    @Test(arguments: harms)
    func aJournalThatIsGoneIs74(harm: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                let arguments = ["upload", Media.shot, "-", "--to", "figur", "--jobs", "1", "--journal", journal]
                try await withHeldInput { held in
                    let command = held.feeding(try hoist.command(arguments))
                    let (first, finished) = try await command.withRunning { running in
                        var records = running.output.makeAsyncIterator()
                        let first = await records.next()
                        _ = try await Command("bash", ["-c", harm, journal]).run()
                        try held.release(Media.bytes(Media.photo))
                        return first
                    }
                    let run = Run(finished)
                    #expect(first == run.lines.first)
                    #expect(run.exit == .code(74))
                    #expect(run.records.map(\.isOK) == [true, true])
                    #expect(run.errors.components(separatedBy: "the journal \(journal)").count == 2, "\(run.errors)")
                }
            }
        }
    }

    /// Not at the end of a run that may take hours.
    @Test func aJournalThatIsGoneIsSaidAtOnce() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let journal = directory.path("journal")
                let files = [Media.shot, "-", Media.photo]
                let arguments = ["upload", "--to", "figur", "--jobs", "2", "--unordered", "--journal", journal]
                // The photograph never gets there.
                try await hoist.sandbox.fault(#"{"on":"figur","skip":1,"action":"stall","after_bytes":0}"#)
                try await withHeldInput { held in
                    let command = held.feeding(try hoist.command(arguments + files))
                    let (said, finished) = try await command.withRunning { running in
                        var records = running.output.makeAsyncIterator()
                        #expect(await records.next()?.contains("shot.png") == true)
                        try await hoist.sandbox.wait(on: "figur", requests: 2)
                        try FileManager.default.removeItem(atPath: journal)
                        try held.release(Media.bytes(Media.picture))
                        var said = false
                        for await line in running.errors where line.contains("the journal \(journal)") {
                            said = true
                            break
                        }
                        try running.signal(SIGINT)
                        return said
                    }
                    #expect(said)
                    #expect(finished.exit == .code(130))
                    #expect(Run(finished).records.count == 3)
                }
            }
        }
    }
}
