import HoistCore
import Synchronization

/// The inputs of a run, one after another.
package struct InputSource<Input: Sendable>: Sendable {
    /// Returns once there is one, or it is known that there is none.
    package let begin: @Sendable () async throws(Failure) -> Void
    /// Nil after the last one.
    package let next: @Sendable () async -> BatchItem<Input>?
    package let total: @Sendable () -> InputTotal
    /// What kept more of them from being found.
    package let trouble: @Sendable () -> Failure?
    /// What was left out while they were found.
    package let leftOut: @Sendable () -> LeftOut
    /// No more are wanted than are known.
    package let abandon: @Sendable () -> Void

    /// Inputs that are known.
    ///
    /// - Parameters:
    ///   - bytes: of all of them.
    ///   - size: of one of them.
    package init(
        _ inputs: [Input], bytes: Int64 = 0, size: @escaping @Sendable (Input) -> Int64 = { _ in 0 }
    ) {
        let asked = Asked()
        begin = {}
        next = {
            let position = asked.count.wrappingAdd(1, ordering: .relaxed).oldValue
            return position < inputs.count
                ? BatchItem(inputs[position], position: position, size: size(inputs[position])) : nil
        }
        total = { InputTotal(inputs: inputs.count, bytes: bytes, isFinal: true) }
        trouble = { nil }
        leftOut = { LeftOut() }
        abandon = {}
    }

    /// Files that are being found.
    package init(_ queue: InputQueue, _ input: @escaping @Sendable (InputPath) -> Input) {
        begin = { () throws(Failure) in try await queue.begin() }
        next = { await queue.next().map { BatchItem(input($0.input), position: $0.position, size: $0.size) } }
        total = { queue.total }
        trouble = { queue.trouble }
        leftOut = { queue.leftOut }
        abandon = queue.abandon
    }
}

/// How many inputs were asked for.
private final class Asked: Sendable {
    let count = Atomic(0)
}
