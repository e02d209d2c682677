/// What a service gave for an upload: its own fields under its own names, known to us or not.
public struct Receipt: Sendable, Equatable {
    public var fields: [JSONValue.Member] = []

    package init(fields: [JSONValue.Member] = []) {
        self.fields = fields
    }

    @inlinable public subscript(name: String) -> JSONValue? { fields.first { $0.name == name }?.value }

    /// The fields as a newer reply has them, with those that only the older one had.
    package func updated(by newer: Receipt) -> Receipt {
        let names = Set(newer.fields.map(\.name))
        return Receipt(fields: without(names).fields + newer.fields)
    }

    /// The fields without those named, which are secrets with no further use, or noise.
    package func without(_ names: Set<String>) -> Receipt {
        Receipt(fields: fields.filter { !names.contains($0.name) })
    }
}
