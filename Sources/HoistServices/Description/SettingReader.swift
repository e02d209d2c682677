import Glibc
import HoistCore
import HoistMedia

/// Reads `[settings.NAME]`.
struct SettingReader {
    let toml: TOMLReader

    private static let keys = [
        "env", "type", "default", "choices", "pattern", "min", "max", "for", "help", "required",
    ]
    func settings(_ node: TOMLNode?) throws(Failure) -> [Setting] {
        guard let node else { return [] }
        return try toml.members(of: node, "[settings]").map { (member) throws(Failure) in
            guard Template.isName(member.name), !Setting.reservedNames.contains(member.name) else {
                throw toml.wrong(
                    member.node, "a setting cannot be called '\(member.name)': letters, digits and _ make its name")
            }
            return try setting(member)
        }
    }

    static func isVariable(_ name: String) -> Bool {
        Template.isName(name) && name.utf8.first.map { !(0x30...0x39).contains($0) } == true
    }

    private func setting(_ member: TOMLNode.Member) throws(Failure) -> Setting {
        let place = "[settings.\(member.name)]"
        let node = member.node
        _ = try toml.members(of: node, place, known: Self.keys)
        let setting = Setting(
            name: member.name,
            kind: try kind(node),
            variable: try node["env"].map { (node) throws(Failure) in try variable(node) },
            defaultTemplate: try node["default"].map { (node) throws(Failure) in try defaultTemplate(node) },
            choices: try node["choices"].map { (node) throws(Failure) in try toml.texts(node, "choices") } ?? [],
            pattern: try node["pattern"].map { (node) throws(Failure) in try pattern(node) },
            range: try range(node),
            kinds: try node["for"].map { (node) throws(Failure) in try kinds(node) } ?? [],
            help: try node["help"].map { (node) throws(Failure) in try toml.text(node, "help") },
            isRequired: try node["required"].map { (node) throws(Failure) in try toml.flag(node, "required") } ?? false)
        if setting.isRequired, !setting.kinds.isEmpty {
            throw toml.wrong(node["required"] ?? node, "a setting for some kinds of media cannot be required")
        }
        if let text = setting.defaultTemplate?.constant, let problem = setting.problem(with: text) {
            throw toml.wrong(node["default"] ?? node, "the default of \(member.name) \(problem)")
        }
        return setting
    }

    private func kind(_ node: TOMLNode) throws(Failure) -> Setting.Kind {
        guard let node = node["type"] else { return .text }
        let text = try toml.text(node, "type")
        guard let kind = Setting.Kind(rawValue: text) else {
            let known = Setting.Kind.allCases.map(\.rawValue)
            throw toml.wrong(node, "type is one of \(known.joined(separator: ", ")), not '\(text)'")
        }
        return kind
    }

    /// At the end of a word of a variable's name: `APIKEY`, `DBPASSWORD`.
    private static let secretWords = [
        "KEY", "KEYS", "SECRET", "SECRETS", "TOKEN", "TOKENS", "PASSWORD", "PASSWORDS", "PASSWD", "PASSPHRASE", "PASS",
        "PWD", "AUTH", "COOKIE", "CREDENTIAL", "CREDENTIALS", "PAT", "JWT", "BEARER", "SESSION", "PEM", "DSN",
        "WEBHOOK",
        "SIGNATURE", "DATABASE",
    ]

    /// Whether a variable's name says that it has a secret.
    static func soundsSecret(_ name: String) -> Bool {
        name.uppercased().split(separator: "_").contains { word in secretWords.contains { word.hasSuffix($0) } }
    }

    /// A setting is shown, kept in journals and sent: no place for a secret, such as that of another program.
    private func variable(_ node: TOMLNode) throws(Failure) -> String {
        let name = try toml.text(node, "env")
        guard Self.isVariable(name) else { throw toml.wrong(node, "env '\(name)' is no variable's name") }
        guard !Self.soundsSecret(name) else {
            throw toml.wrong(node, "env \(name) sounds like a secret; a setting is none (the key is key_env's)")
        }
        return name
    }

    /// Settings do not depend on each other: what they take from elsewhere is the file.
    private func defaultTemplate(_ node: TOMLNode) throws(Failure) -> Template {
        let template = try TemplateReader(toml: toml).template(node, "default")
        for reference in template.references {
            guard case .file = reference else {
                throw toml.wrong(node, "a default has nothing but text and {file.…} in it")
            }
        }
        return template
    }

