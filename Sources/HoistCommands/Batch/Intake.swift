import HoistTransport
import Synchronization

/// What is to be worked on: listed, then prepared a little ahead, then begun as soon as there is room for it. Large files and
/// small ones have a line each: where no other large one can begin, small ones do, and a large one that is listed late
/// begins early, so that it is not what everybody waits for at the end.
final class Intake<Input: Sendable, Prepared: Sendable>: Sendable {
    struct Listed: Sendable {
        let input: Input
        /// Its place in the list.
        fileprivate let number: Int
        /// Bytes, as far as they are known.
        fileprivate let size: Int64
        fileprivate let isLarge: Bool
    }

    struct Element: Sendable {
        fileprivate let listed: Listed
        let prepared: Prepared

        var input: Input { listed.input }
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
        var preparer: CheckedContinuation<Listed?, Never>?
        var lister: CheckedContinuation<Bool, Never>?

        subscript(isLarge isLarge: Bool) -> Line {
            get { isLarge ? large : small }
            _modify { if isLarge { yield &large } else { yield &small } }
        }

        var listedCount: Int { small.listed.count + large.listed.count }

        var isEmpty: Bool {
            isAllListed && !isPreparing && listedCount == 0 && small.ready.isEmpty && large.ready.isEmpty
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
            let isLarge = isMixed && Load.isLarge(size)
            state[isLarge: isLarge].listed.append(
                Listed(input: input, number: state.count, size: size, isLarge: isLarge))
            state.count += 1
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
        state.listedCount < Self.listedAhead
    }

    func allAreListed() {
        state.withLock { $0.isAllListed = true }
        wakePreparer()
        serve()
    }

    // MARK: - Preparing

    /// The next one that is to be prepared, once that is worth it; nil when there is none any more.
    func nextToPrepare() async -> Listed? {
        await withCheckedContinuation { continuation in
            let (isDone, found, lister) = state.withLock { state in
                let found = toPrepare(&state)
                let isDone = found != nil || state.isClosed || state.isEmpty
                if !isDone { state.preparer = continuation }
                // Not for every one: each time costs two switches of threads.
                let isLow = state.listedCount <= Self.listedAhead / 2
                return (isDone, found, isLow ? state.lister.take() : nil)
            }
            lister?.resume(returning: true)
            if isDone { continuation.resume(returning: found) }
        }
    }

    private func toPrepare(_ state: inout State) -> Listed? {
        guard !state.isClosed else { return nil }
        var next: Listed?
        if state.large.ready.count < Self.largeCapacity { next = state.large.listed.popFirst() }
        if next == nil, state.small.ready.count < capacity { next = state.small.listed.popFirst() }
        if next != nil { state.isPreparing = true }
        return next
    }

    /// - Parameter prepared: nil where nothing is left to do.
    func isPrepared(_ listed: Listed, _ prepared: Prepared?) {
        state.withLock { state in
            state.isPreparing = false
            guard let prepared else { return }
            state[isLarge: listed.isLarge].ready.append(Element(listed: listed, prepared: prepared))
        }
        serve()
    }

    private func wakePreparer() {
        let woken = state.withLock {
            state -> (CheckedContinuation<Listed?, Never>, Listed?)? in
            guard let preparer = state.preparer else { return nil }
            // Once a good part is used up, and not for every one: each time costs two switches of threads.
            let isLow =
                state.small.ready.count <= capacity / 2 || state.large.ready.isEmpty && !state.large.listed.isEmpty
            guard isLow || state.isClosed || state.isEmpty else { return nil }
            let found = toPrepare(&state)
            guard found != nil || state.isClosed || state.isEmpty else { return nil }
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
        load?.mayBegin(size: element.listed.isLarge ? element.listed.size : 0, working: working, large: large) ?? true
    }

    func isDone(_ element: Element) {
        state.withLock { $0[isLarge: element.listed.isLarge].working -= 1 }
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
            var left: [Listed] = []
            for line in [state.small, state.large] {
                var line = line
                while let element = line.ready.popFirst() { left.append(element.listed) }
                while let listed = line.listed.popFirst() { left.append(listed) }
            }
            return left.sorted { $0.number < $1.number }.map(\.input)
        }
    }
}
