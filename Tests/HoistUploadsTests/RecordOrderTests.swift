import TestSupport
import Testing

@testable import HoistUploads

@Suite struct RecordOrderTests {
    @Test func whatIsInOrderGoesOnAtOnce() {
        var order = RecordOrder<String>()
        #expect(order.add("a", at: 0) == ["a"])
        #expect(order.add("b", at: 1) == ["b"])
    }

    @Test func theOneThatIsLateLetsAllBehindItGo() {
        var order = RecordOrder<String>()
        #expect(order.add("c", at: 2) == [])
        #expect(order.add("b", at: 1) == [])
        #expect(order.add("e", at: 4) == [])
        #expect(order.add("a", at: 0) == ["a", "b", "c"])
        #expect(order.add("d", at: 3) == ["d", "e"])
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func anyOrderBecomesTheInputs(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var order = RecordOrder<Int>()
        let all = (0..<100).shuffled(using: &generator).flatMap { order.add($0, at: $0) }
        #expect(all == Array(0..<100))
    }
}
