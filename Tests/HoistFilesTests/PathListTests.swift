import Foundation
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles

@Suite struct PathListTests {
    private func read(_ content: some Sequence<UInt8>, _ separator: PathList.Separator) async throws -> [[UInt8]] {
        try await withTemporaryDirectory { directory throws in
            try self.paths(try directory.file("list", content), separator).map(\.bytes)
        }
    }

    private func paths(_ list: String, _ separator: PathList.Separator) throws(Failure) -> [InputPath] {
        var paths: [InputPath] = []
        _ = try PathList(opening: list, separatedBy: separator).visit { path in
            paths.append(path)
            return true
        }
        return paths
    }

    private func names(_ names: String...) -> [[UInt8]] { names.map { Array($0.utf8) } }

    @Test func onePathALine() async throws {
        #expect(try await read("a.png\nb c.png\n".utf8, .line) == names("a.png", "b c.png"))
    }

    @Test func theLastLineNeedsNoEnd() async throws {
        #expect(try await read("a\nb".utf8, .line) == names("a", "b"))
        #expect(try await read("a\0b".utf8, .null) == names("a", "b"))
    }

    @Test func emptyLinesAreNoPaths() async throws {
        #expect(try await read("\n\na\n\n\nb\n\n".utf8, .line) == names("a", "b"))
        #expect(try await read("\0\0a\0\0b\0".utf8, .null) == names("a", "b"))
    }

    @Test func emptyLinesOfAListFromWindowsAreNoPaths() async throws {
        #expect(try await read("a\r\n\r\nb\r\n\r\n".utf8, .line) == names("a", "b"))
    }

    @Test func anEmptyListHasNoPaths() async throws {
        #expect(try await read([], .line).isEmpty)
        #expect(try await read([], .null).isEmpty)
    }

    /// Spaces may be part of a name, and in a list by NUL anything may.
    @Test func nothingElseSeparates() async throws {
        #expect(try await read(" a \n\tb\n".utf8, .line) == names(" a ", "\tb"))
        #expect(try await read("a\nb\0c\r\n\0\u{FEFF}d\r\0".utf8, .null) == names("a\nb", "c\r\n", "\u{FEFF}d\r"))
    }

    /// Lists that were made on Windows, or partly there: nothing of that name has a CR in it.
    @Test(arguments: [
        "a.png\r\nb.png\r\n", "a.png\r\nb.png", "a.png\nb.png\r\n", "a.png\r\nb.png\n", "a.png\r\n\r\nb.png\r",
        "\u{FEFF}a.png\nb.png\n", "\u{FEFF}a.png\r\nb.png\r\n", "\u{FEFF}\r\na.png\r\nb.png", "\u{FEFF}\na.png\nb.png",
    ])
    func aListMadeOnWindowsIsTaken(content: String) async throws {
        #expect(try await read(content.utf8, .line) == names("a.png", "b.png"))
    }

    @Test func ofAByteOrderMarkAloneNothingIsLeft() async throws {
        #expect(try await read("\u{FEFF}".utf8, .line).isEmpty)
        #expect(try await read("\u{FEFF}\r\n\r\n".utf8, .line).isEmpty)
    }

    /// What is there by the whole line is meant: a link that leads nowhere, too, since its record says so.
    @Test func aNameThatEndsInAReturnOrBeginsWithAMarkIsKeptWhereItIsThere() async throws {
        try await withTemporaryDirectory { directory throws in
            let odd = [directory.path("a.png\r"), directory.path("link\r")]
            _ = try directory.file("a.png\r", [])
            try #require(symlink("nowhere", odd[1]) == 0)
            let list = try directory.file("list", (odd + [directory.path("b.png\r")]).joined(separator: "\n").utf8)
            let read = try self.paths(list, .line).map(\.bytes)
            #expect(read == (odd + [directory.path("b.png")]).map { Array($0.utf8) })
        }
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0, 0x0A, 0], [0xFE, 0xFF, 0, 0x61, 0, 0x0A]] as [[UInt8]])
    func aListInUTF16IsNamedAsSuch(content: [UInt8]) async throws {
        let failure = await #expect(throws: Failure.self) { try await read(content, .line) }
        #expect(failure?.code == "not_a_list")
        #expect(failure?.message.contains("UTF-8") == true)
    }

    @Test func bytesThatAreNotUTF8AreKept() async throws {
        #expect(try await read([0xE9, 0x0A, 0x61], .line) == [[0xE9], [0x61]])
        #expect(try await read([0xE9, 0, 0xFF], .null) == [[0xE9], [0xFF]])
    }

    @Test func aListForTheOtherOptionIsRefused() async throws {
        let failure = await #expect(throws: Failure.self) { try await read("a\0b\0".utf8, .line) }
        #expect(failure?.kind == .noInput)
        #expect(failure?.code == "not_a_list")
        #expect(failure?.message.contains("--files-from0") == true)
    }

    @Test(arguments: ["/nowhere/list", "/"])
    func whatCannotBeReadIsNamed(path: String) {
        let failure = #expect(throws: Failure.self) { try self.paths(path, .line) }
        #expect(failure?.kind == .noInput)
        #expect(failure?.code == "not_readable")
    }

    @Test func aMissingListIsNamed() {
        let failure = #expect(throws: Failure.self) { try self.paths("/nowhere/list", .null) }
        #expect(failure?.message.contains("/nowhere/list") == true)
    }

    /// However its pieces come: paths are cut in two, and so are line ends and the mark.
    @Test(arguments: [PathList.Separator.line, .null], [1, 2, 3, 7, 4096])
    func aPathMayComeInPieces(separator: PathList.Separator, length: Int) async throws {
        try await withTemporaryDirectory { directory throws in
            let pipe = directory.path("pipe")
            try #require(mkfifo(pipe, 0o600) == 0)
            let end = separator == .line ? "\r\n" : "\0"
            let names = ["a.png", String(repeating: "b", count: 300), "\u{E9}/c", "d"]
            let content = Array(((separator == .line ? "\u{FEFF}" : "") + names.joined(separator: end)).utf8)
            // For reading as well, so that it can be opened before anybody reads.
            let descriptor = open(pipe, O_RDWR)
            let list = try PathList(opening: pipe, separatedBy: separator)
            let writer = Thread {
                for start in stride(from: 0, to: content.count, by: length) {
                    _ = content[start..<min(content.count, start + length)].withUnsafeBytes {
                        write(descriptor, $0.baseAddress, $0.count)
                    }
                }
                close(descriptor)
            }
            writer.start()
            var read: [String] = []
            let isWhole = try list.visit { (path) throws(Failure) in
                read.append(path.text)
                return true
            }
            #expect(read == names)
            #expect(isWhole)
        }
    }

    /// What comes first is there before the rest is written.
    @Test func aListIsReadAsFarAsItIsThere() async throws {
        try await withTemporaryDirectory { directory throws in
            let pipe = directory.path("pipe")
            try #require(mkfifo(pipe, 0o600) == 0)
            let descriptor = open(pipe, O_RDWR)
            defer { close(descriptor) }
            let list = try PathList(opening: pipe, separatedBy: .line)
            func say(_ text: String) { #expect(write(descriptor, text, text.utf8.count) == text.utf8.count) }
            say("a\n")
            var read: [String] = []
            let isWhole = try list.visit { (path) throws(Failure) in
                read.append(path.text)
                if read == ["a"] { say("b\nc\n") }
                return path.text != "b"
            }
            #expect(read == ["a", "b"])
            #expect(!isWhole, "no more were wanted")
        }
    }
}
