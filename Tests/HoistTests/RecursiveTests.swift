import Foundation
import TestSupport
import Testing

/// --recursive, --include and --exclude.
@Suite struct RecursiveTests {
    /// A tree with what a walk may meet.
    private func plant(_ directory: TemporaryDirectory) throws {
        for path in ["a.png", "b/c.png", "b/d/e.jpg", "b/raw/f.png", ".hidden.png", ".git/g.png", "z/h.png"] {
            let folder = URL(filePath: directory.path(path)).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try directory.file(
                path, Media.bytes(path.hasSuffix("jpg") ? Media.photo : Media.shot) + Data(path.utf8))
        }
        #expect(symlink("..", directory.path("b/up")) == 0)
        #expect(mkfifo(directory.path("pipe.png"), 0o600) == 0)
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            ([], ["a.png", "b/c.png", "b/d/e.jpg", "b/raw/f.png", "z/h.png"]),
            (["--include", "*.png"], ["a.png", "b/c.png", "b/raw/f.png", "z/h.png"]),
            (["--exclude", "raw", "--exclude", "z/*"], ["a.png", "b/c.png", "b/d/e.jpg"]),
            (["--include", "b/*", "--exclude", "*.jpg"], ["b/c.png", "b/raw/f.png"]),
            (["--include", "*.PNG", "--exclude", "RAW"], ["a.png", "b/c.png", "z/h.png"]),
            (
                ["--include", "*.png", "--exclude", "RAW", "--case-sensitive"],
                ["a.png", "b/c.png", "b/raw/f.png", "z/h.png"]
            ),
            (["--include=*.gif", "--allow-empty"], []),
        ] as [([String], [String])])
    func theFilesInADirectoryArrive(options: [String], expected: [String]) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try plant(directory)
                let run = try await hoist.run(
                    ["upload", "--to", "eachlabs", "--recursive", directory.path] + options)
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.map { $0.text("file") } == expected.map(directory.path(_:)))
                let bodies = try await hoist.sandbox.storedBodies()
                #expect(bodies.count == expected.count)
                #expect(Set(bodies) == Set(expected.map { Media.bytes(directory.path($0)) }))
            }
        }
    }

    /// `find`'s account of the same tree.
    @Test func findFindsTheSame() async throws {
        try await withTemporaryDirectory { directory in
            try plant(directory)
            let find = "find -L . -name '.?*' -prune -o -type f -print 2>/dev/null | sort"
            let found = try await Command("bash", ["-c", find], workingDirectory: directory.path).run().output
            var command = Command(try Binaries.hoist, ["inspect", "-r", "."])
            command.workingDirectory = directory.path
            let run = Run(try await command.run())
            #expect(
                run.records.compactMap { $0.text("file") }.sorted() == found.split(separator: "\n").map(String.init))
        }
    }

    @Test func aDirectoryThatCannotBeReadIsOneFailure() async throws {
        try await withTemporaryDirectory { directory in
            try plant(directory)
            #expect(chmod(directory.path("b"), 0) == 0)
            var command = Command(try Binaries.hoist, ["inspect", "-r", directory.path])
            if geteuid() == 0 {
                // Root reads everything: the capability that lets it has to go.
                command.arguments =
                    ["--bounding-set=-all", "--inh-caps=-all", "--", command.program] + command.arguments
                command.program = "setpriv"
            }
            let run = Run(try await command.run())
            #expect(chmod(directory.path("b"), 0o700) == 0)
            #expect(run.exit == .code(66))
            #expect(run.records.map { $0.text("file") } == ["a.png", "b", "z/h.png"].map(directory.path(_:)))
            #expect(run.records.map(\.isOK) == [true, false, true])
            #expect(run.records[1].error.text("code") == "not_readable")
        }
    }

    @Test func aDirectoryWithoutTheFlagIsRefusedAndTheFlagNamed() async throws {
        try await withTemporaryDirectory { directory in
            let run = Run(try await Command(try Binaries.hoist, ["inspect", directory.path]).run())
            #expect(run.exit == .code(66))
            #expect(run.errors.contains("--recursive"))
        }
    }

    @Test(arguments: ["--include", "--exclude"])
    func patternsWithoutTheFlagAreAWrongCommandLine(option: String) async throws {
        let run = Run(try await Command(try Binaries.hoist, ["inspect", Media.shot, option, "*"]).run())
        #expect(run.exit == .code(64))
        #expect(run.errors.contains("--recursive"))
    }

    @Test func directoriesInAListAreWalkedAsWell() async throws {
        try await withTemporaryDirectory { directory in
            try plant(directory)
            let list = Array("\(directory.path("z"))\n\(directory.path("b/d"))\n".utf8)
            let command = Command(try Binaries.hoist, ["inspect", "-r", "--files-from", "-"], input: list)
            let run = Run(try await command.run())
            #expect(run.records.map { $0.text("file") } == ["z/h.png", "b/d/e.jpg"].map(directory.path(_:)))
        }
    }
}
