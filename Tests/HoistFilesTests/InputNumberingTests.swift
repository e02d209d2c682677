import Foundation
import HoistTestSupport
import TestSupport
import Testing

@testable import HoistFiles

@Suite struct InputNumberingTests {
    /// What a numbering makes of files, as somebody who works on them has it.
    private struct Numbered {
        struct Item {
            let path: InputPath
            let position: Int
            var repeats: [BatchRepeat] = []
        }

        private(set) var items: [Item] = []

        init(_ candidates: [InputCandidate], merging: Bool = true, shard: Shard = .whole) {
            var numbering = InputNumbering(mergesRepeats: merging, shard: shard)
            for candidate in candidates {
                switch numbering.place(candidate) {
                case .elsewhere: continue
                case .own(let place): items.append(Item(path: candidate.path, position: place))
                case .again(let first, let place):
                    guard let index = items.firstIndex(where: { $0.position == first }) else {
                        Issue.record("\(candidate.path.text) is a name of what is not there")
                        continue
                    }
                    items[index].repeats.append(BatchRepeat(position: place, name: candidate.path))
                }
            }
        }

        var names: [String] { items.map(\.path.text) }
    }

    private func list(_ paths: [String], merging: Bool = true, shard: Shard = .whole) -> Numbered {
        Numbered(
            paths.map { InputCandidate(lookingAt: InputPath(argument: $0)) }, merging: merging, shard: shard)
    }

    private func repeats(_ list: Numbered, at index: Int = 0) -> [String] {
        list.items[index].repeats.map(\.name.text)
    }

    @Test func eachFileOnceInItsOrder() async throws {
        try await withTree { tree throws in
            try tree.add("a", "b", "c")
            let paths = ["c", "a", "b"].map(tree.root.path(_:))
            let list = list(paths)
            #expect(list.names == paths)
            #expect(list.items.map(\.position) == [0, 1, 2])
        }
    }

    @Test func aFileNamedAgainKeepsItsPlaceAmongTheRecords() async throws {
        try await withTree { tree throws in
            try tree.add("a", "b")
            let (a, b) = (tree.root.path("a"), tree.root.path("b"))
            let list = list([a, b, a, a])
            #expect(list.names == [a, b])
            #expect(list.items.map(\.position) == [0, 1])
            #expect(list.items[0].repeats.map(\.position) == [2, 3])
            #expect(repeats(list) == [a, a])
        }
    }

    @Test func otherNamesOfOneFileAreRepeats() async throws {
        try await withTree { tree throws in
            try tree.add("d/a")
            try #require(link(tree.root.path("d/a"), tree.root.path("hard")) == 0)
            #expect(tree.link("soft", to: "d/a"))
            let paths = ["d/a", "hard", "soft", "d/../d/./a", "d//a"].map(tree.root.path(_:))
            let list = list(paths)
            #expect(list.names == [paths[0]])
            #expect(repeats(list) == Array(paths[1...]))
        }
    }

    @Test func aCopyIsAnotherFile() async throws {
        try await withTree { tree throws in
            let paths = [try tree.root.file("a", "same".utf8), try tree.root.file("b", "same".utf8)]
            #expect(list(paths).names == paths)
        }
    }

    /// Nothing says that what is not there would be the same file.
    @Test func whatIsNoFileIsNeverARepeat() async throws {
        try await withTree { tree throws in
            let paths = ["/nowhere/a", "/nowhere/a", tree.root.path, tree.root.path, "", ""]
            #expect(list(paths).names == paths)
        }
    }

    @Test func standardInputIsOneInput() {
        let list = list(["-", "-"])
        #expect(list.names == ["-"])
        #expect(repeats(list) == ["-"])
    }

    @Test func repeatsAreKeptWhereNobodyMergesThem() async throws {
        try await withTree { tree throws in
            try tree.add("a")
            let paths = [tree.root.path("a"), tree.root.path("a")]
            let list = list(paths, merging: false)
            #expect(list.names == paths)
            #expect(list.items.map(\.position) == [0, 1])
        }
    }

    @Test func namesThatOnlyLookTheSameAreDifferentFiles() async throws {
        try await withTree { tree throws in
            let root = InputPath(argument: tree.root.path)
            let paths = [root.appending([0xE8]), root.appending([0xE9])]
            for path in paths { try path.createFile() }
            let list = Numbered(paths.map(InputCandidate.init(lookingAt:)))
            #expect(list.items.map(\.path.bytes) == paths.map(\.bytes))
        }
    }

    // MARK: - Shards

    /// Every third file is named again later on, so that the repeat's own place would be in another shard.
    @Test(arguments: 1...7)
    func shardsAreDisjointAndComplete(count: Int) async throws {
        try await withTree { tree throws in
            let files = (0..<20).map { "f\($0)" }
            for file in files { try tree.add(file) }
            let given = (files + files.indices.filter { $0.isMultiple(of: 3) }.map { files[$0] }).map(
                tree.root.path(_:))
            var sent: [String] = []
            var reported: [String] = []
            for number in 1...count {
                let list = list(given, shard: try #require(Shard("\(number)/\(count)")))
                sent += list.names
                let records = list.items.flatMap { item in
                    [(item.position, item.path.text)] + item.repeats.map { ($0.position, $0.name.text) }
                }
                reported += records.map(\.1)
                #expect(records.map(\.0).sorted() == Array(0..<records.count), "positions are without gaps")
                for item in list.items {
                    for other in item.repeats { #expect(other.name.text == item.path.text) }
                }
            }
            #expect(sent.sorted() == files.map(tree.root.path(_:)).sorted())
            #expect(reported.sorted() == given.sorted())
        }
    }

    @Test func shardsAreEqualPartsOfTheFiles() async throws {
        try await withTree { tree throws in
            let files = (0..<10).map { "f\($0)" }
            for file in files { try tree.add(file) }
            // Nine repeats of the first: they make its shard no fuller.
            let given = (Array(repeating: files[0], count: 9) + files).map(tree.root.path(_:))
            let counts = try (1...4).map { list(given, shard: try #require(Shard("\($0)/4"))).items.count }
            #expect(counts == [3, 3, 2, 2])
        }
    }

    @Test func moreShardsThanFilesLeaveSomeEmpty() async throws {
        try await withTree { tree throws in
            try tree.add("a")
            #expect(list([tree.root.path("a")], shard: try #require(Shard("2/3"))).items.isEmpty)
        }
    }

    /// Where its record was forgotten, a file is worked on again, and later names are names of that.
    @Test func whatIsWorkedOnAgainHasANewPlace() async throws {
        try await withTree { tree throws in
            try tree.add("a", "b")
            let (a, b) = (
                InputCandidate(lookingAt: InputPath(argument: tree.root.path("a"))),
                InputCandidate(lookingAt: InputPath(argument: tree.root.path("b")))
            )
            var numbering = InputNumbering(mergesRepeats: true)
            #expect([numbering.place(a), numbering.place(b)] == [.own(0), .own(1)])
            #expect(numbering.place(a) == .again(of: 0, at: 2))
            numbering.remember(a, at: 2)
            #expect(numbering.place(a) == .again(of: 2, at: 3))
            #expect(numbering.place(b) == .again(of: 1, at: 4))
        }
    }
}
