import HoistTestSupport
import Testing

@testable import HoistFiles
@testable import HoistUploads

@Suite(.timeLimit(.minutes(5))) struct LookaheadTests {
    @Test func whatWasPutIsTakenInOrder() async {
        let ahead = Lookahead<Int>(capacity: 8)
        for number in 1...3 { #expect(await ahead.put(number)) }
        ahead.finish()
        #expect(await ahead.take() == 1)
        #expect(await ahead.take() == 2)
        #expect(await ahead.take() == 3)
        #expect(await ahead.take() == nil)
        #expect(await ahead.take() == nil)
        #expect(ahead.taken == 3)
    }

    @Test func whoTakesWaitsForWhatIsPut() async throws {
        let ahead = Lookahead<Int>(capacity: 1)
        let first = await started { await ahead.take() }
        let second = await started { await ahead.take() }
        #expect(ahead.taken == 0)
        #expect(await ahead.put(1))
        #expect(await ahead.put(2))
        #expect(ahead.taken == 2)
        #expect(try await first.value == 1, "who came first is served first")
        #expect(try await second.value == 2)
    }

    @Test func whoPutsWaitsForRoom() async throws {
        let ahead = Lookahead<Int>(capacity: 2)
        #expect(await ahead.put(1))
        let order = Order()
        let putting = await started {
            let isWanted = await ahead.put(2)
            order.add("put")
            return isWanted
        }
        order.add("take")
        #expect(await ahead.take() == 1)
        #expect(try await putting.value)
        #expect(order.names == ["take", "put"])
        #expect(await ahead.take() == 2)
    }

    /// On threads of their own, as in a batch: in the pool that all tests share, each of so many turns would have to wait
    /// for the others' work.
    @Test(arguments: [1, 2, 3, 16])
    func nothingIsLostOrDoubledBetweenThreads(capacity: Int) async {
        let ahead = Lookahead<Int>(capacity: capacity)
        let numbers = Array(0..<1000)
        let taken = await withTaskGroup(of: [Int].self) { group in
            group.addTask(executorPreference: WorkThread(label: "putter")) {
                for number in numbers { _ = await ahead.put(number) }
                ahead.finish()
                return []
            }
            for _ in 0..<4 {
                group.addTask(executorPreference: WorkThread(label: "taker")) {
                    var mine: [Int] = []
                    while let number = await ahead.take() { mine.append(number) }
                    #expect(mine == mine.sorted(), "each sees them in order")
                    return mine
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.sorted() == numbers)
        #expect(ahead.taken == numbers.count)
    }

    @Test func theEndReachesThoseThatWait() async throws {
        let ahead = Lookahead<Int>(capacity: 2)
        let takers = [await started { await ahead.take() }, await started { await ahead.take() }]
        ahead.finish()
        for taker in takers { #expect(try await taker.value == nil) }
        #expect(ahead.taken == 0)
    }

    @Test func closingDropsWhatWasPrepared() async {
        let dropped = Order()
        let ahead = Lookahead<Int>(capacity: 8) { dropped.add($0) }
        for number in 1...3 { #expect(await ahead.put(number)) }
        #expect(await ahead.take() == 1)
        ahead.close()
        #expect(await ahead.take() == nil)
        #expect(await ahead.put(4) == false)
        #expect(ahead.taken == 1)
        #expect(dropped.names == ["2", "3", "4"])
    }

    @Test func closingReachesThoseThatWait() async throws {
        let full = Lookahead<Int>(capacity: 1)
        let putter = await started { await full.put(1) }
        full.close()
        #expect(try await putter.value == false)

        let empty = Lookahead<Int>(capacity: 1)
        let taker = await started { await empty.take() }
        empty.close()
        #expect(try await taker.value == nil)
    }

    @Test func endingTwiceIsNothingNew() async {
        let ahead = Lookahead<Int>(capacity: 1)
        ahead.finish()
        ahead.close()
        ahead.close()
        ahead.finish()
        #expect(await ahead.take() == nil)
    }

    /// Open files are among what is handed over.
    @Test func whatWasTakenOrDroppedIsLetGoOf() async {
        final class Thing: Sendable {}
        let ahead = Lookahead<Thing>(capacity: 4)
        var things: [Thing]? = [Thing(), Thing()]
        weak let first = things?.first
        weak let second = things?.last
        for thing in things ?? [] { #expect(await ahead.put(thing)) }
        things = nil
        #expect(first != nil && second != nil)
        #expect(await ahead.take() != nil)
        #expect(first == nil)
        ahead.close()
        #expect(second == nil)
        #expect(ahead.taken == 1)
    }
}
