/// Reads TOML 1.0 (toml.io/en/v1.0.0) into a tree that knows the order and the lines of its keys, which a reader of one's
/// own needs and the packages for Swift forget; the one that could be had also brings all of Foundation with it, 45 MB.
struct TOMLParser {
    var scanner: TOMLScanner
    private var keyCount = 0
    private let root = Table(line: 1, origin: .header)

    init(_ text: String) {
        scanner = TOMLScanner(text)
    }

    /// A table while it is filled. Who began it decides who may go on with it.
    private final class Table {
        enum Origin {
            /// `[a.b]`
            case header
            /// `[a.b.c]` says that there is an `a.b`, and leaves its own header for later.
            case implied
            /// `a.b = 1`
            case dotted
        }

        enum Item {
            case value(TOMLNode)
            case table(Table)
            case tables([Table])
        }

        let line: Int
        var origin: Origin
        var members: [(name: String, item: Item)] = []

        init(line: Int, origin: Origin) {
            self.line = line
            self.origin = origin
        }

        subscript(name: String) -> Item? { members.first { $0.name == name }?.item }

        func set(_ name: String, _ item: Item) {
            if let index = members.firstIndex(where: { $0.name == name }) {
                members[index].item = item
            } else {
                members.append((name, item))
            }
        }

        var node: TOMLNode {
            TOMLNode(
                value: .table(
                    members.map { member in
                        let node =
                            switch member.item {
                            case .value(let node): node
                            case .table(let table): table.node
                            case .tables(let tables):
                                TOMLNode(value: .array(tables.map(\.node)), line: tables.first?.line ?? line)
                            }
                        return TOMLNode.Member(name: member.name, node: node)
                    }), line: line)
        }
    }

    mutating func document() throws(TOMLProblem) -> TOMLNode {
        var table = root
        try scanner.skipBlanks()
        while let byte = scanner.next {
            if byte == UInt8(ascii: "[") {
                table = try header()
            } else {
                try pair(in: table)
            }
            try scanner.endLine()
            try scanner.skipBlanks()
        }
        return root.node
    }

    // MARK: - Structure

    private mutating func header() throws(TOMLProblem) -> Table {
        let line = scanner.line
        scanner.skip()
        let isElement = scanner.take(UInt8(ascii: "["))
        let path = try keys()
        guard scanner.take(UInt8(ascii: "]")), !isElement || scanner.take(UInt8(ascii: "]")) else {
            throw scanner.problem("a table's name ends with \(isElement ? "]]" : "]")")
        }
        var table = root
        for name in path.dropLast() { table = try descend(table, name, .implied, line) }
        let name = path[path.count - 1]
        if isElement {
            let new = Table(line: line, origin: .header)
            switch table[name] {
            case nil: table.set(name, .tables([new]))
            case .tables(let tables): table.set(name, .tables(tables + [new]))
            default: throw TOMLProblem(line: line, message: "'\(name)' is there already, and is no list of tables")
            }
            return new
        }
        switch table[name] {
        case nil:
            let new = Table(line: line, origin: .header)
            table.set(name, .table(new))
            return new
        case .table(let found) where found.origin == .implied:
            found.origin = .header
            return found
        default: throw TOMLProblem(line: line, message: "[\(path.joined(separator: "."))] is there twice")
        }
    }

    private func descend(
        _ table: Table, _ name: String, _ origin: Table.Origin, _ line: Int
    ) throws(TOMLProblem) -> Table {
        switch table[name] {
        case nil:
            let new = Table(line: line, origin: origin)
            table.set(name, .table(new))
            return new
        // What a header began, `a.b = 1` cannot go on with.
        case .table(let found) where origin == .implied || found.origin == .dotted: return found
        case .tables(let tables) where origin == .implied: return tables[tables.count - 1]
        default: throw TOMLProblem(line: line, message: "'\(name)' is there already, and is complete")
        }
    }

    private mutating func pair(in table: Table) throws(TOMLProblem) {
        let line = scanner.line
        let path = try keys()
        guard scanner.take(UInt8(ascii: "=")) else { throw scanner.problem("a key is followed by =") }
        scanner.skipSpaces()
        let value = try value(depth: 0)
        var table = table
        for name in path.dropLast() { table = try descend(table, name, .dotted, line) }
        let name = path[path.count - 1]
        guard table[name] == nil else { throw TOMLProblem(line: line, message: "'\(name)' is there twice") }
        table.set(name, .value(TOMLNode(value: value, line: line)))
    }

    /// `a . "b"`, and the blanks around it.
    private mutating func keys() throws(TOMLProblem) -> [String] {
        var keys: [String] = []
        repeat {
            scanner.skipSpaces()
            keys.append(try scanner.key())
            scanner.skipSpaces()
            keyCount += 1
            guard keys.count < Self.deepest, keyCount < Self.mostKeys else {
                throw scanner.problem("it has more keys than anybody writes")
            }
        } while scanner.take(UInt8(ascii: "."))
        return keys
    }

    // MARK: - Values

    /// Nobody writes deeper ones, and each level takes room on the stack.
    private static let deepest = 32
    /// Of a document, each part of a dotted key for itself: names are searched one by one.
    private static let mostKeys = 5000

    private mutating func value(depth: Int) throws(TOMLProblem) -> TOMLNode.Value {
        guard depth < Self.deepest else { throw scanner.problem("lists and tables are nested too deeply") }
        switch scanner.next {
        case UInt8(ascii: "["): return try list(depth)
        case UInt8(ascii: "{"): return try inlineTable(depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .text(try scanner.text())
        default: return try scanner.scalar()
        }
    }

    private mutating func list(_ depth: Int) throws(TOMLProblem) -> TOMLNode.Value {
        scanner.skip()
        var elements: [TOMLNode] = []
        try scanner.skipBlanks()
        while !scanner.take(UInt8(ascii: "]")) {
            let line = scanner.line
            elements.append(TOMLNode(value: try value(depth: depth + 1), line: line))
            try scanner.skipBlanks()
            if scanner.take(UInt8(ascii: ",")) {
                try scanner.skipBlanks()
            } else if scanner.next != UInt8(ascii: "]") {
                throw scanner.problem("the elements of a list are separated by commas, and ] ends it")
            }
        }
        return .array(elements)
    }

    private mutating func inlineTable(_ depth: Int) throws(TOMLProblem) -> TOMLNode.Value {
        scanner.skip()
        let table = Table(line: scanner.line, origin: .dotted)
        scanner.skipSpaces()
        if scanner.take(UInt8(ascii: "}")) { return .table([]) }
        repeat {
            let line = scanner.line
            let path = try keys()
            guard scanner.take(UInt8(ascii: "=")) else { throw scanner.problem("a key is followed by =") }
            scanner.skipSpaces()
            let value = try value(depth: depth + 1)
            var inner = table
            for name in path.dropLast() { inner = try descend(inner, name, .dotted, line) }
            let name = path[path.count - 1]
            guard inner[name] == nil else { throw TOMLProblem(line: line, message: "'\(name)' is there twice") }
            inner.set(name, .value(TOMLNode(value: value, line: line)))
            scanner.skipSpaces()
        } while scanner.take(UInt8(ascii: ","))
        guard scanner.take(UInt8(ascii: "}")) else {
            throw scanner.problem("a table in braces stands on one line, its pairs separated by commas, and } ends it")
        }
        return table.node.value
    }
}
