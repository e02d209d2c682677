import Foundation
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles

@Suite struct InputPathTests {
    @Test(arguments: ["a.png", "naïve 写真 🖼.png", "a\nb", "e\u{301}.png", ""])
    func textKeepsItsBytes(text: String) {
        let path = InputPath(bytes: text.utf8)
        #expect(path.bytes == Array(text.utf8))
        #expect(path.text.utf8.elementsEqual(text.utf8))
    }

    /// Latin-1, a cut-off character, a surrogate, an overlong slash.
    @Test(arguments: [[0x63, 0xE9, 0x2E], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]])
    func bytesThatAreNotUTF8AreKeptBesideTheirRepairedText(bytes: [UInt8]) {
        let path = InputPath(bytes: bytes)
        #expect(path.bytes == bytes)
        #expect(path.text.unicodeScalars.contains("\u{FFFD}"))
        #expect(path.withCString { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } == bytes)
    }

    /// U+FFFD itself is a character that a name may have.
    @Test func aReplacementCharacterIsNoDamage() {
        let path = InputPath(argument: "a\u{FFFD}")
        #expect(path.bytes == Array("a\u{FFFD}".utf8))
    }

    @Test func entriesOfDirectories() {
        #expect(InputPath(bytes: "a".utf8).appending(Array("b".utf8)).text == "a/b")
        #expect(InputPath(bytes: "a/".utf8).appending(Array("b".utf8)).text == "a/b")
        #expect(InputPath(bytes: "/".utf8).appending(Array("b".utf8)).text == "/b")
        #expect(InputPath(bytes: [0xE9]).appending([0xE8]).bytes == [0xE9, 0x2F, 0xE8])
    }

    @Test func standardInputIsTheHyphenAlone() {
        #expect(InputPath(argument: "-").isStandardInput)
        #expect(InputPath.standardInput.isStandardInput)
        for other in ["", "./-", "--", "-\u{301}"] { #expect(!InputPath(argument: other).isStandardInput) }
    }

    @Test func theFileOfThatNameIsOpenedAndNoOther() async throws {
        try await withTemporaryDirectory { directory throws in
            let folder = InputPath(argument: directory.path)
            let latin = folder.appending([0x63, 0xE9])
            try latin.createFile("latin-1")
            try folder.appending(Array("c\u{FFFD}".utf8)).createFile("replacement character")
            let file = try InputFile(opening: latin)
            #expect(try file.content() == Array("latin-1".utf8))
            let missing = folder.appending([0x63, 0xE8])
            #expect(missing.text == latin.text, "they look the same")
            let failure = #expect(throws: Failure.self) { try InputFile(opening: missing) }
            #expect(failure?.code == "not_found")
        }
    }
}
