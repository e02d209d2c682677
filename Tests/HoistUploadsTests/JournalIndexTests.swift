import TestSupport
import Testing

@testable import HoistUploads

@Suite struct JournalIndexTests {
    /// Also where two paths, or all of them, have one digest.
    @Test(arguments: [1, 2, 7, UInt64.max], 0..<10 as Range<UInt64>)
    func asADictionaryHasIt(digests: UInt64, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var index = JournalIndex { path in path.reduce(5381) { $0 &* 33 &+ UInt64($1) } % digests }
        var expected: [[UInt8]: Int64] = [:]
        var lines: [[UInt8]] = []
        for _ in 0..<500 {
            let path = [UInt8.random(in: 0..<40, using: &generator)]
            let isDone = Int.random(in: 0..<3, using: &generator) > 0
            lines.append(path)
            let start = Int64(lines.count - 1)
            index.set(path, to: isDone ? start : nil) { lines[Int($0)] }
            expected[path] = isDone ? start : nil
        }
        for path in (UInt8(0)..<40).map({ [$0] }) {
            let found = index.start(of: path).flatMap { lines[Int($0)] == path ? $0 : nil }
            #expect(found == expected[path])
        }
    }

    @Test func manyPathsWithTheDigestThatIsUsed() {
        var index = JournalIndex()
        let paths = (0..<10_000).map { Array("/folder/\($0).png".utf8) }
        for (number, path) in paths.enumerated() { index.set(path, to: Int64(number)) { paths[Int($0)] } }
        #expect(paths.map { index.start(of: $0) } == paths.indices.map { Int64($0) })
        #expect(index.start(of: Array("/folder/x.png".utf8)) == nil)
    }
}
