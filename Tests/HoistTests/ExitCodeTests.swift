import Foundation
import TestSupport
import Testing

/// The rows of the exit-code table that no other suite has: each through the release binary.
@Suite struct ExitCodeTests {
    @Test func successIs0() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(Media.shot, Media.photo, "--to", "figur")
            #expect(run.exit == .code(0))
        }
    }

    @Test func failuresOfOneClassAreThatClass() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("/nowhere", Media.shot, "/", "--to", "figur")
            #expect(run.exit == .code(66))
            #expect(run.records.map(\.isOK) == [false, true, false])
        }
    }

    @Test func failuresOfSeveralClassesAre1() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("/nowhere", Media.loop, "--to", "figur")
            #expect(run.exit == .code(1))
        }
    }

    @Test func anInstallationWithoutMagicDatabaseIs70() async throws {
        try await withHoist { hoist in
            let run = try await hoist.with(["MAGIC": "/nowhere/magic"]).upload(Media.shot, "--to", "figur")
            #expect(run.exit == .code(70))
            #expect(run.errors.contains("libmagic-mgc"))
        }
    }

    @Test func anOutputThatCannotBeWrittenIs74() async throws {
        try await withHoist { hoist in
            let script = "'\(try Binaries.hoist)' upload --to figur '\(Media.shot)' > /dev/full"
            let run = Run(try await Command("bash", ["-c", script], environment: hoist.environment).run())
            #expect(run.exit == .code(74))
            #expect(run.errors.contains("upload_key"), "the handle is not lost")
        }
    }

    @Test func helpThatCannotBeWrittenIs74() async throws {
        for arguments in ["--help", "upload --help", "--version"] {
            let full = "'\(try Binaries.hoist)' \(arguments) > /dev/full"
            #expect(try await Command("bash", ["-c", full]).run().exit == .code(74))
            let gone = "set -o pipefail; '\(try Binaries.hoist)' \(arguments) | true"
            #expect(try await Command("bash", ["-c", gone]).run().exit == .code(0))
        }
    }

    @Test(arguments: ["figur", "eachlabs"])
    func aMissingOrWrongKeyIs77(service: String) async throws {
        try await withHoist { hoist in
            let variable = service == "figur" ? "FIGUR_API_KEY" : "EACHLABS_API_KEY"
            let missing = try await hoist.with([variable: nil]).upload(Media.shot, "--to", service)
            #expect(missing.exit == .code(77))
            #expect(missing.errors.contains(variable))
            #expect(missing.record.error.text("code") == "no_key")
            let wrong = try await hoist.with([variable: "sk_test_wrong"]).upload(Media.shot, "--to", service)
            #expect(wrong.exit == .code(77))
            #expect(wrong.record.error.number("http_status") == 401)
        }
    }

    @Test(arguments: [
        "{", "[]", "to = 's3'", "too = 'figur'", "[figur]\nkey = 'x'", "[figur]\nbase_url = 7",
        "[figur]\nowner = 'org-1'", "[figur]\nbase_url = 'http://example.com'",
    ])
    func aWrongConfigurationFileIs78(text: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let file = try directory.file("config.toml", Array(text.utf8))
                let configured = hoist.with(["HOIST_CONFIG": file, "FIGUR_BASE_URL": nil])
                let run = try await configured.upload(Media.shot, "--to", "figur")
                #expect(run.exit == .code(78))
                #expect(run.errors.contains(file))
            }
        }
    }

    @Test func theConfigurationFileFillsWhatIsNotGiven() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let key = try directory.file("key", Array(hoist.sandbox.eachLabsKey.utf8))
                #expect(chmod(key, 0o600) == 0)
                let text = """
                    # The defaults of this machine.
                    to = "eachlabs"
                    [eachlabs]
                    owner = "org-file"
                    api_key_file = "\(key)"
                    base_url = "\(hoist.sandbox.eachLabsBaseURL)"
                    """
                let file = try directory.file("config.toml", Array(text.utf8))
                let bare = hoist.with([
                    "HOIST_CONFIG": file, "FIGUR_API_KEY": nil, "EACHLABS_API_KEY": nil, "EACHLABS_BASE_URL": nil,
                    "EACHLABS_OWNER": nil,
                ])
                #expect(try await bare.upload(Media.shot).exit == .code(0))
                let body = try #require(try await hoist.sandbox.requests().first?.body)
                #expect(body.contains("org-file"))
                #expect(try await bare.upload(Media.shot, "--owner", "org-flag").exit == .code(0))
                #expect(try await hoist.sandbox.requests().contains { $0.body?.contains("org-flag") == true })
            }
        }
    }

    @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))])
    func signalsEndTheRunWithEveryRecordWritten(signal: Int32, code: Int32) async throws {
        try await withHoist { hoist in
            try await hoist.sandbox.fault(#"{"on":"put","skip":1,"action":"stall","after_bytes":0}"#)
            let files = [Media.shot, Media.clip, Media.photo]
            let command = try hoist.command(["upload", "--to", "eachlabs", "--jobs", "1"] + files)
            let (_, finished) = try await command.withRunning { running in
                try await hoist.sandbox.wait(on: "put", requests: 2)
                try running.signal(signal)
            }
            let run = Run(finished)
            #expect(run.exit == .code(code))
            let records = run.records
            #expect(records.map { $0.text("file") } == files)
            #expect(records.map(\.isOK) == [true, false, false])
            #expect(records[1].error.text("code") == "interrupted")
            #expect(records[1].text("id") != nil, "the handle of the upload under way is not lost")
            #expect(records[2].error.text("code") == "not_attempted")
            #expect(records[2].number("attempts") == 0)
        }
    }

    /// The next file or connection would be given the closed descriptor's number, and the records with it.
    @Test func aClosedStandardOutputIs74BeforeAnythingIsSent() async throws {
        try await withHoist { hoist in
            let script = "'\(try Binaries.hoist)' upload --to figur '\(Media.shot)' >&-"
            let run = Run(try await Command("bash", ["-c", script], environment: hoist.environment).run())
            #expect(run.exit == .code(74))
            #expect(run.errors.contains("standard output is closed"))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test(arguments: ["<&-", "2>&-", "<&- 2>&-"])
    func otherClosedDescriptorsDoNotMatter(closing: String) async throws {
        try await withHoist { hoist in
            let script = "'\(try Binaries.hoist)' upload --to figur '\(Media.shot)' \(closing)"
            let run = Run(try await Command("bash", ["-c", script], environment: hoist.environment).run())
            #expect(run.exit == .code(0))
            #expect(run.record.isOK == true)
        }
    }

    @Test func aLowLimitOfOpenFilesIsRaisedOrReported() async throws {
        try await withHoist { hoist in
            let upload = "'\(try Binaries.hoist)' upload --to figur '\(Media.shot)'"
            let soft = Command("bash", ["-c", "ulimit -S -n 10; \(upload)"], environment: hoist.environment)
            #expect(Run(try await soft.run()).exit == .code(0))
            let hard = Command("bash", ["-c", "ulimit -n 10; \(upload)"], environment: hoist.environment)
            let run = Run(try await hard.run())
            #expect(run.exit == .code(74))
            #expect(run.errors.contains("ulimit -n"))
        }
    }
}
