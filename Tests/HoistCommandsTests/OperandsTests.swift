import TestSupport
import Testing

@testable import HoistCommands

@Suite struct OperandsTests {
    private static func files(_ count: Int) -> [String] { (0..<count).map { "f\($0)" } }

    @Test(arguments: [[], ["upload"], ["upload", "a", "b", "--to", "x", "c"], ["-"], ["--", "a"]] as [[String]])
    func shortRunsStayAsTheyAre(_ arguments: [String]) {
        #expect(Operands.bundled(arguments) == arguments)
    }

    /// The first of a run may be a command, or the value of the option before it.
    @Test func aLongRunBecomesOneBehindItsFirst() {
        let bundled = Operands.bundled(
            ["upload"] + Self.files(101) + ["--to", "figur"] + Self.files(102) + ["-v", "x"])
        #expect(bundled.count == 7)
        #expect(bundled[0] == "upload" && Operands.unbundled([bundled[1]]) == Self.files(101))
        #expect(bundled[2...3] == ["--to", "figur"])
        #expect(Operands.unbundled([bundled[4]]) == Self.files(102))
        #expect(bundled[5...] == ["-v", "x"])
        #expect(Operands.bundled(["upload"] + Self.files(100)).count == 101)
    }

    @Test func emptyOperandsAndOddOnesSurvive() {
        let odd = ["a b", "é", "\u{1B}", "=", "", "x\ny"]
        let files = odd + Self.files(200) + [""]
        #expect(Operands.unbundled(Operands.bundled(["upload"] + files)) == ["upload"] + files)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func nothingIsLostOrMoved(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var arguments: [String] = []
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            arguments.append(["--to", "-v", "--", "-"].randomElement(using: &generator) ?? "")
            arguments += Self.files(Int.random(in: 0...300, using: &generator))
        }
        #expect(Operands.unbundled(Operands.bundled(arguments)) == arguments)
    }
}
