import Testing

@testable import HoistTransport

/// The numbers that are found out, against the best of the fixed ones.
@Suite struct PaceSimulationTests {
    private static let fixed = [1, 2, 4, 8, 16, 32, 64, 128, 256]

    private static func best(_ row: LinkTable.Row) -> Double {
        fixed.map { row.link.run(files: row.files, jobs: $0).seconds }.min() ?? 0
    }

    @Test(arguments: LinkTable.links)
    func asFastAsTheBestFixedNumber(row: LinkTable.Row) {
        let found = row.link.run(files: row.files)
        let roundTrip = max(row.link.roundTrip, row.link.changed?.roundTrip ?? 0) + row.link.service
        #expect(found.seconds <= 1.15 * Self.best(row) + 10 * roundTrip)
        #expect(found.refused == 0)
    }

    @Test(arguments: LinkTable.rates)
    func anAllowedRateIsFoundAndKeptTo(row: LinkTable.Row) throws {
        let allowed = try #require(row.link.allowed)
        let found = row.link.run(files: row.files)
        #expect(found.seconds <= (Double(row.files) - allowed.burst) / allowed.rate / 0.85)
        #expect(found.refusedShare <= 0.025)
        let rate = try #require(found.rate)
        #expect((0.85 * allowed.rate...1.25 * allowed.rate).contains(rate))
    }

    @Test(arguments: LinkTable.refusing)
    func aServerThatRefusesMoreIsGivenNoMore(row: LinkTable.Row) {
        let found = row.link.run(files: row.files)
        #expect(found.seconds <= 1.25 * Self.best(row) + 10 * row.link.roundTrip)
        #expect(found.refusedShare <= 0.025)
    }

    /// Nobody waits for a rate that is none: after a few holds only what was refused waits.
    @Test(arguments: LinkTable.capricious, [nil, 8, 64] as [Int?])
    func whatIsRefusedByChanceSlowsDownNothing(row: LinkTable.Row, jobs: Int?) {
        var steady = row.link
        steady.refusedByChance = 0
        let found = row.link.run(files: row.files, jobs: jobs)
        #expect(found.seconds <= 1.5 * steady.run(files: row.files, jobs: jobs).seconds + 40)
    }

    /// A number that the user fixed is the most there is, and refusals are kept to all the same.
    @Test(arguments: [64, 256])
    func aFixedNumberKeepsToTheRateToo(jobs: Int) {
        let found = LinkSimulation(allowed: (100, 10)).run(files: 2000, jobs: jobs)
        #expect(found.seconds <= 1990 / 100 / 0.8)
        #expect(found.refused <= jobs + 30)
    }

    /// What more requests only wait for is no reason to send more.
    @Test func aThinLinkIsNotFlooded() {
        let link = LinkSimulation(roundTrip: 0.04, uplink: 2.5e5)
        #expect(link.run(files: 1000).limit <= 40)
    }

    /// A few refusals in a row say little: from however slow a rate, it is found again soon.
    @Test func aSlowRateIsRaisedSoon() {
        var rate = RequestRate()
        var now = 0.0
        var sent: [Double] = []
        for _ in 0..<60 {
            if now < rate.nextTurn {
                rate.wait(at: now)
                now = rate.nextTurn
            }
            rate.start(at: now)
            sent.append(now)
            let start = now
            now += 0.01
            if sent.count <= 6 {
                rate.refuse(sent: start, at: now, asked: 0, jitter: 0)
            } else {
                rate.take(sent: start, at: now, roundTrip: 0.01)
            }
        }
        #expect(now < 15)
    }
}
