import HoistTestSupport
import Testing

@testable import HoistCommands
@testable import HoistTransport

@Suite(.timeLimit(.minutes(5))) struct IntakeTests {
    private static let large: Int64 = 1 << 30

    private func intake(
        _ sizes: [Int64], capacity: Int = 8, isMixed: Bool = true, load: Load? = nil
    ) async -> Intake<Int, Int> {
        let intake = Intake<Int, Int>(capacity: capacity, isMixed: isMixed, load: load)
        for (number, size) in sizes.enumerated() { #expect(await intake.list(number, size: size)) }
        intake.allAreListed()
        return intake
    }

    private func prepareAll(of intake: Intake<Int, Int>, _ count: Int) async {
        for _ in 0..<count {
            guard let listed = await intake.nextToPrepare() else { return }
            intake.isPrepared(listed, -listed.input)
        }
    }

    @Test func whatIsListedIsTakenInOrder() async {
        let intake = await intake([0, 0, 0])
        await prepareAll(of: intake, 3)
        for number in 0..<3 {
            let element = await intake.take()
            #expect(element?.input == number)
            #expect(element?.prepared == -number)
        }
        #expect(await intake.take() == nil)
        #expect(await intake.nextToPrepare()?.input == nil)
        #expect(intake.left.isEmpty)
    }

    /// A large file that comes late begins early; where no other large one can begin, small ones do.
    @Test func largeOnesAreBegunEarlyAndOneAtATime() async {
        let load = Load()
        let intake = await intake([0, 0, 0, Self.large, Self.large, Self.large], load: load)
        await prepareAll(of: intake, 5)
        var begun: [Int] = []
        for _ in 0..<4 {
            let element = await intake.take()
            begun.append(element?.input ?? -1)
            // Each is being sent before the next one comes.
            load.apply(.init(underWay: 1))
        }
        // Two large ones: one is sent, and the other one is got ready meanwhile.
        #expect(begun == [3, 4, 0, 1])
    }

    /// A video that is being processed keeps no other one from being sent.
    @Test func whoRestsAfterALargeFileMakesRoomForAnother() async {
        let load = Load()
        let intake = await intake([Self.large, Self.large, Self.large], load: load)
        await prepareAll(of: intake, 2)
        for _ in 0..<2 { #expect(await intake.take() != nil) }
        await prepareAll(of: intake, 1)
        #expect(!load.mayBegin(size: Self.large, working: 2, large: 2))
        load.apply(.init(resting: 1, restingLarge: 1))
        #expect(await intake.take()?.input == 2)
    }

    @Test func oneJobKeepsToTheOrder() async {
        let intake = await intake([0, Self.large, 0], isMixed: false)
        await prepareAll(of: intake, 3)
        for number in 0..<3 { #expect(await intake.take()?.input == number) }
    }

    @Test func nobodyBeginsWhileTooManyWait() async throws {
        let load = Load()
        let intake = await intake(Array(repeating: 0, count: 8), load: load)
        await prepareAll(of: intake, 8)
        for _ in 0..<4 { #expect(await intake.take() != nil) }
        let fifth = await started { await intake.take() }
        let order = Order()
        order.add("sent")
        load.apply(.init(underWay: 1))
        #expect(try await fifth.value?.input == 4)
        // Who only lets time pass is in nobody's way.
        load.apply(.init(resting: 1))
        #expect(await intake.take()?.input == 5)
    }

    @Test func whatIsNotBegunIsLeftInOrder() async {
        let intake = await intake([0, Self.large, 0, 0, Self.large])
        await prepareAll(of: intake, 2)
        _ = await intake.take()
        intake.close()
        #expect(await intake.take() == nil)
        #expect(await intake.nextToPrepare()?.input == nil)
        #expect(await intake.list(5, size: 0) == false)
        #expect(intake.left.count == 5, "the one that came too late is left as well")
        #expect(intake.left == intake.left.sorted())
    }

    @Test func whoListsWaitsForRoom() async throws {
        let intake = Intake<Int, Int>(capacity: 2, isMixed: true, load: nil)
        let listing = await started {
            var count = 0
            while count < 10_000, await intake.list(count, size: 0) { count += 1 }
            return count
        }
        await prepareAll(of: intake, 2)
        intake.close()
        let listed = try await listing.value
        #expect(listed < 10_000)
        #expect(intake.left.count >= listed)
    }

    /// On threads of their own, as in a batch.
    @Test(arguments: [1, 2, 16])
    func nothingIsLostOrDoubledBetweenThreads(capacity: Int) async {
        let intake = Intake<Int, Int>(capacity: capacity, isMixed: true, load: Load())
        let numbers = Array(0..<3000)
        let taken = await withTaskGroup(of: [Int].self) { group in
            group.addTask {
                for number in numbers {
                    guard await intake.list(number, size: number % 7 == 0 ? Self.large : 0) else { break }
                }
                intake.allAreListed()
                return []
            }
            group.addTask {
                while let listed = await intake.nextToPrepare() {
                    intake.isPrepared(listed, listed.input)
                }
                return []
            }
            for _ in 0..<8 {
                group.addTask {
                    var taken: [Int] = []
                    while let element = await intake.take() {
                        taken.append(element.input)
                        intake.isDone(element)
                    }
                    return taken
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.sorted() == numbers)
    }
}
