import Foundation
import TestSupport
import Testing

/// Command lines that mean something else than what they seem to say: none is a success that did nothing.
@Suite struct CommandLineTests {
    /// In a folder with a file of that name, as `hoist upload *` comes to it.
    @Test(arguments: [
        "-photo.png", "-h", "-v", "-q", "-r", "-rq", "-j8", "-rh", "--help", "--json", "--version", "--photo.png",
        "-help",
        "-1.png", "--",
    ])
    func theNameOfAFileIsNeverAnOption(name: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                _ = try directory.file(name, Media.bytes(Media.shot))
                _ = try directory.file("a.png", Media.bytes(Media.photo))
                var command = try hoist.command(["upload", name, "a.png"])
                command.environment["HOIST_TO"] = "figur"
                command.workingDirectory = directory.path
                let run = Run(try await command.run())
                #expect(run.exit == .code(64))
                #expect(run.output.isEmpty, "no help, no version")
                #expect(run.errorLines.count == 1)
                #expect(run.errors.contains("\(name) looks like an option"))
                #expect(run.errors.contains("./\(name)"))
                #expect(try await hoist.sandbox.requests().isEmpty)
                for arguments in [["./\(name)"], ["--", name]] {
                    command.arguments = ["upload"] + arguments
                    #expect(Run(try await command.run()).record.isOK == true)
                }
            }
        }
    }

    /// There is no such file; a letter of the word is a flag.
    @Test(arguments: ["-photo.png", "-help", "-rh.png", "-jpg", "-vqx"])
    func aWordThatIsNoOptionAsAWholeIsNone(word: String) async throws {
        for before in [[], ["--json"], ["--to"]] {
            let run = Run(try await Command(try Binaries.hoist, ["upload"] + before + [word]).run())
            #expect(run.exit == .code(64))
            #expect(run.output.isEmpty)
            #expect(run.errors.contains("no option \(word)"))
        }
    }

    @Test(arguments: [["-rv"], ["-qv"], ["-rq", "-j", "2"], ["-4q"], ["-j2"], ["-jauto"]])
    func flagsAreClusteredAsUsual(flags: [String]) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["upload", "--to", "figur", Media.shot] + flags)
            #expect(run.exit == .code(0), "\(run.errors)")
        }
    }

    /// A header may be anything.
    @Test func aValueMayBeginWithADash() async throws {
        try await withTemporaryDirectory { directory in
            _ = try directory.file("-photo.png", Media.bytes(Media.shot))
            for arguments in [
                ["inspect", "-r", ".", "--include=-*"], ["inspect", "-r", ".", "--exclude", "x", "--", "-photo.png"],
            ] {
                var command = Command(try Binaries.hoist, arguments)
                command.workingDirectory = directory.path
                #expect(Run(try await command.run()).records.count >= 1)
            }
            let put = [
                "put", Media.shot, "--url", "https://127.0.0.1:1/a?X-Amz-Signature=0", "-H", "-x: y", "--retries", "0",
            ]
            let run = Run(try await Command(try Binaries.hoist, put).run())
            #expect(run.exit == .code(75), "it went as far as the connection: \(run.errors)")
        }
    }

    @Test(arguments: [
        (["uplaod", "x.png"], "did you mean 'upload'?"), (["help", "uplaod"], "did you mean 'upload'?"),
        (["services", "lsit"], "did you mean 'list'?"), (["frobnicate"], "upload, presign"),
        ([Media.shot], "hoist upload \(Media.shot)"), (["help", "frobnicate"], "upload, presign"),
    ])
    func aCommandThatIsNoneIs64(arguments: [String], hint: String) async throws {
        let run = Run(try await Command(try Binaries.hoist, arguments).run())
        #expect(run.exit == .code(64))
        #expect(run.output.isEmpty)
        #expect(run.errorLines.count == 1)
        #expect(run.errors.hasPrefix("hoist: no command"))
        #expect(run.errors.contains(hint))
    }

    /// What is on the command line is in the shell's history: the user has to know, and the key is not repeated.
    @Test(arguments: [
        ["--api-key", "sk_live_0123456789"], ["--api-key=sk_live_0123456789"], ["--API-KEY=sk_live_0123456789"],
        ["--token", "sk_live_0123456789"], ["--key=sk_live_0123456789"],
    ])
    func aKeyOnTheCommandLineIsRefused(arguments: [String]) async throws {
        for place in [["upload", Media.shot] + arguments, arguments + ["upload", Media.shot]] {
            let run = Run(try await Command(try Binaries.hoist, place).run())
            #expect(run.exit == .code(64))
            #expect(run.errors.contains("history") && run.errors.contains("--api-key-file"))
            #expect(!run.errors.contains("sk_live_0123456789"))
        }
    }

    /// The parser's messages have the form of all others, and the usage does not push them off the screen.
    @Test(arguments: [
        (["upload", "--nonsense", "x"], "unknown option '--nonsense'"),
        (["upload", "--filed", "id", "x"], "did you mean '--field'?"),
        (["upload"], "no files are named"), (["status"], "hoist status --help"),
        (["upload", "x", "--output", "xml"], "'xml'"), (["put", "x", "--retries", "many"], "'many'"),
        (["upload", "x", "--output", "xml"], "- auto - table"),
    ])
    func whatTheParserSaysIsOneLine(arguments: [String], said: String) async throws {
        let run = Run(try await Command(try Binaries.hoist, arguments).run())
        #expect(run.exit == .code(64))
        #expect(run.errorLines.count == 1)
        #expect(run.errors.hasPrefix("hoist: "))
        #expect(run.errors.contains(said), "\(run.errors)")
    }

    @Test(arguments: [
        (["presign"], "--content-type"), (["upload", Media.shot, "--content-type", "image/jpg"], "write image/jpeg"),
        (["put", Media.shot, "--content-type", "audio/MP3", "--url", "https://x/y"], "write audio/mpeg"),
        (["upload", Media.shot, "--to", "figur", "--wait"], "no status to wait for"),
        (["upload", Media.shot, "--to", "eachlabs", "--wait-timeout", "5"], "--wait"),
        (["upload", Media.shot, "--to", "eachlabs", "--wait-interval", "5"], "--wait"),
        (["status", "id", "--wait-timeout", "5"], "--wait"),
        (["upload", Media.shot, "--to", "figur", "--file-type", "image"], "--file-type"),
        (["upload", Media.clip, "--to", "figur", "--probe", "require"], "--probe"),
        (["upload", Media.shot, "--to", "eachlabs", "--case-sensitive"], "--include"),
        (["upload", Media.shot, "--to", "figur", "--field", "id", "--field", "file"], "--field id,file"),
        (["upload", Media.shot, "--to", "figur", "--field", ""], "--field"),
        (["upload", Media.shot, "--to", "figur", "--field", "a,,b"], "--field"),
    ])
    func whatWouldBeWithoutEffectIs64(arguments: [String], said: String) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(arguments)
            #expect(run.exit == .code(64))
            #expect(run.output.isEmpty)
            #expect(run.errors.contains(said), "\(run.errors)")
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }
}
