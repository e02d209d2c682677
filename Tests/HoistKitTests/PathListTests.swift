import Foundation
import TestSupport
import Testing

@testable import HoistKit

@Suite struct PathListTests {
    private func read(_ content: some Sequence<UInt8>, _ separator: PathList.Separator) async throws -> [[UInt8]] {
        try await withTemporaryDirectory { directory throws in
            try PathList.read(try directory.file("list", content), separatedBy: separator).map(\.bytes)
        }
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

    /// Spaces and carriage returns may be part of a name.
    @Test func nothingElseSeparates() async throws {
        #expect(try await read(" a \r\n\tb\n".utf8, .line) == names(" a \r", "\tb"))
        #expect(try await read("a\nb\0c\r\n\0".utf8, .null) == names("a\nb", "c\r\n"))
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
        let failure = #expect(throws: Failure.self) { try PathList.read(path, separatedBy: .line) }
        #expect(failure?.kind == .noInput)
        #expect(failure?.code == "not_readable")
    }

    @Test func aMissingListIsNamed() {
        let failure = #expect(throws: Failure.self) { try PathList.read("/nowhere/list", separatedBy: .null) }
        #expect(failure?.message.contains("/nowhere/list") == true)
    }
}
