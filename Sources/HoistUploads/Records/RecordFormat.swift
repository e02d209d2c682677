import HoistCore

/// How records are written.
package enum RecordFormat: Sendable {
    /// One object a line (JSON Lines).
    case json
    /// One JSON array of all of them.
    case array
    case table(Table)
    case fields(FieldList)
    case csv(FieldList)
    case tsv(FieldList)
    case markdown(FieldList)

    /// The columns where nobody names any: as much as the services have in common.
    package static let columns = [
        "ok", "file", "bytes", "content_type", "service", "id", "handle", "url", "error.code", "error.message",
    ].joined(separator: ",")

    /// The line as the bytes that are to be written, without its end.
    package func line(for record: Record) -> [UInt8] {
        switch self {
        case .json, .array: record.line
        case .table(let table): Array(table.line(for: record).utf8)
        case .fields(let fields), .tsv(let fields): fields.line(for: record)
        case .csv(let fields): Array(Self.csv(fields.values(of: record)).utf8)
        case .markdown(let fields): Array(Self.markdown(fields.values(of: record)).utf8)
        }
    }

    /// What comes before the first record.
    package var start: [String] {
        switch self {
        case .json, .fields: []
        case .array: ["["]
        case .table(let table): [table.heading].compactMap(\.self)
        case .csv(let fields): [Self.csv(fields.names)]
        case .tsv(let fields): [fields.names.joined(separator: "\t")]
        case .markdown(let fields):
            [Self.markdown(fields.names), Self.markdown(fields.names.map { _ in "---" })]
        }
    }

    /// What comes behind the last one.
    package var end: [String] { if case .array = self { ["]"] } else { [] } }

    /// What comes before each record but the first.
    package var separator: [UInt8] { if case .array = self { [UInt8(ascii: ",")] } else { [] } }

    /// The fields that are printed; nil where that is all of a record.
    package var fieldList: FieldList? {
        switch self {
        case .json, .array, .table: nil
        case .fields(let fields), .csv(let fields), .tsv(let fields), .markdown(let fields): fields
        }
    }

    /// The lines of what are no records: a list of services.
    package func lines(for values: [JSONValue]) -> [[UInt8]] {
        values.enumerated().map { index, value in
            switch self {
            case .json, .table: value.bytes
            case .array: (index == 0 ? [] : separator) + value.bytes
            case .fields(let fields), .tsv(let fields): fields.line(for: value)
            case .csv(let fields): Array(Self.csv(fields.values(in: value)).utf8)
            case .markdown(let fields): Array(Self.markdown(fields.values(in: value)).utf8)
            }
        }
    }

    /// RFC 4180, section 2, with the line ends of this system.
    private static func csv(_ values: [String]) -> String {
        values.map { value in
            let isPlain = value.utf8.allSatisfy { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 0x20 }
            return isPlain ? value : "\"\(value.replacing("\"", with: "\"\""))\""
        }.joined(separator: ",")
    }

    /// A row of a table of GitHub's Markdown. Nothing in it is markup.
    private static func markdown(_ values: [String]) -> String {
        let cells = values.map { value in
            var text = ""
            for character in value {
                if "\\`*_{}[]<>|~#".contains(character) { text.append("\\") }
                text.append(character)
            }
            return text
        }
        return "| \(cells.joined(separator: " | ")) |"
    }
}
