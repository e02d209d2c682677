import Foundation

/// What one program says of each file of the corpus, in the corpus's order.
struct Guesses {
    let program: String
    let types: [String]

    init(by program: String, _ types: [String]) {
        self.program = program
        self.types = types
    }
}

/// Who is right how often, and what each of them gets wrong.
struct CorpusReport: CustomStringConvertible {
    private enum Verdict {
        case right
        /// The format is right, its name is not the registered one.
        case otherName
        case wrong

        init(_ guess: String, _ row: Corpus.Row) {
            let guess = guess.lowercased()
            self = guess == row.contentType ? .right : row.otherNames.contains(guess) ? .otherName : .wrong
        }
    }

    let rows: [Corpus.Row]
    let guesses: [Guesses]

    var description: String {
        let head = Self.line("of \(rows.count) files", ["right", "other name", "wrong"])
        return ([head] + guesses.map(counts) + guesses.flatMap(mistakes)).joined(separator: "\n")
    }

    private func verdicts(_ guesses: Guesses) -> [Verdict] {
        zip(guesses.types, rows).map { Verdict($0, $1) }
    }

    private func counts(_ guesses: Guesses) -> String {
        let verdicts = verdicts(guesses)
        return Self.line(
            guesses.program,
            [Verdict.right, .otherName, .wrong].map { verdict in "\(verdicts.count { $0 == verdict })" })
    }

    private func mistakes(_ guesses: Guesses) -> [String] {
        zip(zip(guesses.types, rows), verdicts(guesses)).compactMap { pair, verdict in
            guard verdict != .right else { return nil }
            let (guess, row) = pair
            let fault = verdict == .wrong ? "wrong" : "other name"
            return "\(guesses.program): \(fault): \(row.file) is \(row.contentType), not \(guess)"
        }
    }

    private static func line(_ name: String, _ cells: [String]) -> String {
        let padded = cells.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }
        return name.padding(toLength: 20, withPad: " ", startingAt: 0) + padded.joined()
    }
}