    private func pattern(_ node: TOMLNode) throws(Failure) -> String {
        let pattern = try toml.text(node, "pattern")
        guard Self.isCheap(pattern), Setting.matches("", pattern) != nil else {
            throw toml.wrong(
                node,
                "pattern is no extended regular expression of at most 64 characters, with counts to 255 that follow no group, and without \\1"
            )
        }
        return pattern
    }

    /// Whether a pattern is read and matched at once: a back reference, or a few counts of counts, take glibc hours.
    private static func isCheap(_ pattern: String) -> Bool {
        let bytes = Array(pattern.utf8)
        guard bytes.count <= 64 else { return false }
        for (index, byte) in bytes.enumerated() where index > 0 && (0x30...0x39).contains(byte) {
            if bytes[index - 1] == UInt8(ascii: "\\") { return false }
        }
        for (index, byte) in bytes.enumerated() where index > 0 && byte == UInt8(ascii: "{") {
            guard !")}*+?".utf8.contains(bytes[index - 1]) else { return false }
            let counts = bytes[(index + 1)...].prefix { $0 != UInt8(ascii: "}") }
            guard counts.split(separator: UInt8(ascii: ",")).allSatisfy({ $0.count <= 3 && $0.isCount }) else {
                return false
            }
        }
        return true
    }

    private func range(_ node: TOMLNode) throws(Failure) -> ClosedRange<Double>? {
        guard node["min"] != nil || node["max"] != nil else { return nil }
        let least = try node["min"].map { (node) throws(Failure) in try toml.number(node, "min") } ?? -1e15
        let most = try node["max"].map { (node) throws(Failure) in try toml.number(node, "max") } ?? 1e15
        guard least <= most else { throw toml.wrong(node["min"] ?? node, "min is above max") }
        return least...most
    }

    private func kinds(_ node: TOMLNode) throws(Failure) -> [FileType] {
        try toml.texts(node, "for").map { (text) throws(Failure) in
            guard let kind = FileType(rawValue: text) else {
                throw toml.wrong(node, "for has image, video, audio and other, not '\(text)'")
            }
            return kind
        }
    }
}

extension Setting {
    /// What is wrong with a value; nil where nothing is.
    package func problem(with text: String) -> String? {
        guard text.utf8.count <= 4096, !text.unicodeScalars.contains(where: \.isUnsafeOnTerminal) else {
            return "has control characters in it or is too long"
        }
        if !choices.isEmpty, !choices.contains(text) {
            let hint = Nearest.hint(for: text, among: choices)
            return "is one of \(choices.joined(separator: ", ")), not '\(text)'\(hint)"
        }
        if let pattern, Self.matches(text, pattern) != true {
            return "has the form \(pattern), not '\(text.safeForTerminal)'"
        }
        guard let value = value(of: text) else {
            return switch kind {
            case .text: nil
            case .number: "is a number, not '\(text)'"
            case .integer: "is a whole number, not '\(text)'"
            case .flag: "is true or false, not '\(text)'"
            case .seconds: "is a time such as 90s, 12h or 7d, not '\(text)'"
            }
        }
        guard let range, case .number(let literal) = value, let number = Double(literal) else { return nil }
        return range.contains(number)
            ? nil : "is from \(range.lowerBound.formatted) to \(range.upperBound.formatted), not '\(text)'"
    }

    /// The value as it goes into JSON; nil for a text that says none.
    func value(of text: String) -> JSONValue? {
        switch kind {
        case .text: .string(text)
        case .number: Double(text).flatMap { $0.isFinite ? .number(orNull: $0) : nil }
        case .integer: Int64(text).map { .number($0) }
        case .flag: ["true": .bool(true), "false": .bool(false)][text]
        case .seconds: Self.seconds(text).map { .number($0) }
        }
    }

    /// `90`, `90s`, `30m`, `12h`, `7d`
    private static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        guard let count = Int64(unit == nil ? text[...] : text.dropLast()), count >= 0 else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit ?? 1)
        return overflow ? nil : seconds
    }

    /// Whether all of the text has that form; nil for what is no extended regular expression.
    static func matches(_ text: String, _ pattern: String) -> Bool? {
        var expression = regex_t()
        guard regcomp(&expression, "^(\(pattern))$", REG_EXTENDED | REG_NOSUB) == 0 else { return nil }
        defer { regfree(&expression) }
        return regexec(&expression, text, 0, nil, 0) == 0
    }
}

extension ArraySlice<UInt8> {
    /// Whether it is a number up to 255.
    fileprivate var isCount: Bool { UInt8(String(decoding: self, as: UTF8.self)) != nil }
}
