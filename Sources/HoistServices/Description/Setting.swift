import HoistMedia

/// What a user can say to a service beyond the file: its owner, a purpose, how long to keep it.
package struct Setting: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case text
        case number
        case integer
        case flag = "boolean"
        /// A time such as `7d`, which goes to the service in seconds.
        case seconds
    }

    /// What a section of the configuration says beside the settings.
    package static let reservedNames = ["base_url", "api_key_file"]

    package let name: String
    package let kind: Kind
    package let variable: String?
    let defaultTemplate: Template?
    package var hasDefault: Bool { defaultTemplate != nil }
    package let choices: [String]
    /// An extended regular expression (POSIX) for the whole value.
    let pattern: String?
    /// The least and the most, of numbers.
    let range: ClosedRange<Double>?
    /// The kinds of media that it belongs to; all where it is empty.
    let kinds: [FileType]
    package let help: String?
    package let isRequired: Bool

    /// How to give it, for messages.
    package var advice: String {
        "--set \(name)=VALUE" + (variable.map { " or the variable \($0)" } ?? "")
    }
}
