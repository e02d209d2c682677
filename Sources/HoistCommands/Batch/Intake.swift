import HoistTransport
import Synchronization

/// What is to be worked on: listed, then prepared a little ahead, then begun as soon as there is room for it. Large files and
/// small ones have a line each: where no other large one can begin, small ones do, and a large one that is listed late
/// begins early, so that it is not what everybody waits for at the end.
final class Intake<Input: Sendable, Prepared: Sendable>: Sendable {
    struct Element: Sendable {
        let input: Input
        let prepared: Prepared
        let isLarge: Bool
        fileprivate let number: Int
        fileprivate let size: Int64
    }

    private struct Listed {
        let input: Input
        let number: Int
        let size: Int64
    }

    /// One of both lines.
    private struct Line {
        var listed = Queue<Listed>()
        var ready = Queue<Element>()
        /// How many are begun and not done.
        var working = 0
    }

    private struct State {
        var small = Line()
        var large = Line()
        /// How many were listed.
        var count = 0
        var isAllListed = false
        /// Whether one is being prepared.
        var isPreparing = false
        /// Whether nothing more is begun.
        var isClosed = false
        var takers: [CheckedContinuation<Element?, Never>] = []
        var preparer: CheckedContinuation<(Input, Int, Int64)?, Never>?
        var lister: CheckedContinuation<Bool, Never>?

        var isEmpty: Bool {
            isAllListed && !isPreparing && small.listed.isEmpty && large.listed.isEmpty && small.ready.isEmpty
                && large.ready.isEmpty
        }
    }

    private let state = Mutex(State())
    /// How many small ones are prepared ahead.
    private let capacity: Int
    /// Whether the lines are two: one job keeps to the order.
    private let isMixed: Bool
    /// Nil where nothing is sent: then whoever asks may begin.
    private let load: Load?

    /// How many large ones are prepared ahead.
    private static var largeCapacity: Int { 2 }
    /// How far ahead inputs are listed: large ones are found in these.
    private static var listedAhead: Int { 4096 }

    init(capacity: Int, isMixed: Bool, load: Load?) {
        self.capacity = capacity
        self.isMixed = isMixed
        self.load = load
        load?.listen { [weak self] in self?.serve() }
    }

    // MARK: - Listing

    /// Returns once more may be listed; false when no more is wanted: then this one is left as well.
    ///
    /// - Parameter size: bytes, as far as it is known.
    func list(_ input: Input, size: Int64) async -> Bool {
        let isWanted = state.withLock { state -> Bool? in
            let listed = Listed(input: input, number: state.count, size: size)
            state.count += 1
            if isMixed, Load.isLarge(size) {
                state.large.listed.append(listed)
            } else {
                state.small.listed.append(listed)
            }
            if state.isClosed { return false }
            return hasRoom(state) ? true : nil
        }
        wakePreparer()
        if let isWanted { return isWanted }
        return await withCheckedContinuation { continuation in
            let isWanted = state.withLock { state -> Bool? in
                if state.isClosed { return false }
                if hasRoom(state) { return true }
                state.lister = continuation
                return nil
            }
            if let isWanted { continuation.resume(returning: isWanted) }
        }
    }

    private func hasRoom(_ state: borrowing State) -> Bool {
        state.small.listed.count + state.large.listed.count < Self.listedAhead
    }

    func allAreListed() {
        state.withLock { $0.isAllListed = true }
        wakePreparer()
        serve()
    }

    // MARK: - Preparing

    /// The next one that is to be prepared, once that is worth it; nil when there is none any more.
    func nextToPrepare() async -> (Input, Int, Int64)? {
        await withCheckedContinuation { continuation in
            let (isDone, found, lister) = state.withLock { state in
                let found = toPrepare(&state)
                if found != nil { state.isPreparing = true }
                let isDone = found != nil || state.isClosed || state.isEmpty
                if !isDone { state.preparer = continuation }
                // Not for every one: each time costs two switches of threads.
                let isLow = state.small.listed.count + state.large.listed.count <= Self.listedAhead / 2
                return (isDone, found, isLow ? state.lister.take() : nil)
            }
            lister?.resume(returning: true)
            if isDone { continuation.resume(returning: found) }
        }
    }

