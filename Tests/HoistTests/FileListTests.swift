import Foundation
import TestSupport
import Testing

/// --files-from and --files-from0.
@Suite struct FileListTests {
    @Test func thousandsOfFiles() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(2000)
                let list = try directory.file("list.txt", files.map { $0 + "\n" }.joined().utf8)
                let run = try await hoist.run(["upload", "--to", "eachlabs", "--files-from", list])
                #expect(run.exit == .code(0), "\(run.errorLines.prefix(3))")
                #expect(run.records.map { $0.text("file") } == files)
                #expect(run.records.allSatisfy { $0.isOK == true })
                let bodies = try await hoist.sandbox.storedBodies()
                #expect(bodies.count == 2000)
                #expect(Set(bodies) == Set(files.map(Media.bytes)))
            }
        }
    }

    /// A line break in a name would be two names in a list by line.
    @Test func anyNameInAListByNUL() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let names = ["two\nlines.png", " spaces .png", "-dash.png", "quote\".png", "\n.png"]
                for (index, name) in names.enumerated() {
                    _ = try directory.file(name, Media.bytes(Media.shot) + Data("\(index)".utf8))
                }
                var find = Command("find", [directory.path, "-name", "*.png", "-print0"])
                let list = try await find.run().outputBytes
                find.arguments = [directory.path, "-name", "*.png", "-printf", "%f\\0"]
                let order = try await find.run().output.split(separator: "\0").map(String.init)
                let run = try await hoist.run(["upload", "--to", "eachlabs", "--files-from0", "-"], input: list)
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(run.records.map { $0.text("file") } == order.map(directory.path(_:)))
                let bodies = try await hoist.sandbox.storedBodies()
                #expect(Set(bodies) == Set(names.map { Media.bytes(directory.path($0)) }))
            }
        }
    }

    @Test(arguments: [("--files-from", "\n"), ("--files-from0", "\0")])
    func namesThatAreNotUTF8Arrive(option: String, separator: String) async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                // Both look the same once they are repaired.
                let names: [[UInt8]] = [[0x61, 0xE8], [0x61, 0xE9]]
                var list: [UInt8] = []
                for (index, name) in names.enumerated() {
                    let path = Array("\(directory.path)/".utf8) + name
                    let descriptor = (path + [0]).withUnsafeBytes { bytes in
                        open(bytes.assumingMemoryBound(to: CChar.self).baseAddress!, O_CREAT | O_WRONLY, 0o600)
                    }
                    try #require(descriptor >= 0)
                    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
                    try handle.write(contentsOf: Media.bytes(Media.shot) + Data("\(index)".utf8))
                    list += path + Array(separator.utf8)
                }
                let run = try await hoist.run(["upload", "--to", "eachlabs", option, "-"], input: list)
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(
                    run.records.map { $0.text("file") } == [directory.path("a\u{FFFD}"), directory.path("a\u{FFFD}")])
                // To tell them apart.
                let bytes = names.map { Array("\(directory.path)/".utf8) + $0 }
                let digits = bytes.map { $0.map { String(format: "%02x", $0) }.joined() }
                #expect(run.records.map { $0.text("file_bytes") } == digits)
                let bodies = try await hoist.sandbox.storedBodies()
                #expect(Set(bodies) == Set(names.indices.map { Media.bytes(Media.shot) + Data("\($0)".utf8) }))
                for (index, record) in run.records.enumerated() {
                    let stored = try await fetch(record.text("public_url") ?? "")
                    #expect(stored == Media.bytes(Media.shot) + Data("\(index)".utf8))
                }
            }
        }
    }

    /// No name can be misspelt where there is no record.
    @Test func anEmptyListHasEveryField() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload(
                "--to", "figur", "--files-from", "-", "--field", "upload_key", "--allow-empty")
            #expect(run.exit == .code(0), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }

    @Test func listsComeAfterTheFilesThatAreNamed() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let lines = try directory.file("lines", "\(Media.picture)\n".utf8)
                let run = try await hoist.upload(
                    "--files-from0", "-", "--files-from", lines, Media.shot, "--to", "figur",
                    input: Array(Media.photo.utf8))
                #expect(run.records.map { $0.text("file") } == [Media.shot, Media.picture, Media.photo])
            }
        }
    }

    @Test func aListThatIsNotThereIs66() async throws {
        try await withHoist { hoist in
            let run = try await hoist.upload("--files-from", "/nowhere/list", "--to", "figur")
            #expect(run.exit == .code(66))
            #expect(run.output.isEmpty)
            #expect(run.errors.contains("/nowhere/list"))
        }
    }

    @Test func aListByNULIsNoListByLine() async throws {
        try await withHoist { hoist in
            let list = Array("\(Media.shot)\0\(Media.photo)\0".utf8)
            let run = try await hoist.upload("--files-from", "-", "--to", "figur", input: list)
            #expect(run.exit == .code(66))
            #expect(run.errors.contains("--files-from0"))
            #expect(try await hoist.sandbox.requests().isEmpty)
        }
    }

    @Test func whatPresignSaysFitsTheSameList() async throws {
        try await withHoist { hoist in
            try await withTemporaryDirectory { directory in
                let files = try directory.pictures(50)
                let list = try directory.file("list", files.joined(separator: "\n").utf8)
                let replies = try await hoist.run(["presign", "--files-from", list]).output
                let run = try await hoist.run(["put", "--files-from", list], input: Array(replies.utf8))
                #expect(run.exit == .code(0), "\(run.errors)")
                for (file, record) in zip(files, run.records) {
                    #expect(record.text("file") == file)
                    #expect(try await fetch(record.text("public_url") ?? "") == Media.bytes(file))
                }
            }
        }
    }
}
