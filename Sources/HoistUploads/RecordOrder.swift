/// Brings what is finished in any order into the order of the inputs: each is let go as soon as all before it are.
package struct RecordOrder<Value> {
    private var next = 0
    private var held: [Int: Value] = [:]

    package init() {}

    /// Those whose turn it is with this one.
    package mutating func add(_ value: Value, at position: Int) -> [Value] {
        held[position] = value
        var ready: [Value] = []
        while let value = held.removeValue(forKey: next) {
            ready.append(value)
            next += 1
        }
        return ready
    }
}
