import Synchronization

/// One input of a run, and where its record belongs.
package struct BatchItem<Input: Sendable>: Sendable {
    package let input: Input
    /// The place of its record among all.
    package let position: Int
    /// Where else, and by what names, the same input was given: each gets a record of its own.
    package var repeats: [BatchRepeat] = []

    package init(_ input: Input, position: Int) {
        self.input = input
        self.position = position
    }

    package static func numbering(_ inputs: [Input]) -> [BatchItem] {
        inputs.enumerated().map { BatchItem($0.element, position: $0.offset) }
    }
}

/// Another name of an input that is worked on once.
package struct BatchRepeat: Sendable {
    package let position: Int
    package let name: InputPath
}

/// Inputs that are known from the start, one after another.
package final class ItemQueue<Input: Sendable>: Sendable {
    private let items: [BatchItem<Input>]
    private let taken = Atomic(0)

    package init(_ items: [BatchItem<Input>]) {
        self.items = items
    }

    /// Nil after the last one.
    package func next() -> BatchItem<Input>? {
        let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < items.count ? items[index] : nil
    }
}
