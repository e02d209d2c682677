import HoistTestSupport
import Synchronization
import Testing

@testable import HoistCommands
@testable import HoistFiles

@Suite(.timeLimit(.minutes(5))) struct BatchTests {
    private let files = WorkThread(label: "files")

    /// Numbers from 0 on, and which of them were asked for.
    private final class Numbers: Sendable {
        private let count: Int
        private let asked = Atomic(0)

        init(_ count: Int) { self.count = count }

        var begins: Int { min(asked.load(ordering: .relaxed), count) }

        func next() -> Int? {
            let number = asked.wrappingAdd(1, ordering: .relaxed).oldValue
            return number < count ? number : nil
        }
    }

    /// How many are under way, and how many were at most. Everyone who joins waits until `size` have.
    private actor Meeting {
        private let size: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []
        private(set) var underWay = 0
        private(set) var most = 0

        init(of size: Int) { self.size = size }

        func join() async {
            underWay += 1
            most = max(most, underWay)
            if waiting.count + 1 == size {
                for continuation in waiting { continuation.resume() }
                waiting.removeAll()
            } else {
                await withCheckedContinuation { waiting.append($0) }
            }
        }

        func leave() { underWay -= 1 }
    }

    /// Works on the numbers up to a count, and returns how many of them were begun: what is not begun are the last of
    /// those that were asked for, in their order.
    private func run<Prepared: Sendable>(
        _ count: Int, jobs: Int, _ prepare: @escaping @Sendable (Int) async -> Prepared?,
        _ work: @escaping @Sendable (Int, Prepared) async -> Batch.Outcome
    ) async -> Int {
        let numbers = Numbers(count)
        let left = await Batch(jobs: jobs).run({ numbers.next().map { ($0, 0) } }, on: files, prepare, on: nil, work)
        let begun = numbers.begins - left.count
        #expect(left == Array(begun..<numbers.begins))
        return begun
    }

    @Test(arguments: [1, 2, 8])
    func preparedInOrderAndEachWorkedOnOnce(jobs: Int) async {
        let (prepared, worked) = (Order(), Order())
        let inputs = Array(0..<200)
        let begun = await run(inputs.count, jobs: jobs) { input in
            prepared.add(input)
            return -input
        } _: { input, preparation in
            #expect(preparation == -input)
            worked.add(input)
            return .goOn
        }
        #expect(begun == inputs.count)
        #expect(prepared.names == inputs.map(\.description))
        #expect(worked.names.sorted() == inputs.map(\.description).sorted())
        if jobs == 1 { #expect(worked.names == prepared.names) }
    }

    /// Nobody goes on before as many are under way as there are jobs: fewer would hang.
    @Test(arguments: [1, 2, 8])
    func asManyAtATimeAsThereAreJobs(jobs: Int) async {
        let meeting = Meeting(of: jobs)
        let begun = await run(jobs * 20, jobs: jobs) {
            $0
        } _: { _, _ in
            await meeting.join()
            await meeting.leave()
            return .goOn
        }
        #expect(begun == jobs * 20)
        #expect(await meeting.most == jobs)
    }

    @Test func noInputs() async {
        let begun = await run(0, jobs: 8) {
            $0
        } _: { _, _ in
            Issue.record("there is nothing to work on")
            return .goOn
        }
        #expect(begun == 0)
    }

    @Test func moreJobsThanInputs() async {
        let meeting = Meeting(of: 3)
        let begun = await run(3, jobs: 256) {
            $0
        } _: { _, _ in
            await meeting.join()
            return .goOn
        }
        #expect(begun == 3)
    }

    /// What is known needs no work, and does not hold up the others.
    @Test(arguments: [1, 8])
    func whatIsPreparedToTheEndIsNotWorkedOn(jobs: Int) async {
        let worked = Order()
        let begun = await run(100, jobs: jobs) {
            $0.isMultiple(of: 10) ? $0 : nil
        } _: { input, _ in
            worked.add(input)
            return .goOn
        }
        #expect(begun == 100)
        #expect(worked.names.compactMap { Int($0) }.sorted() == Array(stride(from: 0, to: 100, by: 10)))
    }

    @Test func aFailureStopsWhatIsNotBegun() async {
        let worked = Order()
        let begun = await run(100, jobs: 1) {
            $0
        } _: { input, _ in
            worked.add(input)
            return input == 5 ? .stop : .goOn
        }
        #expect(begun == 6)
        #expect(worked.names == (0...5).map(\.description))
    }

    /// Those under way are all that is begun, and each is worked on to its end.
    @Test func whatIsUnderWayAtAFailureIsFinished() async {
        let meeting = Meeting(of: 4)
        let finished = Order()
        let begun = await run(100, jobs: 4) {
            $0
        } _: { input, _ in
            await meeting.join()
            finished.add(input)
            return .stop
        }
        #expect(begun == 4)
        #expect(Set(finished.names) == ["0", "1", "2", "3"])
    }

    @Test func aCancellationStopsWhatIsNotBegun() async {
        let (begins, continuation) = AsyncStream.makeStream(of: Int.self)
        let finished = Order()
        let task = Task {
            // So many that whoever prepares has to wait for room.
            await run(1000, jobs: 3) {
                $0
            } _: { input, _ in
                continuation.yield(input)
                while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
                finished.add(input)
                return .stop
            }
        }
        for await _ in begins.prefix(3) {}
        task.cancel()
        #expect(await task.value == 3)
        #expect(Set(finished.names) == ["0", "1", "2"])
    }

    /// Those who work wait for what is prepared; that takes until the cancellation.
    @Test func aCancellationReachesThoseThatWait() async {
        let (begins, continuation) = AsyncStream.makeStream(of: Void.self)
        let worked = Order()
        let task = Task {
            await run(1000, jobs: 3) { input in
                continuation.yield()
                while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
                return input
            } _: { input, _ in
                worked.add(input)
                return .goOn
            }
        }
        for await _ in begins.prefix(1) {}
        task.cancel()
        let begun = await task.value
        #expect(worked.names.count == begun)
        #expect(begun <= 1)
    }

    /// The first that are not begun are those behind the ones that are: that is what a count can say.
    @Test(arguments: 0..<50)
    func whatIsBegunAreTheFirst(failing: Int) async {
        let worked = Order()
        let begun = await run(50, jobs: 4) {
            $0
        } _: { input, _ in
            worked.add(input)
            return input == failing ? .stop : .goOn
        }
        #expect(begun > failing)
        #expect(Set(worked.names) == Set((0..<begun).map(\.description)))
        #expect(worked.names.count == begun)
    }
}
