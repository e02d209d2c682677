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
package struct TOMLProblem: Error {
    package let line: Int
    package let message: String
}
