import HoistCore
import HoistMedia

/// A service's settings with what the user says of them.
package struct SettingValues: Sendable {
    struct Value: Sendable {
        let name: String
        let kinds: [FileType]
        let defaultTemplate: Template?
        /// As it goes into a request; nil where the user says nothing.
        let value: JSONValue?
    }

    private let values: [Value]

    /// - Parameter texts: what the user says, by names; each has been checked.
    package init(_ settings: [Setting], _ texts: [String: String]) {
        values = settings.map { setting in
            let text = texts[setting.name] ?? setting.defaultTemplate?.constant
            return Value(
                name: setting.name, kinds: setting.kinds, defaultTemplate: setting.defaultTemplate,
                value: text.flatMap(setting.value(of:)))
        }
    }

    subscript(name: String) -> Value? { values.first { $0.name == name } }

    /// Those that have a value whatever the file is, by which uploads differ.
    package var json: JSONValue {
        .object(values.compactMap { value in value.value.map { .init(value.name, $0) } })
    }

    /// Throws `usage` where the user gives what does not belong to that kind of media.
    ///
    /// - Parameter kind: is worked out only where it matters.
    func check(against kind: () -> FileType) throws(Failure) {
        for value in values where value.value != nil && !value.kinds.isEmpty {
            let (kind, kinds) = (kind(), value.kinds)
            guard !kinds.contains(kind) else { continue }
            throw Failure(
                .usage, code: "misplaced_option",
                "--\(value.name.replacing("_", with: "-")) is for \(kinds.map(\.rawValue).joined(separator: " and ")) files; this one is \(kind.rawValue) (--file-type says otherwise)"
            )
        }
    }
}
