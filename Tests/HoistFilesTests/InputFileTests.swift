import Foundation
import HoistTestSupport
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles

@Suite struct InputFileTests {
    @Test(arguments: [0, 1, 100_000])
    func size(bytes: Int) async throws {
        try await withTemporaryDirectory { directory throws in
            let file = try InputFile(opening: directory.sparseFile("a.bin", bytes: bytes))
            #expect(file.size == Int64(bytes))
            try file.requireUnchanged()
        }
    }

    @Test func hugeSparseFile() async throws {
        try await withTemporaryDirectory { directory throws in
            #expect(try InputFile(opening: directory.sparseFile("a.bin", bytes: 6 << 30)).size == 6 << 30)
        }
    }

    @Test func missing() async throws {
        try await withTemporaryDirectory { directory throws in
            expect(.noInput, "not_found", opening: directory.path("no-such-file"))
        }
        expect(.noInput, "not_found", opening: "")
    }

    @Test func directory() async throws {
        try await withTemporaryDirectory { directory throws in
            expect(.noInput, "not_a_regular_file", opening: directory.path)
        }
        expect(.noInput, "not_a_regular_file", opening: "/")
    }

    /// A FIFO that nobody writes to would otherwise hold the opening for ever.
    @Test(.timeLimit(.minutes(5)))
    func fifoDoesNotHang() async throws {
        try await withTemporaryDirectory { directory throws in
            let path = directory.path("fifo")
            try #require(mkfifo(path, 0o600) == 0)
            expect(.noInput, "not_a_regular_file", opening: path)
        }
    }

    @Test func deviceAndBelowAFile() async throws {
        expect(.noInput, "not_a_regular_file", opening: "/dev/null")
        try await withTemporaryDirectory { directory throws in
            expect(.noInput, "not_readable", opening: try directory.file("a", []) + "/b")
        }
    }

    @Test func symbolicLinkLeadsToItsFile() async throws {
        try await withTemporaryDirectory { directory throws in
            let target = try directory.file("target.png", "12345".utf8)
            let link = directory.path("link.jpg")
            try #require(symlink(target, link) == 0)
            let file = try InputFile(opening: link)
            #expect(file.size == 5)
            #expect(file.name == "link.jpg")
        }
    }

    @Test(arguments: [
        ("a.png", "a.png"), ("x//a.png", "a.png"), ("./x/../a.png", "a.png"), ("x/a b\n.png", "a b\n.png"),
        // "/" and a combining mark are one character to Swift, but two to the file system.
        ("x/\u{301}a.png", "\u{301}a.png"),
    ])
    func name(_ path: String, _ name: String) async throws {
        try await withTemporaryDirectory { directory throws in
            try FileManager.default.createDirectory(atPath: directory.path("x"), withIntermediateDirectories: true)
            let whole = directory.path(path)
            let descriptor = open(whole, O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            close(descriptor)
            let file = try InputFile(opening: whole)
            #expect(file.name.unicodeScalars.elementsEqual(name.unicodeScalars))
            #expect(file.path == whole)
        }
    }

    @Test func reading() async throws {
        try await withInputFile("0123456789".utf8) { file throws in
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
            defer { buffer.deallocate() }
            #expect(try file.read(into: buffer, at: 3) == 4)
            #expect(Array(buffer) == Array("3456".utf8))
            #expect(try file.read(into: buffer, at: 8) == 2)
            #expect(try file.read(into: buffer, at: 10) == 0)
        }
    }

    enum Change: CaseIterable {
        case grown, shrunk, rewritten, rewrittenWithItsTimePutBack
    }

    @Test(arguments: Change.allCases)
    func changeIsNoticed(_ change: Change) async throws {
        try await withTemporaryDirectory { directory throws in
            let path = try directory.file("a.bin", "0123456789".utf8)
            // Old enough that the file system's clock has moved on since.
            var times = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
            try #require(utimes(path, &times) == 0)
            let file = try InputFile(opening: path)
            try file.requireUnchanged()
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            switch change {
            case .grown: try handle.truncate(atOffset: 11)
            case .shrunk: try handle.truncate(atOffset: 9)
            case .rewritten: try handle.write(contentsOf: Data("9876543210".utf8))
            case .rewrittenWithItsTimePutBack:
                try handle.write(contentsOf: Data("9876543210".utf8))
                try #require(utimes(path, &times) == 0)
            }
            let failure = #expect(throws: Failure.self) { try file.requireUnchanged() }
            #expect(failure?.kind == .refusedHere)
            #expect(failure?.code == "changed_while_sent")
        }
    }

    /// A backup that links to it, or somebody who deletes it, has not written to it.
    @Test func anotherNameOrNoneIsNoChange() async throws {
        try await withTemporaryDirectory { directory throws in
            let path = try directory.file("a.bin", "0123456789".utf8)
            var times = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
            try #require(utimes(path, &times) == 0)
            let file = try InputFile(opening: path)
            try #require(link(path, directory.path("backup.bin")) == 0)
            try file.requireUnchanged()
            let linked = try InputFile(opening: path)
            try #require(unlink(path) == 0)
            try linked.requireUnchanged()
        }
    }

    /// What was checked is what is sent, whatever the path leads to by then.
    @Test func anotherFileInItsPlaceChangesNothing() async throws {
        try await withTemporaryDirectory { directory throws in
            let path = try directory.file("a.bin", "checked".utf8)
            let file = try InputFile(opening: path)
            try #require(rename(try directory.file("b.bin", "another".utf8), path) == 0)
            #expect(try file.content() == Array("checked".utf8))
            try file.requireUnchanged()
        }
    }

    private func expect(_ kind: FailureClass, _ code: String, opening path: String) {
        let failure = #expect(throws: Failure.self) { try InputFile(opening: path) }
        #expect(failure?.kind == kind)
        #expect(failure?.code == code)
    }
}
