import Foundation
import HoistTestSupport
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles
@testable import HoistServices
@testable import HoistTransport
@testable import HoistUploads

/// A journal that was written by hand, with all that may have happened to it.
@Suite struct JournalLoadTests {
    private static let description = """
        base_url = "https://api.example.com"
        [upload]
        url = "/files"
        body = "raw"
        [result]
        id = "{upload.body.id}"
        """

    /// A directory with files in it, and a journal of them.
    private struct Lab {
        let directory: TemporaryDirectory
        let destination: Journal.Destination
        let said = Order()

        init(_ directory: TemporaryDirectory) throws {
            self.directory = directory
            let description = try DescriptionReader(file: "mine.toml", name: "mine").description(
                Array(JournalLoadTests.description.utf8))
            let service = Service(
                description, Account(baseURL: description.baseURL, credential: nil),
                SettingValues(description.settings, [:]))
            destination = Journal.Destination(service)
        }

        func file(_ name: String) throws -> InputCandidate {
            InputCandidate(lookingAt: InputPath(bytes: try directory.file(name, name.utf8).utf8))
        }

        func line(_ file: InputCandidate, ok: Bool = true, id: String, _ more: String = "", key: String = "") throws
            -> String
        {
            let stamp = try #require(file.stamp)
            let state = #""size":\#(stamp.size),"mtime":"\#(stamp.modified)","ctime":"\#(stamp.changed)""#
            let place = #""service":"mine","settings":{},"base_url":"\#(destination.baseURL)","key":"\#(key)""#
            return #"{"path":"\#(file.path.text)",\#(state),\#(place),"record":{"ok":\#(ok),"id":"\#(id)"\#(more)}}"#
        }

        func journal(_ lines: [String]) throws -> Journal {
            let heading = #"{"hoist_journal":3,"salt":"00112233445566778899aabbccddeeff"}"#
            let path = try directory.file("journal", ([heading] + lines).map { $0 + "\n" }.joined().utf8)
            return try Journal(path, for: destination) { [said] notice in
                if case .warning(_, let text) = notice { said.add(text) }
            }
        }

        func id(_ journal: Journal, _ file: InputCandidate) -> String? { journal.record(of: file)?.receipt["id"]?.text }
    }

    private func withLab(_ body: (Lab) throws -> Void) async throws {
        try await withTemporaryDirectory { try body(Lab($0)) }
    }

    @Test func theLastWordOnAFileCounts() async throws {
        try await withLab { lab in
            let files = try ["a", "b", "c", "d"].map(lab.file)
            let journal = try lab.journal([
                lab.line(files[0], ok: false, id: "0"), lab.line(files[0], id: "1"), lab.line(files[1], id: "2"),
                lab.line(files[1], ok: false, id: "3"), lab.line(files[2], id: "4"), lab.line(files[2], id: "5"),
                lab.line(files[3], ok: false, id: "6", #","error":{"code":"not_finished"}"#),
            ])
            #expect(files.map { lab.id(journal, $0) } == ["1", nil, "5", "6"])
            #expect(journal.record(of: files[0])?.isResumed == true)
            #expect(lab.said.names.isEmpty)
        }
    }

    @Test func damageIsSaidAndHarmsNothingElse() async throws {
        try await withLab { lab in
            let files = try ["a", "b", "c"].map(lab.file)
            let lines = try files.map { try lab.line($0, id: $0.path.text.lastPathPart) }
            let torn = String(lines[1].dropLast(3))
            let journal = try lab.journal([lines[0], torn, "", "\0\0\0", "[]", "{}", lines[2]])
            #expect(files.map { lab.id(journal, $0) } == ["a", nil, "c"])
            #expect(lab.said.names.map { $0.prefix(7) } == ["line 3 ", "line 4 ", "line 5 "])
        }
    }

    /// What does not say which state of the file it was says nothing of it, neither that it is done nor that it is not.
    @Test func aLineWithoutTheStateOfItsFileCountsForNothing() async throws {
        try await withLab { lab in
            let file = try lab.file("a")
            let line = try lab.line(file, ok: false, id: "1").replacingOccurrences(
                of: #""size":1"#, with: #""size":1.5"#)
            let journal = try lab.journal([lab.line(file, id: "0"), line])
            #expect(lab.id(journal, file) == "0")
        }
    }

    @Test func whatAnotherKeySentIsSaidOnce() async throws {
        try await withLab { lab in
            let files = try ["a", "b", "c"].map(lab.file)
            let journal = try lab.journal([
                lab.line(files[0], id: "0", key: "ff"), lab.line(files[1], id: "1", key: "ff"),
                lab.line(files[2], ok: false, id: "2", key: "ff"),
            ])
            #expect(lab.id(journal, files[2]) == nil)
            #expect(lab.said.names.isEmpty, "it was not done")
            for file in files { #expect(lab.id(journal, file) == nil) }
            #expect(lab.said.names.count == 1 && lab.said.names.first?.contains("another key") == true)
        }
    }

    /// Lines are read in pieces: some stand in two of them, and one is longer than a piece.
    @Test func aLargeJournal() async throws {
        try await withLab { lab in
            let files = try (0..<200).map { try lab.file("\($0)") }
            var lines: [String] = []
            for (number, file) in files.enumerated() {
                let filler = String(repeating: "x", count: number == 100 ? 3 << 20 : number * 97)
                lines.append(try lab.line(file, id: "\(number)", #","filler":"\#(filler)""#))
            }
            let journal = try lab.journal(lines)
            #expect(files.map { lab.id(journal, $0) } == files.indices.map(\.description))
            #expect(lab.said.names.isEmpty)
        }
    }

    @Test func aFileThatHasChangedIsNotDone() async throws {
        try await withLab { lab in
            let file = try lab.file("a")
            let journal = try lab.journal([lab.line(file, id: "0")])
            #expect(lab.id(journal, file) == "0")
            _ = try lab.directory.file("a", "b".utf8)
            #expect(lab.id(journal, InputCandidate(lookingAt: file.path)) == nil)
        }
    }

    @Test(arguments: [
        ("/a/b", "/a/b"), ("a", "/here/a"), ("./a//b/./c", "/here/a/b/c"), ("../a", "/here/../a"), ("/", ""),
        ("", "/here"),
        ("/.", ""), ("a/", "/here/a"), (".a", "/here/.a"), ("..", "/here/.."),
    ])
    func pathsAreAbsolute(path: String, absolute: String) {
        let bytes = JournalPath.absolute(InputPath(bytes: path.utf8), in: Array("/here".utf8))
        #expect(String(decoding: bytes, as: UTF8.self) == absolute)
    }
}
