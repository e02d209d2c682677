import Foundation
import TestSupport
import Testing

/// A run that found no files looked in the wrong place: that is no success.
@Suite struct NothingMatchedTests {
    @Test(arguments: ["upload", "inspect", "presign", "put"], ["--files-from", "--files-from0"])
    func anEmptyListIs66(verb: String, option: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let replies = try directory.file("replies", [])
                let service = verb == "inspect" ? [] : verb == "put" ? ["--presigned", replies] : ["--to", "eachlabs"]
                let run = try await hoist.run([verb, option, "-"] + service)
                #expect(run.exit == .code(66))
                #expect(run.output.isEmpty && run.errorLines.count == 1)
                #expect(run.errors.contains("no file names in standard input"))
                let allowed = try await hoist.run([verb, option, "-", "--allow-empty"] + service)
                #expect(allowed.exit == .code(0) || verb == "put", "\(allowed.errors)")
                #expect(allowed.output.isEmpty)
                #expect(try await hoist.sandbox.requests().isEmpty)
            }
        }
    }

    /// A folder as a camera and an editor leave it.
    private func plant(_ directory: TemporaryDirectory) throws {
        for name in ["IMG_1.JPG", "img_2.jpg", "notes.txt", ".DS_Store", ".thumbs", "clip.MOV"] {
            _ = try directory.file(name, Media.bytes(Media.photo) + Data(name.utf8))
        }
        try FileManager.default.createDirectory(atPath: directory.path("raw"), withIntermediateDirectories: false)
    }

    @Test func whatWasLeftOutByWhatIsSaid() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try plant(directory)
                let run = try await hoist.upload(
                    "--to", "figur", "-r", directory.path, "--include", "*.gif", "--exclude", "raw", "--exclude",
                    "*.txt")
                #expect(run.exit == .code(66))
                #expect(run.output.isEmpty)
                #expect(
                    run.errors.contains(
                        "no files in \(directory.path) (3 do not match --include, 2 match --exclude, 2 are hidden)"),
                    "\(run.errors)")
                #expect(run.errors.contains("--allow-empty"))
            }
        }
    }

    @Test func aDirectoryWithoutFilesIs66() async throws {
        try await withTemporaryDirectory { directory in
            let run = Run(try await Command(try Binaries.hoist, ["inspect", "-r", directory.path]).run())
            #expect(run.exit == .code(66))
            #expect(run.errors.contains("no files in \(directory.path);"))
            let two = Run(
                try await Command(try Binaries.hoist, ["inspect", "-r", directory.path, "--allow-empty"]).run())
            #expect(two.exit == .code(0))
        }
    }

    @Test func theSummarySaysHowManyMatched() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                try plant(directory)
                let run = try await hoist.upload(
                    "--to", "figur", "-r", directory.path, "--include", "*.jpg", "--progress", "plain")
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.count == 2, "IMG_1.JPG is meant by *.jpg")
                #expect(run.errorLines.contains { $0.contains("2 matched, 2 not: 2 done, 0 failed") }, "\(run.errors)")
            }
        }
    }

    /// A machine of many may have nothing to do.
    @Test func anEmptyShardIsASuccess() async throws {
        let run = Run(try await Command(try Binaries.hoist, ["inspect", Media.shot, "--shard", "2/2"]).run())
        #expect(run.exit == .code(0), "\(run.errors)")
        #expect(run.output.isEmpty)
    }
}
