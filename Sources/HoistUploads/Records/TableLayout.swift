import HoistCore

/// Which columns a table has and how wide they are.
struct TableLayout: Sendable {
    /// The terminal's width; nil when the output is piped.
    let columns: Int?
    let names: [String]
    /// Services that there is no room for.
    let hiddenServices: [String]
    private let widths: [Int]
    /// Columns by their index, where there is no room for them.
    private let left: Set<Int>

    /// The sign, and the longest word.
    var stateWidth: Int { columns == nil ? Self.wordWidth : Self.wordWidth + 2 }

    private static let wordWidth = 10
    private static let sizeWidth = 8
    private static let typeWidth = 10
    private static let measureWidth = 15
    private static let gap = 2
    /// What is to be copied begins on the same line, and goes on below where there is more of it.
    private static let resultRoom = 24

    init(_ kind: Table.Kind, widest: Int, columns: Int?) {
        self.columns = columns
        var names = ["STATE", "FILE", "SIZE", "TYPE", "KEY, ID OR URL"]
        var widths = [
            Self.wordWidth + (columns == nil ? 0 : 2), 0, Self.sizeWidth, columns == nil ? 16 : Self.typeWidth,
        ]
        var hidden: [String] = []
        var left: Set<Int> = []
        var after = Self.resultRoom
        switch kind {
        case .files: break
        case .uploads:
            names[1] = "ID"
            names[4] = "STATUS"
        case .inspection(let services):
            names = ["STATE", "FILE", "SIZE", "TYPE", "PIXELS, TIME"]
            widths.append(Self.measureWidth)
            var shown = services
            let fixed = widths.reduce(0) { $0 + $1 + Self.gap } + max(12, min(widest, 24))
            func room(_ names: [String]) -> Int { names.reduce(0) { $0 + Self.gap + max(4, $1.count) } }
            if let columns {
                while !shown.isEmpty, fixed + room(shown) + (hidden.isEmpty ? 0 : 10) > columns {
                    hidden.insert(shown.removeLast(), at: 0)
                }
            }
            names += shown + (hidden.isEmpty ? [] : [shown.isEmpty ? "TAKEN BY" : "OTHERS"])
            widths += shown.map { max(4, $0.count) } + (hidden.isEmpty ? [] : [8])
            after = room(shown) + (hidden.isEmpty ? 0 : 10) + Self.measureWidth
        }
        if let columns {
            if columns < 60 { left.insert(3) }
            if columns < 50 { left.insert(2) }
            let others = [0, 2, 3].filter { !left.contains($0) }.reduce(0) { $0 + widths[$1] + Self.gap }
            let least = min(max(widest, 4), 12)
            widths[1] = min(max(widest, 4), max(least, columns - others - Self.gap - after))
        } else {
            widths[1] = max(widest, 4)
        }
        self.names = names
        self.widths = widths
        self.left = left
        hiddenServices = hidden
    }

    /// One line. The last cell is never cut, but where it says why an input failed, of which the message says more.
    func line(_ cells: [String], sign: String? = nil) -> String {
        var parts: [String] = []
        for (index, cell) in cells.enumerated() where !left.contains(index) {
            switch index {
            case 0:
                let word = columns == nil ? cell : sign.map { "\($0) \(cell)" } ?? cell
                parts.append(TerminalText.padded(word, to: widths[0]))
            case 1: parts.append(TerminalText.padded(TerminalText.keepingEnd(of: cell, to: widths[1]), to: widths[1]))
            case 2: parts.append(String(repeating: " ", count: max(0, widths[2] - cell.count)) + cell)
            case widths.indices where index > 2:
                parts.append(TerminalText.padded(cut(cell, to: widths[index]), to: widths[index]))
            default: parts.append(cell)
            }
        }
        let line = parts.joined(separator: "  ")
        return String(line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)])
    }

    /// On a terminal the columns stay where they are; piped, nothing is cut.
    private func cut(_ text: String, to width: Int) -> String {
        columns != nil && TerminalText.width(of: text) > width ? TerminalText.cut(text, to: width - 1) + "…" : text
    }

    /// How many columns are left for what comes last.
    var room: Int? {
        columns.map { $0 - widths.indices.filter { !left.contains($0) }.reduce(0) { $0 + widths[$1] + Self.gap } }
    }
}
