/// swift-argument-parser takes time with the square of the number of operands (measured: 8,000 take 1.8 s). A long run
/// of them goes through it as one, with NUL between them, which no argument can contain.
enum Operands {
    private static let longRun = 100

    /// The arguments with each long run of operands bundled into one. The first of a run stays as it is: it may be the
    /// value of the option before it.
    static func bundled(_ arguments: [String]) -> [String] {
        var result: [String] = []
        var rest = arguments[...]
        while let first = rest.popFirst() {
            result.append(first)
            guard !first.hasPrefix("-") else { continue }
            let run = rest.prefix { !$0.hasPrefix("-") }
            rest = rest.dropFirst(run.count)
            if run.count > longRun {
                result.append("\0" + run.joined(separator: "\0"))
            } else {
                result += run
            }
        }
        return result
    }

    /// The operands as they were given.
    static func unbundled(_ operands: [String]) -> [String] {
        operands.flatMap { operand in
            guard operand.utf8.first == 0 else { return [operand] }
            return operand.utf8.dropFirst().split(separator: 0, omittingEmptySubsequences: false).map {
                String(Substring($0))
            }
        }
    }
}