    private func toPrepare(_ state: inout State) -> (Input, Int, Int64)? {
        guard !state.isClosed else { return nil }
        let next: Listed?
        if state.large.ready.count < Self.largeCapacity, let large = state.large.listed.popFirst() {
            next = large
        } else {
            next = state.small.ready.count < capacity ? state.small.listed.popFirst() : nil
        }
        return next.map { ($0.input, $0.number, $0.size) }
    }

    /// - Parameter prepared: nil where nothing is left to do.
    func isPrepared(_ input: Input, _ number: Int, size: Int64, _ prepared: Prepared?) {
        let isLarge = isMixed && Load.isLarge(size)
        let element = prepared.map {
            Element(input: input, prepared: $0, isLarge: isLarge, number: number, size: size)
        }
        state.withLock { state in
            state.isPreparing = false
            guard let element else { return }
            if isLarge { state.large.ready.append(element) } else { state.small.ready.append(element) }
        }
        serve()
    }

    private func wakePreparer() {
        let woken = state.withLock {
            state -> (CheckedContinuation<(Input, Int, Int64)?, Never>, (Input, Int, Int64)?)? in
            guard let preparer = state.preparer else { return nil }
            // Once a good part is used up, and not for every one: each time costs two switches of threads.
            let isLow =
                state.small.ready.count <= capacity / 2 || state.large.ready.isEmpty && !state.large.listed.isEmpty
            guard isLow || state.isClosed || state.isEmpty else { return nil }
            let found = toPrepare(&state)
            guard found != nil || state.isClosed || state.isEmpty else { return nil }
            if found != nil { state.isPreparing = true }
            state.preparer = nil
            return (preparer, found)
        }
        if let (preparer, found) = woken { preparer.resume(returning: found) }
    }

    // MARK: - Working

    /// The next one, once there is one and it may begin; nil when there is none any more.
    func take() async -> Element? {
        let element: Element? = await withCheckedContinuation { continuation in
            let (isDone, element) = state.withLock { state -> (Bool, Element?) in
                if let element = toBegin(&state) { return (true, element) }
                if state.isClosed || state.isEmpty { return (true, nil) }
                state.takers.append(continuation)
                return (false, nil)
            }
            if isDone { continuation.resume(returning: element) }
        }
        wakePreparer()
        // The others need not wait for one after the last.
        if state.withLock({ $0.isEmpty }) { serve() }
        return element
    }

    private func toBegin(_ state: inout State) -> Element? {
        guard !state.isClosed else { return nil }
        let working = state.small.working + state.large.working
        if let next = state.large.ready.next, mayBegin(next, working, large: state.large.working) {
            state.large.working += 1
            return state.large.ready.popFirst()
        }
        guard let next = state.small.ready.next, mayBegin(next, working, large: state.large.working) else { return nil }
        state.small.working += 1
        return state.small.ready.popFirst()
    }

    private func mayBegin(_ element: Element, _ working: Int, large: Int) -> Bool {
        load?.mayBegin(size: element.isLarge ? element.size : 0, working: working, large: large) ?? true
    }

    func isDone(_ element: Element) {
        state.withLock { state in
            if element.isLarge { state.large.working -= 1 } else { state.small.working -= 1 }
        }
    }

    /// Lets those begin that may.
    private func serve() {
        while true {
            let served = state.withLock { state -> (CheckedContinuation<Element?, Never>, Element?)? in
                guard !state.takers.isEmpty else { return nil }
                let element = toBegin(&state)
                guard element != nil || state.isClosed || state.isEmpty else { return nil }
                return state.takers.popLast().map { ($0, element) }
            }
            guard let (taker, element) = served else { return }
            taker.resume(returning: element)
        }
    }

    // MARK: - Ending

    /// Nothing more is begun.
    func close() {
        let lister = state.withLock { state in
            state.isClosed = true
            return state.lister.take()
        }
        lister?.resume(returning: false)
        wakePreparer()
        serve()
    }

    /// What was listed and not begun, in the order of the list.
    var left: [Input] {
        state.withLock { state in
            var left: [(number: Int, input: Input)] = []
            for line in [state.small, state.large] {
                var line = line
                while let element = line.ready.popFirst() { left.append((element.number, element.input)) }
                while let listed = line.listed.popFirst() { left.append((listed.number, listed.input)) }
            }
            return left.sorted { $0.number < $1.number }.map(\.input)
        }
    }
}
