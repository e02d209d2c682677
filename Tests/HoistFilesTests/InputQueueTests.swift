import HoistTestSupport
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles

/// Files between who finds them and who works on them.
@Suite(.timeLimit(.minutes(5))) struct InputQueueTests {
    private static func path(_ text: String) -> InputPath { InputPath(bytes: text.utf8) }

    private static func rest(of queue: InputQueue) async -> [String] {
        var rest: [String] = []
        while let item = await queue.next() { rest.append("\(item.position) \(item.input.text)") }
        return rest
    }

    @Test func inTheOrderInWhichTheyWereFound() async throws {
        let queue = InputQueue()
        for (name, position) in [("a", 0), ("a/b", 1), ("", 3), ("a/c", 700)] {
            #expect(queue.append(Self.path(name), at: position, size: 5))
        }
        #expect(queue.total == InputTotal(inputs: 4, bytes: 20))
        queue.end()
        #expect(queue.total == InputTotal(inputs: 4, bytes: 20, isFinal: true))
        try await queue.begin()
        #expect(await Self.rest(of: queue) == ["0 a", "1 a/b", "3 ", "700 a/c"])
    }

    /// The first is worked on while there is no second one.
    @Test func whoWorksWaitsForWhoFinds() async throws {
        let queue = InputQueue()
        let begun = await started { try await queue.begin() }
        #expect(queue.append(Self.path("a"), at: 0, size: 1))
        try await begun.value
        #expect(await queue.next()?.input.text == "a")
        let next = await started { await queue.next()?.input.text }
        #expect(queue.append(Self.path("b"), at: 1, size: 1))
        #expect(try await next.value == "b")
        let last = await started { await queue.next()?.input.text }
        queue.end()
        #expect(try await last.value == nil)
    }

    /// A list may be open for hours.
    @Test func aCancellationReachesWhoWaits() async throws {
        let queue = InputQueue()
        #expect(queue.append(Self.path("a"), at: 0, size: 1))
        let rest = await started { await Self.rest(of: queue) }
        rest.cancel()
        #expect(try await rest.value == ["0 a"])
        queue.abandon()
        #expect(!queue.append(Self.path("b"), at: 1, size: 1))
        #expect(queue.total.inputs == 1)
    }

    @Test func whatKeptThemAwayIsSaidOnce() async throws {
        let trouble = Failure(.noInput, code: "not_a_list", "x")
        let early = InputQueue()
        #expect(early.append(Self.path("a"), at: 0, size: 1))
        early.end(trouble) { _ in Issue.record("who works says it") }
        let failure = await #expect(throws: Failure.self) { try await early.begin() }
        #expect(failure?.code == "not_a_list")

        let late = InputQueue()
        #expect(late.append(Self.path("a"), at: 0, size: 1))
        try await late.begin()
        var said: [Failure] = []
        late.end(trouble) {
            said.append($0)
            #expect(!late.total.isFinal, "the work cannot end before it is said")
        }
        #expect(said == [trouble], "who works will not say it")
        #expect(late.trouble?.code == "not_a_list")
        #expect(await Self.rest(of: late) == ["0 a"])
    }

    @Test func sizesOfSparseFilesAddUp() {
        let queue = InputQueue()
        for position in 0..<2 { #expect(queue.append(Self.path("a"), at: position, size: .max)) }
        #expect(queue.total.bytes == .max)
    }

    @Test func whoWantsToKnowAllWaits() {
        let queue = InputQueue()
        queue.waitUntilFinal(.milliseconds(1))
        #expect(!queue.total.isFinal)
        #expect(queue.append(Self.path("a"), at: 0, size: 1, width: 7))
        queue.end()
        for _ in 0..<2 { queue.waitUntilFinal(.never) }
        #expect(queue.widest == 7)
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func anyPathsComeBack(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var paths = PackedPaths()
        var put: [([UInt8], Int)] = []
        var taken: [([UInt8], Int)] = []
        var position = 0
        for _ in 0..<3000 {
            if Int.random(in: 0..<3, using: &generator) > 0 {
                // Begins as the one before, more or less; now and then more than a block takes.
                let isLong = Int.random(in: 0..<500, using: &generator) == 0
                let start = put.last?.0.prefix(Int.random(in: 0...40, using: &generator)) ?? []
                let rest = (0..<Int.random(in: 0...(isLong ? 100_000 : 30), using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                position += Int.random(in: 1...(isLong ? 1 << 40 : 3), using: &generator)
                put.append((start + rest, position))
                paths.append(start + rest, at: position)
            } else if let next = paths.removeFirst() {
                taken.append((next.path, next.position))
            }
            #expect(paths.count == put.count - taken.count)
        }
        while let next = paths.removeFirst() { taken.append((next.path, next.position)) }
        #expect(taken.map(\.0) == put.map(\.0))
        #expect(taken.map(\.1) == put.map(\.1))
    }
}
