import Foundation
import TestSupport
import Testing

/// The forms of the output, each read by a program that is not ours.
@Suite struct FormatTests {
    /// Python's csv module, which reads RFC 4180; names with all that has to be quoted.
    @Test(arguments: ["csv", "tsv"])
    func rows(form: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let names = ["a,b.png", "say \"cheese\".png", "two\nlines.png", "tab\there.png", "plain.png"]
                let files = try names.map { try directory.file($0, Media.bytes(Media.shot) + Data($0.utf8)) }
                let run = try await hoist.run(
                    ["upload", "--to", "eachlabs", "--output", form, "--quiet"] + files + ["/nowhere"])
                let script = """
                    import csv, json, sys
                    rows = csv.DictReader(sys.stdin, dialect="\(form == "csv" ? "unix" : "excel-tab")")
                    print(json.dumps(list(rows)))
                    """
                let read = try await Command("python3", ["-c", script], input: Array(run.output.utf8)).run()
                let rows = try #require(
                    JSONSerialization.jsonObject(with: Data(read.output.utf8)) as? [[String: String]])
                #expect(rows.count == 6)
                #expect(rows.map { $0["ok"] } == Array(repeating: "true", count: 5) + ["false"])
                // What would be two lines, or two columns, is written as it is on a terminal.
                #expect(rows.map { $0["file"]?.hasSuffix("two\\u{a}lines.png") }[2] == true)
                #expect(rows[0]["file"] == files[0] && rows[1]["file"] == files[1])
                #expect(rows[0]["url"]?.hasPrefix("http") == true && rows[0]["id"] == rows[0]["handle"])
                #expect(rows[5]["url"] == "" && rows[5]["error.code"] == "not_found")
            }
        }
    }

    /// Nobody chose the usual columns: that a service has no ID is no mistake.
    @Test(arguments: ["csv", "tsv", "markdown"])
    func columnsThatNobodyChoseMayBeEmpty(form: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, "--to", "figur", "--output", form)
            #expect(run.exit == .code(0) && run.errors.isEmpty, "\(run.errors)")
            let services = try await hoist.run(["services", "--output", form])
            #expect(services.exit == .code(0) && services.output.contains("26214400"))
        }
    }

    /// Nothing that is read, or sent, is replaced by what is written.
    @Test func whatARunNeedsIsNotWrittenOver() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(2)
                let list = try directory.file("list", Array("\(files[0])\n".utf8))
                let journal = directory.path("journal")
                for arguments in [
                    files + ["-o", files[1]], files + ["--failed-to", files[1]], ["--files-from", list, "-o", list],
                    files + ["--journal", journal, "-o", journal], files + ["-o", "x", "--failed-to", "x"],
                ] {
                    let before = try Data(contentsOf: URL(filePath: files[1]))
                    let run = try await hoist.run(["upload", "--to", "figur"] + arguments)
                    #expect(run.exit == .code(64), "\(arguments): \(run.errors)")
                    #expect(run.errors.contains("would be replaced"))
                    #expect(try Data(contentsOf: URL(filePath: files[1])) == before)
                }
                #expect(try await hoist.sandbox.requests().isEmpty)
            }
        }
    }

    @Test func columnsAreChosenWithField() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                Media.shot, "--to", "figur", "--output", "csv", "--field", "file,error.message,bytes")
            #expect(run.lines == ["file,error.message,bytes", "\(Media.shot),,5274"])
        }
    }

    @Test(arguments: [0, 1, 3])
    func arrayIsOneDocument(count: Int) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(count)
                let run = try await hoist.run([
                    "upload", "--to", "figur", "--output", "array", "-r", directory.path, "--allow-empty",
                ])
                let records = try #require(
                    JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
                #expect(records.map { $0.text("file") } == files)
            }
        }
    }

    @Test func markdownIsATable() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let odd = try directory.file("a|b_*c*.png", Media.bytes(Media.shot))
                let run = try await hoist.upload(odd, "/nowhere", "--to", "figur", "--output", "markdown", "--quiet")
                let cells = run.lines.map {
                    $0.replacing(#/\\\|/#, with: "").split(separator: "|", omittingEmptySubsequences: false).count
                }
                #expect(run.lines.count == 4 && Set(cells).count == 1, "\(run.output)")
                #expect(run.output.contains(#"a\|b\_\*c\*.png"#))
            }
        }
    }

    @Test func recordsEndWithNUL() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, Media.photo, "--to", "figur", "--field", "file", "--print0")
            #expect(run.output == "\(Media.shot)\0\(Media.photo)\0")
        }
    }

    @Test func theOutputFileIsWholeOrNotThere() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("out.json", Array("what was there\n".utf8))
                let pictures = try directory.pictures(5)
                try await hoist.sandbox.fault(#"{"on":"put","skip":2,"count":1,"action":"stall","after_bytes":0}"#)
                let arguments = [
                    "upload", "--to", "eachlabs", "-r", directory.path, "--jobs", "1", "-o", file, "--include", "*.png",
                ]
                // Killed, it leaves what was there, and a file that no walk takes for an input.
                _ = try await hoist.command(arguments).withRunning { running in
                    try await hoist.sandbox.wait(on: "put", requests: 3)
                    try running.signal(SIGKILL)
                }
                #expect(try String(contentsOfFile: file, encoding: .utf8) == "what was there\n")
                let run = try await hoist.run(arguments)
                #expect(run.exit == .code(0) && run.output.isEmpty, "\(run.errors)")
                let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
                #expect(lines.count == pictures.count)
                let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
                #expect(mode == 0o644)
                let pipe = try await hoist.upload(pictures[0], "--to", "eachlabs", "-o", "/dev/stdout", "--quiet")
                #expect(pipe.record.isOK == true, "what is no file is written as it is")
            }
        }
    }

    @Test func combinationsThatContradictAre64() async throws {
        for arguments in [
            ["--output", "csv", "--json"], ["--output", "array", "--field", "id"], ["--output", "csv", "--print0"],
            ["--output", "table", "--field", "id"], ["--progress-fd", "3"],
            ["--progress", "json", "--progress-fd", "77"],
        ] {
            let run = Run(try await Command(try Binaries.hoist, ["inspect", Media.shot] + arguments).run())
            #expect(run.exit == .code(64), "\(arguments)")
            #expect(run.output.isEmpty)
        }
    }

    // MARK: - For programs

    @Test func progressAsEvents() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let events = directory.path("events")
                try await hoist.sandbox.fault(#"{"on":"figur","count":1,"action":"reply","status":500}"#)
                let arguments = "upload --to figur --limit-rate 5K --jobs 1 --progress json --progress-fd 5"
                let script =
                    "exec '\(try Binaries.hoist)' \(arguments) '\(Media.shot)' '\(Media.photo)' /nowhere 5>'\(events)'"
                let run = Run(try await Command("bash", ["-c", script], environment: hoist.environment).run())
                #expect(run.exit == .code(66))
                let lines = try String(contentsOfFile: events, encoding: .utf8).split(separator: "\n")
                let objects = try lines.map { line in
                    try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                }
                let names = objects.compactMap { $0.text("event") }
                #expect(names.first == "started" && names.last == "done")
                #expect(names.contains("retrying") && names.contains("progress"))
                #expect(objects.first?.number("inputs") == 3)
                #expect(objects.last?.number("done") == 2 && objects.last?.number("failed") == 1)
                let retry = objects.first { $0.text("event") == "retrying" }
                #expect(retry?.text("file") == Media.shot && retry?.number("retry") == 1)
                let sent = objects.filter { $0.text("event") == "progress" }.compactMap { $0.number("bytes_sent") }
                #expect(sent.max() ?? 0 > 5000, "\(sent)")
                #expect(!run.errors.contains("{"), "standard error is for people")
                let schema = URL(filePath: #filePath).appending(path: "../../../docs/progress.schema.json")
                    .standardizedFileURL.path
                let declared = try #require(
                    JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: schema))) as? [String: Any])
                let kinds = (declared["oneOf"] as? [[String: Any]])?.compactMap { $0.text("title") } ?? []
                #expect(Set(names).isSubset(of: kinds))
            }
        }
    }

    /// As the runner does it: a step's shell, its variables, the file for the summary.
    @Test func onGitHubFailuresAreShownAtTheirFiles() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let summary = try directory.file("summary.md", Array("## Uploads\n".utf8))
                let step = try directory.file(
                    "step.sh",
                    Array(
                        #"hoist upload shot.png loop.gif "100%, really: yes.png" --to figur --output markdown >> "$GITHUB_STEP_SUMMARY""#
                            .utf8))
                for file in [Media.shot, Media.loop] {
                    try FileManager.default.copyItem(
                        atPath: file, toPath: directory.path(URL(filePath: file).lastPathComponent))
                }
                var environment = hoist.environment
                environment["GITHUB_ACTIONS"] = "true"
                environment["CI"] = "true"
                environment["GITHUB_STEP_SUMMARY"] = summary
                let folder = URL(filePath: try Binaries.hoist).deletingLastPathComponent().path
                environment["PATH"] = "\(folder):/usr/bin:/bin"
                var command = Command(
                    "bash", ["--noprofile", "--norc", "-eo", "pipefail", step], environment: environment)
                command.workingDirectory = directory.path
                let run = Run(try await command.run())
                #expect(run.exit == .code(1), "the step fails")
                #expect(run.errorLines.contains { $0.hasPrefix("::error file=loop.gif,title=hoist::Figur takes JPEG") })
                #expect(
                    run.errorLines.contains {
                        $0.hasPrefix("::error file=100%25%2C really%3A yes.png,title=hoist::no such file")
                    })
                let text = try String(contentsOfFile: summary, encoding: .utf8)
                #expect(text.hasPrefix("## Uploads\n| ok |") && text.contains("| true | shot.png |"))
                // Elsewhere nobody reads them.
                command.environment["GITHUB_ACTIONS"] = nil
                #expect(!Run(try await command.run()).errors.contains("::error"))
            }
        }
    }

    // MARK: - What records have

    @Test func whatAllServicesHaveInCommon() async throws {
        try await withHoist { hoist in
            let image = try await hoist.upload(Media.shot, "--to", "figur").record
            #expect(image.text("handle") == image.text("upload_key") && image["url"] == nil)
            let video = try await hoist.upload(Media.clip, "--to", "eachlabs", "--sha256").record
            #expect(video.text("handle") == video.text("id") && video.text("url") == video.text("public_url"))
            let md5 = try await Command("md5sum", [Media.clip]).run().output.prefix(32)
            #expect(video.text("etag") == String(md5))
            #expect(video.text("sha256")?.count == 64)
            #expect(
                video.number("duration_seconds") == 1 && video.number("width") == 96 && video.number("height") == 64)
            let started = try Date(
                video.text("started_at") ?? "", strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            #expect(abs(started.timeIntervalSinceNow) < 120)
            let presigned = try await hoist.run(["presign", Media.shot, "--to", "eachlabs"]).record
            let end = try Date(presigned.text("url_expires_at") ?? "", strategy: .iso8601)
            #expect((600...1000).contains(end.timeIntervalSinceNow), "the sandbox's URLs live for a quarter of an hour")
            #expect(presigned["handle"] == nil, "nothing is there yet")
        }
    }

    @Test func inspectIsAGate() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["inspect", Media.shot, Media.loop, "--to", "figur"])
            #expect(run.exit == .code(65))
            #expect(run.records.map(\.isOK) == [true, false])
            #expect(run.records[0].number("width") == 48 && run.records[0].number("height") == 32)
            let both = try await hoist.run(["inspect", Media.loop, "--to", "figur", "--to", "eachlabs"])
            #expect(both.exit == .code(65), "one of them refuses it")
            #expect(try await hoist.run(["inspect", Media.loop]).exit == .code(0))
        }
    }
}
