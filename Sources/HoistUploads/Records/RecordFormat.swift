import HoistCore

/// How records are written, one line each.
package enum RecordFormat: Sendable {
    case json
    case table(Table)
    case fields(FieldList)

    /// The line as the bytes that are to be written, without its end.
    package func line(for record: Record) -> [UInt8] {
        switch self {
        case .json: record.line
        case .table(let table): Array(table.line(for: record).utf8)
        case .fields(let fields): fields.line(for: record)
        }
    }
}
