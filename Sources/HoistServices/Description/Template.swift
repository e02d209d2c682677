import HTTPTypes

/// A step of an upload, or a call about one, in the order in which they can happen.
package enum Step: Int, Sendable, CaseIterable, Comparable {
    case prepare
    case upload
    case complete
    case status
    case delete

    /// As descriptions write it.
    package var name: String {
        switch self {
        case .prepare: "prepare"
        case .upload: "upload"
        case .complete: "complete"
        case .status: "status"
        case .delete: "delete"
        }
    }

    package init?(name: some StringProtocol) {
        guard let step = Step.allCases.first(where: { $0.name == name }) else { return nil }
        self = step
    }

    package static func < (one: Step, other: Step) -> Bool { one.rawValue < other.rawValue }
}

/// Something for each step that has it.
struct StepTable<Value> {
    private var values = [Value?](repeating: nil, count: Step.allCases.count)

    subscript(step: Step) -> Value? {
        get { values[step.rawValue] }
        set { values[step.rawValue] = newValue }
    }

    var all: [Value] { values.compactMap(\.self) }
}

extension StepTable: Sendable where Value: Sendable {}

/// What a template can name.
enum Reference: Sendable, Equatable {
    case key
    case setting(String)
    case file(FileFact)
    case body(Step, ValuePath)
    case header(Step, HTTPField.Name)
    case text(Step)
    /// A handle of `[result]`: for calls about an upload that is there.
    case handle(String)
    case uuid

    /// The reply that it is from.
    var step: Step? {
        switch self {
        case .body(let step, _), .header(let step, _), .text(let step): step
        default: nil
        }
    }
}

/// What can be said of the file that is sent.
enum FileFact: String, Sendable, CaseIterable {
    case name, size, type, kind, ext, md5, sha256, duration, bitrate
}

/// Text with values in it: `Bearer {key}`, `/files/{id}`, `{prepare.body.data.url}`. Two braces stand for one.
///
/// A class, since it is looked at for every file.
final class Template: Sendable {
    enum Filter: String, Sendable, CaseIterable {
        case base64
        /// For a value that is several segments of a path, such as `files/abc`.
        case path
    }

    enum Part: Sendable, Equatable {
        case text(String)
        case value(Reference, Filter?)
    }

    let parts: [Part]
    /// The value that it is, where it is nothing else: that keeps its type.
    let alone: Reference?

    init(parts: [Part]) {
        self.parts = parts
        if parts.count == 1, case .value(let reference, nil) = parts[0] { alone = reference } else { alone = nil }
    }

    /// Throws what is wrong with it.
    convenience init(_ text: String) throws(TemplateProblem) {
        var parts: [Part] = []
        var literal = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "{" || character == "}" else {
                literal.append(character)
                continue
            }
            if rest.first == character {
                literal.append(rest.removeFirst())
                continue
            }
            guard character == "{", let end = rest.firstIndex(of: "}") else {
                throw TemplateProblem(
                    message: "a brace without its partner in '\(text)'; a brace itself is written twice")
            }
            if !literal.isEmpty { parts.append(.text(literal)) }
            literal = ""
            parts.append(try Self.value(rest[..<end]))
            rest = rest[rest.index(after: end)...]
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        self.init(parts: parts)
    }

    /// The text, where there is no value in it.
    var constant: String? {
        var constant = ""
        for part in parts {
            guard case .text(let text) = part else { return nil }
            constant += text
        }
        return constant
    }

    var references: [Reference] {
        parts.compactMap { part in
            guard case .value(let reference, _) = part else { return nil }
            return reference
        }
    }

    private static func value(_ text: Substring) throws(TemplateProblem) -> Part {
        let pieces = text.split(separator: "|", omittingEmptySubsequences: false)
        guard let name = pieces.first, pieces.count <= 2 else {
            throw TemplateProblem(message: "one filter at most in {\(text)}")
        }
        var filter: Filter?
        if pieces.count == 2 {
            filter = Filter(rawValue: String(pieces[1]))
            guard filter != nil else {
                throw TemplateProblem(message: "unknown filter '\(pieces[1])'; there are base64 and path")
            }
        }
        guard let reference = reference(name) else {
            throw TemplateProblem(message: "unknown template {\(text)}\(Nearest.hint(for: String(name), among: known))")
        }
        return .value(reference, filter)
    }

    private static func reference(_ name: Substring) -> Reference? {
        if name == "key" { return .key }
        if name == "uuid" { return .uuid }
        let words = name.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        switch (words[0], words.count) {
        case ("settings", 2): return isName(words[1]) ? .setting(String(words[1])) : nil
        case ("file", 2): return FileFact(rawValue: String(words[1])).map(Reference.file)
        case (let name, 1): return isName(name) ? .handle(String(name)) : nil
        default: break
        }
        guard let step = Step(name: words[0]) else { return nil }
        switch (words[1], words.count) {
        case ("text", 2): return .text(step)
        case ("header", 3): return HTTPField.Name(String(words[2])).map { .header(step, $0) }
        case ("body", 3): return ValuePath(words[2]).map { .body(step, $0) }
        default: return nil
        }
    }

    /// Whether it can be the name of a setting or of a handle.
    static func isName(_ name: some StringProtocol) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 < 0x80 && ($0.isLetterOrDigit || $0 == UInt8(ascii: "_")) }
    }

    private static let known =
        ["key", "uuid"] + FileFact.allCases.map { "file.\($0)" }
        + Step.allCases.flatMap { ["\($0.name).body.NAME", "\($0.name).header.NAME", "\($0.name).text"] } + [
            "settings.NAME"
        ]
}

struct TemplateProblem: Error {
    let message: String
}

extension UInt8 {
    var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
