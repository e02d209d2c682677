import Testing

@testable import HoistTransport

/// How many large files are sent at once, over links of several kinds.
@Suite struct StreamSimulationTests {
    /// Ten videos of 200 MB at 20 Mbit/s: the first is there when a tenth of the time is over, and not at the end.
    @Test(arguments: [0, 2.5e5, 2.5e6])
    func oneAtATimeWhereOneFillsTheLink(buffers: Double) {
        let found = StreamSimulation(link: 2.5e6, buffers: buffers).run(files: 10, size: 2e8)
        #expect(found.count == 1)
        #expect(found.seconds <= 1.02 * 10 * 2e8 / 2.5e6)
        #expect(found.first <= 0.15 * found.seconds)
    }

    static let links: [(StreamSimulation, Int, Double)] = [
        // Each connection gets a twentieth of the link.
        (StreamSimulation(roundTrip: 0.15, link: 5e8, connection: 2.5e7), 60, 1e8),
        (StreamSimulation(roundTrip: 0.04, link: 1e8, connection: 5e7), 40, 1e8),
        (StreamSimulation(roundTrip: 0.04, link: 1.25e6), 20, 4e6),
        (StreamSimulation(roundTrip: 0.001, link: 1e9), 40, 1e9),
        (StreamSimulation(roundTrip: 0.15, link: 1.25e7, connection: 2.5e7), 30, 1e7),
        (StreamSimulation(roundTrip: 0.04, link: 1e8, changed: (5, 1e7)), 40, 5e7),
    ]

    @Test(arguments: links.indices)
    func asFastAsTheBestFixedNumber(index: Int) {
        let (link, files, size) = Self.links[index]
        let best = [1, 2, 4, 8, 16, 32, 64].map { link.run(files: files, size: size, jobs: $0).seconds }.min() ?? 0
        let found = link.run(files: files, size: size)
        #expect(found.seconds <= 1.15 * best + 10 * link.roundTrip)
    }

    @Test func aTimeoutHalvesThem() {
        var limit = StreamLimit()
        limit.expect(size: 1 << 20)
        #expect(limit.count == 16)
        limit.timeOut(sent: 1, at: 61)
        limit.timeOut(sent: 2, at: 62)
        #expect(limit.count == 8, "those that were sent together say it once")
        #expect(limit.reason == .trouble)
    }

    @Test func manyOfModestSizeBeginAtOnce() {
        #expect(StreamLimit.first(size: 1 << 20) == 16)
        #expect(StreamLimit.first(size: 8 << 20) == 2)
        #expect(StreamLimit.first(size: 1 << 40) == 1)
        #expect(StreamLimit.first(size: 0) == 16)
    }
}
