@testable import HoistTransport

/// Large files over a link, in steps of a tick. Nothing sleeps: the clock is a number.
struct StreamSimulation {
    var roundTrip = 0.04
    /// Bytes a second of the whole link, and of one connection.
    var link = 2.5e6
    var connection = Double.infinity
    /// Bytes that buffers on the way take at once of each connection.
    var buffers = 0.0
    /// From a time on, another link.
    var changed: (at: Double, link: Double)?

    struct Outcome {
        var seconds = 0.0
        /// When the first file was done.
        var first = 0.0
        var count = 0
        var reason = RequestLimit.Reason.enough
    }

    private struct File {
        var begin: Double
        /// What the sender takes for delivered, and what has passed the link.
        var handed = 0.0
        var passed = 0.0
    }

    func run(files: Int, size: Double, jobs: Int? = nil) -> Outcome {
        var limit = StreamLimit(fixed: jobs)
        var outcome = Outcome()
        var underWay: [File] = []
        var left = files
        var now = 0.0
        var before = 0.0
        var done = 0
        let tick = 0.05
        while done < files, now < 1e5 {
            let sending = underWay.count { $0.handed < size }
            if left > 0, sending < limit.count {
                limit.expect(size: Int64(size))
                // Its bytes come after a handshake.
                underWay.append(File(begin: now + roundTrip))
                left -= 1
                continue
            }
            var places = limit.count
            var active: [Int] = []
            for index in underWay.indices where underWay[index].handed < size {
                if places > 0, underWay[index].begin <= now { active.append(index) }
                places -= 1
            }
            var capacity = tick * (changed.map { now >= $0.at ? $0.link : link } ?? link)
            // What waits in buffers passes as well, whoever may send.
            let flowing = underWay.indices.filter {
                underWay[$0].passed < size && (active.contains($0) || underWay[$0].handed > underWay[$0].passed)
            }
            for (place, index) in flowing.enumerated() {
                let share = min(capacity / Double(flowing.count - place), connection * tick)
                let room = active.contains(index) ? size : underWay[index].handed
                let moved = min(share, room - underWay[index].passed)
                underWay[index].passed += moved
                capacity -= moved
                if active.contains(index) { underWay[index].handed = min(size, underWay[index].passed + buffers) }
            }
            now += tick
            for file in underWay where file.passed >= size {
                done += 1
                before += size
                if done == 1 { outcome.first = now }
            }
            underWay.removeAll { $0.passed >= size }
            limit.look(
                delivered: before + underWay.reduce(0) { $0 + $1.handed }, active: active.count,
                isMoreWanted: left > 0 || underWay.count > limit.count, roundTrip: roundTrip, at: now)
        }
        outcome.seconds = now
        outcome.count = limit.count
        outcome.reason = limit.reason
        return outcome
    }
}
