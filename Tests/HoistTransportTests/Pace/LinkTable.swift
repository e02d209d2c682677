import Testing

/// The links and servers that the rules for the number of requests are tried on.
enum LinkTable {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let files: Int
        let link: LinkSimulation

        init(_ name: String, _ files: Int, _ link: LinkSimulation) {
            testDescription = name
            self.files = files
            self.link = link
        }
    }

    /// Where nothing is refused.
    static let links = [
        Row("no link", 4000, LinkSimulation(roundTrip: 0.0001, service: 0.0001)),
        Row("short link", 5000, LinkSimulation(roundTrip: 0.04)),
        Row("short link, few files", 1000, LinkSimulation(roundTrip: 0.04)),
        Row("long link", 5000, LinkSimulation(roundTrip: 0.15)),
        Row("long link, few files", 1000, LinkSimulation(roundTrip: 0.15)),
        Row("20 files only", 20, LinkSimulation(roundTrip: 0.04)),
        Row("thin link", 1000, LinkSimulation(roundTrip: 0.04, uplink: 2.5e6)),
        Row("very thin link", 1000, LinkSimulation(roundTrip: 0.04, uplink: 2.5e5)),
        Row("busy server", 1000, LinkSimulation(roundTrip: 0.04, places: 8, service: 0.05)),
        Row("larger busy server", 3000, LinkSimulation(roundTrip: 0.04, places: 64, service: 0.1)),
        Row("times that vary", 5000, LinkSimulation(roundTrip: 0.04, service: 0.1, noise: 1)),
        Row("a link that gets longer", 5000, LinkSimulation(roundTrip: 0.04, changed: (0.5, 0.15))),
        Row("a link that gets shorter", 5000, LinkSimulation(roundTrip: 0.15, changed: (0.5, 0.02))),
    ]

    /// Requests a second that are allowed, and how many at once beside.
    static let rates = [
        Row("100 a second, 10 at once", 2000, LinkSimulation(allowed: (100, 10))),
        Row("50 a second, 5 at once", 2000, LinkSimulation(allowed: (50, 5))),
        Row("20 a second, 20 at once", 2000, LinkSimulation(allowed: (20, 20))),
        Row("100 a second, and nothing said", 2000, LinkSimulation(allowed: (100, 10), retryAfter: nil)),
        Row("300 a second, 30 at once", 6000, LinkSimulation(allowed: (300, 30))),
    ]

    /// Servers that refuse some by chance, whatever comes.
    static let capricious = [
        Row("one in fifty by chance", 2000, LinkSimulation(retryAfter: nil, refusedByChance: 0.02)),
        Row("one in ten by chance", 2000, LinkSimulation(retryAfter: 0, refusedByChance: 0.1)),
        Row("one in fifty by chance, for a second", 2000, LinkSimulation(refusedByChance: 0.02)),
    ]

    /// Servers that refuse what comes while they have their hands full.
    static let refusing = [
        Row("16 at once, else refused", 3000, LinkSimulation(places: 16, service: 0.05, refusesBeyondPlaces: true)),
        Row("100 at once, else refused", 3000, LinkSimulation(places: 100, service: 0.05, refusesBeyondPlaces: true)),
    ]
}
