import Foundation
import TestSupport
import Testing

/// Files that the run itself writes or reads beside its inputs stand among the inputs: they are none.
@Suite struct FilesInUseTests {
    /// Runs the script in a directory with two pictures; its output goes wherever the script says.
    private func run(_ script: String, _ hoist: Hoist, in directory: TemporaryDirectory) async throws -> Run {
        for (name, file) in [("a.png", Media.shot), ("b.jpg", Media.photo)] {
            _ = try directory.file(name, Media.bytes(file))
        }
        let program = try Binaries.hoist
        let command = Command(
            "bash", ["-c", "hoist() { '\(program)' \"$@\"; }; \(script)"], environment: hoist.environment,
            workingDirectory: directory.path)
        return Run(try await command.run())
    }

    private func files(in directory: TemporaryDirectory, _ name: String = "out.json") throws -> [String] {
        try String(contentsOfFile: directory.path(name), encoding: .utf8).split(separator: "\n").map { line in
            let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return record?.text("file") ?? "not a record: \(line)"
        }
    }

    @Test(arguments: [
        "upload -r . --to figur", "upload -r . --to figur --journal ./done.journal --files-from list",
        "upload -r . --to figur --files-from - <list", "upload -r . --to figur --api-key-file key", "inspect -r .",
        "presign -r . --to eachlabs",
    ])
    func aDirectoryHasNoneOfThem(arguments: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                // The second time, the first one's output is there.
                let prepare =
                    ": >out.json; ln out.json hard.json; ln -s out.json soft.json; rm -f list key;"
                    + (arguments.contains("list") ? "echo a.png >list;" : "")
                    + (arguments.contains("key") ? "(umask 077; printf %s \"$FIGUR_API_KEY\" >key);" : "")
                // Keys that are left lying about fail the test.
                let script = "\(prepare) hoist \(arguments) >>out.json 2>err.txt; code=$?; rm -f key; exit $code"
                let run = try await run(script, hoist, in: directory)
                let errors = try String(contentsOfFile: directory.path("err.txt"), encoding: .utf8)
                #expect(run.exit == .code(0), "\(errors)")
                let named = arguments.contains("list") ? ["a.png"] : []
                let files = try files(in: directory)
                #expect(files.sorted() == (["./a.png", "./b.jpg"] + named).sorted())
            }
        }
    }

    /// The shell's `*` has them the second time.
    @Test func thoseThatAreNamedAreLeftOutAndSaid() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let script = "hoist upload * --to figur --journal done.journal >out.json"
                #expect(try await run(script, hoist, in: directory).exit == .code(0))
                let second = try await run(script, hoist, in: directory)
                #expect(second.exit == .code(0))
                #expect(try files(in: directory) == ["a.png", "b.jpg"])
                #expect(second.errors.contains("out.json: is standard output"))
                #expect(second.errors.contains("done.journal: is the journal"))
                #expect(!second.errors.contains("a.png"))
            }
        }
    }

    @Test func whereNothingElseIsNamedTheCommandLineIsWrong() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let run = try await run("hoist upload out.json --to figur >>out.json", hoist, in: directory)
                #expect(run.exit == .code(64))
                #expect(run.errors.contains("is standard output"))
                #expect(try await hoist.sandbox.requests().isEmpty)
            }
        }
    }

    @Test func thePresignedRepliesAreNoneOfTheFilesThatArePut() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let script =
                    "hoist presign * --to eachlabs >replies.json && hoist put * --presigned replies.json >out.json"
                    + " && hoist presign *.png --to eachlabs | hoist put a.png out.json >>out.json"
                let run = try await run(script, hoist, in: directory)
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(try files(in: directory) == ["a.png", "b.jpg", "a.png"])
                #expect(try await hoist.sandbox.storedBodies().count == 3)
            }
        }
    }

    /// Other machines count the output as a file: were it not counted here, a file would be in no part.
    @Test func theyKeepTheirPlacesAmongTheFilesOfAllMachines() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let script = """
                    for n in 1 2 3 4 5 6; do cp a.png "z$n.png"; done; : >c1.json; : >c2.json
                    for k in 1 2; do hoist inspect -r . --shard "$k/2" --probe off >c$k.json; done
                    cat c?.json >out.json
                    """
                _ = try await run(script, hoist, in: directory)
                let found = try files(in: directory).filter { !$0.hasSuffix("json") }
                #expect(found.sorted() == (["./a.png", "./b.jpg"] + (1...6).map { "./z\($0).png" }))
            }
        }
    }
}
