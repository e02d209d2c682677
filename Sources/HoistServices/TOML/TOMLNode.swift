import TOMLKit

/// A value of a TOML document, where it stands, and the members of tables in the order in which they were written.
package struct TOMLNode {
    package enum Value {
        case text(String)
        case integer(Int)
        case decimal(Double)
        case flag(Bool)
        case array([TOMLNode])
        case table([Member])
        /// A date or a time: nothing here has one.
        case other
    }

    package struct Member {
        package let name: String
        package let node: TOMLNode
    }

    package let value: Value
    /// The line of its key, from 1.
    package let line: Int

    package subscript(name: String) -> TOMLNode? {
        guard case .table(let members) = value else { return nil }
        return members.first { $0.name == name }?.node
    }

    var text: String? {
        guard case .text(let text) = value else { return nil }
        return text
    }

    /// What it is, for a message.
    var kind: String {
        switch value {
        case .text: "text"
        case .integer, .decimal: "a number"
        case .flag: "true or false"
        case .array: "a list"
        case .table: "a table"
        case .other: "a date"
        }
    }
}

/// Where a TOML document is wrong.
struct TOMLProblem: Error {
    let line: Int
    let message: String
}

extension TOMLNode {
    /// Reads a document. Throws where it is not TOML.
    ///
    /// TOMLKit has the grammar and the values. It keeps tables sorted and forgets where things stand, so the order and the
    /// lines come from an outline of the same text.
    init(parsing text: String) throws(TOMLProblem) {
        // TOMLKit hands text over as C does: it would end there.
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains("\\u0000") || line.contains("\\U00000000") || line.utf8.contains(0) {
            throw TOMLProblem(line: index + 1, message: "a text cannot have the character NUL in it")
        }
        let table: TOMLTable
        do { table = try TOMLTable(string: text) } catch let error as TOMLParseError {
            throw TOMLProblem(line: error.source.begin.line, message: error.description)
        } catch {
            throw TOMLProblem(line: 1, message: "\(error)")
        }
        self.init(table, TOMLOutline(of: text))
    }

    private init(_ table: TOMLTable, _ outline: TOMLOutline) {
        line = outline.line
        value = .table(
            outline.members.compactMap { member in
                table[member.name].map { Member(name: member.name, node: TOMLNode($0, member.outline)) }
            })
    }

    private init(_ value: any TOMLValueConvertible, _ outline: TOMLOutline) {
        switch value.type {
        case .table:
            self = value.table.map { TOMLNode($0, outline) } ?? TOMLNode(value: .other, line: outline.line)
        case .array:
            let elements = value.array.map(Array.init) ?? []
            self.init(
                value: .array(
                    elements.enumerated().map { index, element in
                        TOMLNode(
                            element,
                            index < outline.elements.count
                                ? outline.elements[index] : TOMLOutline(line: outline.line))
                    }), line: outline.line)
        default: self.init(value: Self.scalar(value), line: outline.line)
        }
    }

    private static func scalar(_ value: any TOMLValueConvertible) -> Value {
        if let text = value.string { return .text(text) }
        if let integer = value.int { return .integer(integer) }
        if let decimal = value.double { return .decimal(decimal) }
        if let flag = value.bool { return .flag(flag) }
        return .other
    }
}
