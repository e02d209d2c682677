import HoistFiles
import Synchronization

/// Which inputs are named again, and the records that those names need: some of them are found when their file is done.
package final class RepeatBook: Sendable {
    private struct State {
        /// Other names of what is not done yet, by the place of its first name.
        var waiting: [Int: [BatchRepeat]] = [:]
        /// Records of what is done, while more names may come; the places by age.
        var records: [Int: Record] = [:]
        var places: [Int] = []
        /// Names that came when their record was there.
        var late: [(record: Record, other: BatchRepeat)] = []
        var done = PlaceSet()
        var isClosed = false
        var listener: (@Sendable () -> Void)?

        /// The older ones.
        mutating func forgetHalf() {
            let count = places.count / 2
            for place in places[..<count] { records[place] = nil }
            places.removeFirst(count)
        }
    }

    private let state = Mutex(State())
    private let limit: Int

    /// - Parameter limit: how many records are remembered. A record has a kilobyte or more, and who names the files may
    ///   take longer than who sends them.
    package init(limit: Int = 10_000) {
        self.limit = limit
    }

    /// Calls `listener` when there is a name for `takeLate`.
    package func listen(_ listener: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.listener = listener
            return !state.late.isEmpty
        }
        if isLate { listener() }
    }

    /// Another name of the input that has that place. Returns false where its record is not remembered any more: then it
    /// has to be worked on again.
    package func add(_ other: BatchRepeat, of first: Int) -> Bool {
        let (isKnown, listener) = state.withLock { state -> (Bool, (@Sendable () -> Void)?) in
            guard state.done.contains(first) else {
                state.waiting[first, default: []].append(other)
                return (true, nil)
            }
            guard let record = state.records[first] else { return (false, nil) }
            state.late.append((record, other))
            return (true, state.late.count == 1 ? state.listener : nil)
        }
        listener?()
        return isKnown
    }

    /// No more names come.
    package func close() {
        state.withLock { state in
            state.isClosed = true
            state.records = [:]
            state.places = []
        }
    }

    /// The other names of an input that is done.
    package func finish(_ record: Record, at place: Int) -> [BatchRepeat] {
        state.withLock { state in
            if !state.isClosed {
                state.done.insert(place)
                state.records[place] = record
                state.places.append(place)
                if state.records.count > limit { state.forgetHalf() }
            }
            return state.waiting.removeValue(forKey: place) ?? []
        }
    }

    /// Names that have been found since their input was done.
    package func takeLate() -> [(record: Record, other: BatchRepeat)] {
        state.withLock { state in
            defer { state.late = [] }
            return state.late
        }
    }
}

/// Numbers from 0 on, a bit each.
private struct PlaceSet {
    private var words: [UInt64] = []

    func contains(_ place: Int) -> Bool {
        place / 64 < words.count && words[place / 64] >> UInt64(place % 64) & 1 == 1
    }

    mutating func insert(_ place: Int) {
        while words.count <= place / 64 { words.append(0) }
        words[place / 64] |= 1 << UInt64(place % 64)
    }
}
