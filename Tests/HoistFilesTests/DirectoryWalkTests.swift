import Foundation
import Synchronization
import TestSupport
import Testing

@testable import HoistFiles

@Suite struct DirectoryWalkTests {
    /// As bytes, and each directory where its own name stands: the same on every machine, whatever its locale.
    @Test func sortedByTheBytesOfTheirNames() async throws {
        try await withTree { tree throws in
            try tree.add("b.png", "a/z.png", "a/B.png", "A.png", "ä.png", "a.png", "10.png", "9.png", "a/b/c.png")
            #expect(
                tree.found() == [
                    "10.png", "9.png", "A.png", "a/B.png", "a/b/c.png", "a/z.png", "a.png", "b.png", "ä.png",
                ])
        }
    }

    @Test func hiddenEntriesAreLeftOut() async throws {
        try await withTree { tree throws in
            try tree.add(".hidden.png", ".git/a.png", "a/.b.png", "a/b.png", "..c")
            #expect(tree.found() == ["a/b.png"])
        }
    }

    @Test func aHiddenDirectoryThatIsNamedIsMeant() async throws {
        try await withTree { tree throws in
            try tree.add(".a/b.png")
            let walk = DirectoryWalk(filter: NameFilter())
            #expect(
                walk.found([InputPath(argument: tree.root.path(".a"))]).map(\.text) == [
                    tree.root.path(".a/b.png")
                ])
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func aLinkToADirectoryThatItStandsInIsNotFollowed() async throws {
        try await withTree { tree throws in
            try tree.add("a/b/c.png")
            #expect(tree.link("a/b/up", to: ".."))
            #expect(tree.link("a/self", to: "."))
            #expect(tree.link("a/loop.png", to: "loop.png"))
            #expect(tree.link("a/b/top", to: tree.root.path))
            #expect(tree.found() == ["a/b/c.png"])
        }
    }

    @Test func otherLinksAreFollowed() async throws {
        try await withTemporaryDirectory { outside throws in
            try Tree(root: outside).add("folder/x.png", "y.png")
            try await withTree { tree throws in
                try tree.add("c/d.png")
                #expect(tree.link("a", to: outside.path("folder")))
                #expect(tree.link("b.png", to: outside.path("y.png")))
                #expect(tree.link("e", to: "c"))
                #expect(tree.found() == ["a/x.png", "b.png", "c/d.png"])
            }
        }
    }

    /// Somebody meant it to be a file: opening it says what is wrong.
    @Test func aLinkThatLeadsNowhereIsReported() async throws {
        try await withTree { tree throws in
            #expect(tree.link("gone.png", to: "/nowhere/gone.png"))
            #expect(tree.found() == ["gone.png"])
            #expect(tree.found(including: ["*.jpg"]).isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(5)))
    func whatIsNoFileIsPassedOver() async throws {
        try await withTree { tree throws in
            try tree.add("a.png")
            try #require(mkfifo(tree.root.path("pipe"), 0o600) == 0)
            #expect(tree.link("null", to: "/dev/null"))
            #expect(tree.found() == ["a.png"])
        }
    }

    @Test func patternsWithoutASlashAreForTheName() async throws {
        try await withTree { tree throws in
            try tree.add("a.png", "a.jpg", "raw/b.png", "raw/deep/c.png", "png/d.gif")
            #expect(tree.found(including: ["*.png"]) == ["a.png", "raw/b.png", "raw/deep/c.png"])
            #expect(tree.found(including: ["a.*", "*.gif"]) == ["a.jpg", "a.png", "png/d.gif"])
            #expect(tree.found(excluding: ["*.png"]) == ["a.jpg", "png/d.gif"])
            #expect(tree.found(including: ["*.png"], excluding: ["[bc].png"]) == ["a.png"])
        }
    }

    @Test func patternsWithASlashAreForThePathBelow() async throws {
        try await withTree { tree throws in
            try tree.add("raw/b.png", "raw/deep/c.png", "x/raw/d.png", "b.png")
            #expect(tree.found(including: ["raw/*"]) == ["raw/b.png", "raw/deep/c.png"])
            #expect(tree.found(excluding: ["raw/b.png"]) == ["b.png", "raw/deep/c.png", "x/raw/d.png"])
            #expect(tree.found(including: ["*/raw/*"]) == ["x/raw/d.png"])
        }
    }

    @Test func anExcludedDirectoryIsLeftOutWithAllThatIsInIt() async throws {
        try await withTree { tree throws in
            try tree.add("raw/b.png", "x/raw/d.png", "x/e.png", "rawer/f.png")
            #expect(tree.found(excluding: ["raw"]) == ["rawer/f.png", "x/e.png"])
            #expect(tree.found(including: ["*.png"], excluding: ["x/raw"]) == ["raw/b.png", "rawer/f.png", "x/e.png"])
        }
    }

    /// Links to links: 40 directories with 2^40 paths.
    @Test(.timeLimit(.minutes(5)))
    func aDirectoryIsWalkedOnce() async throws {
        try await withTree { tree throws in
            for level in 0..<40 { try tree.add("\(level)/a.png") }
            for level in 0..<39 {
                for name in ["x", "y"] { #expect(tree.link("\(level)/\(name)", to: "../\(level + 1)")) }
            }
            #expect(tree.found().sorted() == (0..<40).map { "\($0)/a.png" }.sorted())
            // By links alone, each has the path to which the fewest links lead.
            let first = DirectoryWalk(filter: NameFilter()).found([InputPath(argument: tree.root.path("0"))])
            let names = first.map { String($0.text.dropFirst(tree.root.path("0/").utf8.count)) }
            #expect(names.sorted() == (0..<40).map { String(repeating: "x/", count: $0) + "a.png" }.sorted())
        }
    }

    /// Its own name is that which the user sees in it, whichever comes first.
    @Test func aDirectoryIsFoundUnderItsOwnNameRatherThanALinks() async throws {
        try await withTemporaryDirectory { outside throws in
            try Tree(root: outside).add("far/x.png")
            try await withTree { tree throws in
                try tree.add("b/c.png", "b!.png", "a.png", "z.png")
                #expect(tree.link("a", to: "b"))
                #expect(tree.link("m", to: outside.path("far")))
                #expect(tree.link("k", to: outside.path("far")))
                #expect(tree.found() == ["a.png", "b/c.png", "b!.png", "k/x.png", "z.png"])
                #expect(tree.found(excluding: ["b"]) == ["a/c.png", "a.png", "b!.png", "k/x.png", "z.png"])
            }
        }
    }

    @Test func namesThatAreNotUTF8AreFound() async throws {
        try await withTree { tree throws in
            let root = InputPath(argument: tree.root.path)
            let folder = root.appending([0xE9])
            let file = folder.appending([0xFF, 0x0A])
            try folder.createDirectory()
            try file.createFile()
            let found = DirectoryWalk(filter: NameFilter()).found([root])
            #expect(found.map(\.bytes) == [file.bytes])
        }
    }

    @Test func filesAndStandardInputStayInTheirPlaces() async throws {
        try await withTree { tree throws in
            try tree.add("d/a.png", "b.png")
            let given = ["-", tree.root.path("b.png"), tree.root.path("d"), "/nowhere/c.png"]
            let walk = DirectoryWalk(filter: NameFilter(including: ["a*"]))
            let found = walk.found(given.map(InputPath.init(argument:))).map(\.text)
            #expect(found == ["-", tree.root.path("b.png"), tree.root.path("d/a.png"), "/nowhere/c.png"])
        }
    }

    @Test func anEmptyDirectoryHasNoFiles() async throws {
        try await withTree { tree throws in
            #expect(tree.found().isEmpty)
        }
    }

    /// The first are there before the last are looked for.
    @Test func filesAreHandedOnAsTheyAreFound() async throws {
        try await withTree { tree throws in
            try tree.add("a.png", "b/c.png", "d.png")
            var found: [String] = []
            var leftOut = LeftOut()
            let root = InputPath(argument: tree.root.path)
            let isWhole = DirectoryWalk(filter: NameFilter()).visit(root, counting: &leftOut) { candidate in
                found.append(candidate.path.text.lastPathPart)
                // Where all had been found before, it would not be there.
                if found == ["a.png"] { #expect(link(tree.root.path("a.png"), tree.root.path("b/b.png")) == 0) }
                return candidate.path.text.lastPathPart != "c.png"
            }
            #expect(found == ["a.png", "b.png", "c.png"], "no more are wanted")
            #expect(!isWhole)
        }
    }

    /// Outside of the directory, each link is followed where it stands; what another one leads to by its own name is not
    /// lost, wherever it was expected.
    @Test func whatIsBehindALinkIsInItsPlace() async throws {
        try await withTemporaryDirectory { outside throws in
            try Tree(root: outside).add("p/q/far.png", "p/near.png")
            try await withTree { tree throws in
                try tree.add("m.png", "z/z.png", ".hidden/h.png")
                #expect(tree.link("a", to: outside.path("p")))
                #expect(tree.link("b", to: outside.path("p/q")))
                #expect(tree.link("c", to: ".hidden"))
                #expect(tree.link("d", to: "z"))
                #expect(tree.found() == ["a/near.png", "a/q/far.png", "c/h.png", "m.png", "z/z.png"])
                // `a` leads to what has `q` in it, but a pattern leaves that out there, and not behind `b`.
                let chosen = ["b/far.png", "c/h.png", "d/z.png", "m.png"]
                #expect(tree.found(excluding: ["a/near.png", "a/q", "z"]) == chosen)
            }
        }
    }

    /// More than one piece of memory has of them, and names that begin alike.
    @Test func aDirectoryWithManyFiles() async throws {
        try await withTree { tree throws in
            let names = (0..<3000).map { String(repeating: "x", count: $0 % 90) + "\($0)" }
            for name in names { _ = try tree.root.file(name, []) }
            #expect(tree.found() == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
        }
    }

    /// As deep as a path can be, on a thread with as little stack as there is where memory is limited.
    @Test func aPathOfAThousandDirectories() async throws {
        try await withTree { tree throws in
            let script = #"cd "$0" && for i in $(seq 1500); do mkdir a && cd a; done && : >x.png"#
            #expect(try await Command("sh", ["-c", script, tree.root.path]).run().exit == .code(0))
            let found = Mutex<[String]>([])
            let thread = Thread {
                let names = tree.found()
                found.withLock { $0 = names }
            }
            thread.stackSize = 512 << 10
            thread.start()
            while !thread.isFinished { try await Task.sleep(for: .milliseconds(5)) }
            #expect(found.withLock { $0.map(\.utf8.count) } == [3005])
            _ = try await Command("rm", ["-rf", tree.root.path("a")]).run()
        }
    }
}
