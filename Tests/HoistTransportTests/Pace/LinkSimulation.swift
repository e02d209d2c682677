@testable import HoistTransport

/// A link and a server, as far as their times go, and a client that keeps to the rules of `RequestLimit` and
/// `RequestRate`. Nothing sleeps: the clock is a number.
struct LinkSimulation {
    var roundTrip = 0.04
    /// Bytes a second that all requests share; nil is more than there is to send.
    var uplink: Double?
    /// Seconds that the client works for a request, one after another.
    var clientWork = 0.00015
    /// How many requests the server works on at once.
    var places = 10_000
    /// Seconds that it works on one.
    var service = 0.001
    /// Refuses what comes while all places are taken, else it waits.
    var refusesBeyondPlaces = false
    /// Requests a second that it takes, and how many at once beside that.
    var allowed: (rate: Double, burst: Double)?
    /// Seconds that a refusal asks for; nil says nothing.
    var retryAfter: Double? = 1
    /// From a time on, another round trip.
    var changed: (at: Double, roundTrip: Double)?
    /// Which part of the requests is refused by chance.
    var refusedByChance = 0.0
    /// Of the service time, how much it varies by chance: 0 to 1.
    var noise = 0.0

    struct Outcome {
        var seconds = 0.0
        var refused = 0
        var sent = 0
        var limit = 0
        var rate: Double?
        var refusedShare: Double { Double(refused) / Double(max(1, sent)) }
    }

    private struct Event {
        let at: Double
        let kind: Kind
        enum Kind {
            case arrival(sent: Double)
            case reply(sent: Double, isRefused: Bool)
            case freePlace
            case wake
        }
    }

    /// - Parameter jobs: a fixed number; nil finds out.
    func run(files: Int, size: Int = 10_240, jobs: Int? = nil) -> Outcome {
        var limit = RequestLimit(fixed: jobs)
        var rate = RequestRate()
        var outcome = Outcome()
        var events = Heap<Event> { $0.at < $1.at }
        var random = SplitMix(state: 7)
        var now = 0.0
        var left = files
        var done = 0
        var underWay = 0
        var connections = 0
        var clientFree = 0.0
        var wireFree = 0.0
        var busy = 0
        var line: [(sent: Double, at: Double)] = []
        var lineStart = 0
        var tokens = allowed?.burst ?? 0
        var tokensAt = 0.0
        var wakeAt = Double.infinity

        func trip() -> Double {
            if let changed, now >= changed.at { return changed.roundTrip }
            return roundTrip
        }
        func serviceTime() -> Double { service * (1 + noise * (random.unit() * 2 - 1)) }

        while done < files {
            // As many as may begin.
            while left > 0 {
                guard underWay < limit.count else {
                    limit.wait()
                    break
                }
                guard now >= rate.nextTurn else {
                    if now >= rate.heldUntil { rate.wait(at: now) }
                    if wakeAt > rate.nextTurn {
                        wakeAt = rate.nextTurn
                        events.push(Event(at: wakeAt, kind: .wake))
                    }
                    break
                }
                let wasCapricious = rate.isCapricious
                rate.start(at: now)
                if rate.isCapricious, !wasCapricious { limit.forgetRefusals() }
                left -= 1
                underWay += 1
                outcome.sent += 1
                clientFree = max(clientFree, now) + clientWork
                var begin = clientFree
                if underWay > connections {
                    connections = underWay
                    begin += trip()
                }
                var arrival = begin
                if let uplink {
                    wireFree = max(wireFree, begin) + Double(size) / uplink
                    arrival = wireFree
                }
                events.push(Event(at: arrival + trip() / 2, kind: .arrival(sent: begin)))
            }
            guard let event = events.pop() else { break }
            now = max(now, event.at)
            switch event.kind {
            case .wake: wakeAt = .infinity
            case .arrival(let sent):
                var isRefused = refusesBeyondPlaces && busy >= places
                if refusedByChance > 0, random.unit() < refusedByChance { isRefused = true }
                if let allowed {
                    tokens = min(allowed.burst, tokens + (now - tokensAt) * allowed.rate)
                    tokensAt = now
                    if tokens < 1 { isRefused = true } else { tokens -= 1 }
                }
                if isRefused {
                    events.push(Event(at: now + trip() / 2, kind: .reply(sent: sent, isRefused: true)))
                } else if busy < places {
                    busy += 1
                    let end = now + serviceTime()
                    events.push(Event(at: end, kind: .freePlace))
                    events.push(Event(at: end + trip() / 2, kind: .reply(sent: sent, isRefused: false)))
                } else {
                    line.append((sent, now))
                }
            case .freePlace:
                busy -= 1
                if lineStart < line.count {
                    let next = line[lineStart]
                    lineStart += 1
                    busy += 1
                    let end = now + serviceTime()
                    events.push(Event(at: end, kind: .freePlace))
                    events.push(Event(at: end + trip() / 2, kind: .reply(sent: next.sent, isRefused: false)))
                }
            case .reply(let sent, let isRefused):
                clientFree = max(clientFree, now) + clientWork
                if isRefused {
                    outcome.refused += 1
                    left += 1
                    let isRatesFault = rate.isInForce(at: sent)
                    if rate.refuse(sent: sent, at: now, asked: retryAfter, jitter: random.unit()), !isRatesFault {
                        limit.refuse(underWay: underWay, at: now)
                    }
                } else {
                    done += 1
                    let latency = clientFree - sent
                    rate.take(sent: sent, at: now, roundTrip: limit.base.isFinite ? limit.base : latency)
                    limit.reply(latency: latency, at: now)
                }
                underWay -= 1
            }
        }
        outcome.seconds = now
        outcome.limit = limit.count
        outcome.rate = rate.perSecond
        return outcome
    }
}

/// The smallest element first.
private struct Heap<Element> {
    private var elements: [Element] = []
    private let isBefore: (Element, Element) -> Bool

    init(_ isBefore: @escaping (Element, Element) -> Bool) { self.isBefore = isBefore }

    mutating func push(_ element: Element) {
        elements.append(element)
        var index = elements.count - 1
        while index > 0, isBefore(elements[index], elements[(index - 1) / 2]) {
            elements.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func pop() -> Element? {
        guard let first = elements.first, let last = elements.popLast() else { return nil }
        guard !elements.isEmpty else { return first }
        elements[0] = last
        var index = 0
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < elements.count && isBefore(elements[child], elements[smallest]) { smallest = child }
            if smallest == index { return first }
            elements.swapAt(index, smallest)
            index = smallest
        }
    }
}

/// The same numbers in every run.
struct SplitMix {
    var state: UInt64

    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / Double(1 << 53)
    }
}
