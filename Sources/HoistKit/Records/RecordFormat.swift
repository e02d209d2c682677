/// How records are written, one line each.
package enum RecordFormat: Sendable {
    case json
    case table(Table)
    /// That one value, raw; an empty line for an input that has no such value, so that lines still match inputs.
    case field(String)

    package func line(for record: Record) -> String {
        switch self {
        case .json: record.json.description
        case .table(let table): table.line(for: record)
        case .field(let name): Self.raw(record.json[name])
        }
    }

    private static func raw(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): text.safeForTerminal
        case .some(let other): other.description
        }
    }
}
