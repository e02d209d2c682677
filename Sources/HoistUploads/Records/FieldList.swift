import HoistCore
import HoistServices

/// The values of records that a user wants, raw: `upload_key`, `error.message`, `file,id`.
package struct FieldList: Sendable {
    package struct Field: Sendable {
        package let name: String
        fileprivate let path: ValuePath?

        fileprivate init(_ name: String) {
            self.name = name
            path = ValuePath(name)
        }

        /// The name of hoist's own or the service's field that it is in.
        package var root: String { path?.root ?? name }

        /// Nil where the record has no such value. A service may have a name with a dot in it.
        fileprivate func value(in record: JSONValue) -> JSONValue? { record[name] ?? path?.value(in: record) }
    }

    package let fields: [Field]
    /// Whether the user names them: columns that nobody chose may be empty.
    package var isChosen = true

    /// Nil for what names no field. A dot at the start, as jq wants it, says nothing.
    package init?(_ text: String) {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.hasPrefix(".") ? $0.dropFirst() : $0
        }
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
        fields = names.map { Field(String($0)) }
    }

    /// Of a failed input only these have values, and what identifies the upload: a URL or a key that is printed would be
    /// used.
    private static let valuesOfFailed: Set = ["ok", "file", "file_bytes", "error"]

    package var names: [String] { fields.map(\.name) }

    /// The values with tabs between them; nothing for a value that is not there, so that lines match inputs.
    package func line(for record: Record) -> [UInt8] { Array(values(of: record).joined(separator: "\t").utf8) }

    func values(of record: Record) -> [String] {
        let json = record.json
        let isUsable = record.failure == nil
        return fields.map { field in
            isUsable || Self.valuesOfFailed.contains(field.root) || record.names.ids.contains(field.root)
                ? Self.raw(field.value(in: json)) : ""
        }
    }

    /// The indices of the fields that the record has, be the value null.
    package func present(in record: Record) -> Set<Int> {
        let json = record.json
        return Set(fields.indices.filter { fields[$0].value(in: json) != nil })
    }

    /// The same of what is no record: one of a list of services.
    func line(for json: JSONValue) -> [UInt8] { Array(values(in: json).joined(separator: "\t").utf8) }

    func values(in json: JSONValue) -> [String] { fields.map { Self.raw($0.value(in: json)) } }

    private static func raw(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text): text.safeForPipes
        case .some(let other): other.description
        }
    }
}
