/// The known word that somebody most probably meant.
package enum Nearest {
    /// ` (did you mean 'x'?)`, or nothing where no known word is near.
    package static func hint(for word: String, among known: [String]) -> String {
        self.word(to: word, among: known).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// Nil where none is nearer than a third of the word.
    package static func word(to word: String, among known: [String]) -> String? {
        // Nobody types that; and the distance is quadratic.
        guard word.utf8.count <= 64 else { return nil }
        let limit = max(1, word.count / 3)
        return known.map { (word: $0, distance: distance(word, $0)) }.filter { $0.distance <= limit }
            .min { $0.distance < $1.distance }?.word
    }

    /// Levenshtein's, in which two neighbours that changed places are one mistake: the most frequent one.
    private static func distance(_ one: String, _ other: String) -> Int {
        let (one, other) = (Array(one.lowercased().utf8), Array(other.lowercased().utf8))
        var before: [Int] = []
        var last = Array(0...other.count)
        for (index, byte) in one.enumerated() {
            var row = [index + 1]
            for (place, otherByte) in other.enumerated() {
                var least = min(last[place] + (byte == otherByte ? 0 : 1), last[place + 1] + 1, row[place] + 1)
                if index > 0, place > 0, byte == other[place - 1], one[index - 1] == otherByte {
                    least = min(least, before[place - 1] + 1)
                }
                row.append(least)
            }
            (before, last) = (last, row)
        }
        return last[other.count]
    }
}
