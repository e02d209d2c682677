import HoistCore

/// How records are written, one line each.
package enum RecordFormat: Sendable {
    case json
    case table(Table)
    /// That one value, raw; an empty line for an input that has no such value, so that lines still match inputs.
    case field(String)

    /// The line as the bytes that are to be written, without its end.
    package func line(for record: Record) -> [UInt8] {
        switch self {
        case .json: record.line
        case .table(let table): Array(table.line(for: record).utf8)
        case .field(let name): Array(Self.raw(record.json[name]).utf8)
        }
    }

    private static func raw(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): text.safeForPipes
        case .some(let other): other.description
        }
    }
}
