/// Which keys a TOML document has, in which order, on which lines. The document has to be one that TOMLKit takes: this
/// reads no values, and finds no mistakes.
struct TOMLOutline {
    let line: Int
    private(set) var members: [Member] = []
    private(set) var elements: [TOMLOutline] = []

    struct Member {
        let name: String
        var outline: TOMLOutline
    }

    init(line: Int) {
        self.line = line
    }

    init(of text: String) {
        var reader = Reader(text)
        self = reader.document()
    }

    /// Takes in what stands at a path below this one. A table that was begun before goes on, and so does the last element
    /// of an array of tables.
    private mutating func insert(_ outline: TOMLOutline, at path: ArraySlice<String>, isElement: Bool = false) {
        guard let name = path.first else {
            members += outline.members
            return
        }
        if !elements.isEmpty { return elements[elements.count - 1].insert(outline, at: path, isElement: isElement) }
        var index = members.firstIndex { $0.name == name }
        if index == nil {
            members.append(Member(name: name, outline: TOMLOutline(line: outline.line)))
            index = members.count - 1
        }
        guard let index else { return }
        if path.count > 1 {
            members[index].outline.insert(outline, at: path.dropFirst(), isElement: isElement)
        } else if isElement {
            members[index].outline.elements.append(outline)
        } else if members[index].outline.members.isEmpty, members[index].outline.elements.isEmpty {
            members[index].outline = outline
        }
    }

    /// Goes through the text once.
    private struct Reader {
        private var rest: Substring.UTF8View
        private var line = 1

        init(_ text: String) {
            rest = text[...].utf8
        }

        mutating func document() -> TOMLOutline {
            var root = TOMLOutline(line: 1)
            var table: [String] = []
            skipBlanks()
            while let byte = rest.first {
                let start = line
                if byte == UInt8(ascii: "[") {
                    rest.removeFirst()
                    let isElement = rest.first == UInt8(ascii: "[")
                    if isElement { rest.removeFirst() }
                    table = keys()
                    root.insert(TOMLOutline(line: start), at: table[...], isElement: isElement)
                    while rest.first == UInt8(ascii: "]") { rest.removeFirst() }
                } else {
                    let path = keys()
                    guard rest.popFirst() == UInt8(ascii: "=") else { return root }
                    root.insert(value(from: start), at: table[...] + path)
                }
                skipBlanks()
            }
            return root
        }

        /// `a . "b"`, and the blanks behind it.
        private mutating func keys() -> [String] {
            var keys: [String] = []
            while true {
                skipSpaces()
                if rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "'") {
                    let start = rest
                    skipText()
                    keys.append(String(Substring(start[start.startIndex..<rest.startIndex]).dropFirst().dropLast()))
                } else {
                    let bare = rest.prefix { !" \t.=]\n".utf8.contains($0) }
                    keys.append(String(Substring(bare)))
                    rest = rest[bare.endIndex...]
                }
                skipSpaces()
                guard rest.first == UInt8(ascii: ".") else { return keys }
                rest.removeFirst()
            }
        }

        private mutating func value(from start: Int) -> TOMLOutline {
            skipSpaces()
            var outline = TOMLOutline(line: start)
            switch rest.first {
            case UInt8(ascii: "["):
                rest.removeFirst()
                skipBlanks(and: UInt8(ascii: ","))
                while let byte = rest.first, byte != UInt8(ascii: "]") {
                    outline.elements.append(value(from: line))
                    skipBlanks(and: UInt8(ascii: ","))
                }
                _ = rest.popFirst()
            case UInt8(ascii: "{"):
                rest.removeFirst()
                skipBlanks(and: UInt8(ascii: ","))
                while let byte = rest.first, byte != UInt8(ascii: "}") {
                    let path = keys()
                    guard rest.popFirst() == UInt8(ascii: "=") else { return outline }
                    outline.insert(value(from: line), at: path[...])
                    skipBlanks(and: UInt8(ascii: ","))
                }
                _ = rest.popFirst()
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipText()
            default: rest = rest.drop { !",]}#\n".utf8.contains($0) }
            }
            return outline
        }

        /// A text in any of TOML's four kinds of quotes.
        private mutating func skipText() {
            guard let quote = rest.popFirst() else { return }
            let hasEscapes = quote == UInt8(ascii: "\"")
            let isLong = rest.starts(with: [quote, quote])
            if !isLong, rest.first == quote {
                rest.removeFirst()
                return
            }
            if isLong { rest = rest.dropFirst(2) }
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\n") { line += 1 }
                if hasEscapes, byte == UInt8(ascii: "\\") {
                    if rest.first == UInt8(ascii: "\n") { line += 1 }
                    _ = rest.popFirst()
                } else if byte == quote {
                    guard isLong else { return }
                    guard rest.starts(with: [quote, quote]) else { continue }
                    // Up to two quotes more may belong to the text.
                    rest = rest.drop { $0 == quote }
                    return
                }
            }
        }

        private mutating func skipSpaces() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }

        /// Blanks, line ends, comments, and the separator.
        private mutating func skipBlanks(and separator: UInt8? = nil) {
            while let byte = rest.first {
                switch byte {
                case UInt8(ascii: "#"): rest = rest.drop { $0 != UInt8(ascii: "\n") }
                case UInt8(ascii: "\n"):
                    line += 1
                    rest.removeFirst()
                case 0x20, 0x09, 0x0D: rest.removeFirst()
                case separator: rest.removeFirst()
                default: return
                }
            }
        }
    }
}
