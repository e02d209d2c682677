import Glibc
import HoistCore
import HoistFiles

/// The services that can be named: those that come with the program, and the user's own, which replace one of the same
/// name. A description is read when it is used.
package struct Catalogue: Sendable {
    private let folder: String
    /// Whether the user named the folder: then it has to be there.
    private let isNamed: Bool

    /// Looks in `HOIST_SERVICES`, else in `hoist/services` in `XDG_CONFIG_HOME` or `~/.config`.
    package init(environment: [String: String]) {
        let named = environment["HOIST_SERVICES"].flatMap { $0.isEmpty ? nil : $0 }
        isNamed = named != nil
        folder = named ?? ConfigurationFolder.path(environment) + "/services"
    }

    package static var builtIn: [String] { BuiltInDescriptions.names }

    /// The built-in ones and the user's, by their names. Throws `configuration` where a folder that was named cannot be
    /// read.
    package func names() throws(Failure) -> [String] {
        Set(BuiltInDescriptions.names + (try ownNames())).sorted()
    }

    /// Whether the user has a description of that name, which replaces a built-in one.
    package func isOwn(_ name: String) -> Bool { access(path(of: name), F_OK) == 0 }

    /// Throws `usage` for a name that there is not, `configuration` for a description that is wrong.
    package func description(of name: String) throws(Failure) -> ServiceDescription {
        guard isOwn(name) else {
            guard let text = BuiltInDescriptions.text(of: name) else { throw try unknown(name) }
            return try DescriptionReader(file: "\(name).toml (built in)", name: name).description(Array(text.utf8))
        }
        let description = try read(path(of: name), name: name)
        try requireHome(of: description)
        return description
    }

    /// A description that need not be in the folder.
    package func read(_ path: String, name: String? = nil) throws(Failure) -> ServiceDescription {
        let last = path.lastPathPart
        let name = name ?? (last.hasSuffix(".toml") ? String(last.dropLast(5)) : last)
        let file = path.safeForTerminal
        let description = try DescriptionReader(file: file, name: name).description(try content(path))
        try requireOwnVariables(description, file)
        return description
    }

    /// The text of a description, as it is.
    package func text(of name: String) throws(Failure) -> [UInt8] {
        if isOwn(name) { return try content(path(of: name)) }
        guard let text = BuiltInDescriptions.text(of: name) else { throw try unknown(name) }
        return Array(text.utf8)
    }

    /// The name that somebody means: letter case and signs aside, also by the title.
    package func name(meant text: String) throws(Failure) -> String {
        if DescriptionReader.isServiceName(text), isOwn(text) || BuiltInDescriptions.text(of: text) != nil {
            return text
        }
        // A path is no name.
        guard text.utf8.allSatisfy({ $0.isLetterOrDigit || "-_: ".utf8.contains($0) }) else { throw try unknown(text) }
        let wanted = Self.letters(text)
        let names = try names()
        let meant = names.filter { name in
            if wanted.isEmpty { return false }
            if Self.letters(name) == wanted { return true }
            return (try? description(of: name)).map { Self.letters($0.title) == wanted } ?? false
        }
        guard let name = meant.first else { throw try unknown(text) }
        guard meant.count == 1 else {
            throw Failure(
                .usage, code: "no_service",
                "'\(text.shortened.safeForTerminal)' may be \(meant.joined(separator: " or ")); say which")
        }
        return name
    }

    private static func letters(_ text: String) -> String {
        String(
            text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
                .map(Character.init))
    }

    private func unknown(_ name: String) throws(Failure) -> Failure {
        let names = try names()
        return Failure(
            .usage, code: "no_service",
            "there is no service '\(name.shortened.safeForTerminal)'\(Nearest.hint(for: name, among: names)); hoist services lists them"
        )
    }

    // MARK: - Keys

    /// The names of the services that a key in the environment is for, without reading more of the others than their
    /// variables.
    package func names(withKeyIn environment: [String: String]) throws(Failure) -> [String] {
        let names = try names()
        return names.filter { name in
            // A description that cannot be read is reported when it is named.
            guard let text = try? text(of: name) else { return false }
            return Self.keyVariables(in: text).contains { environment[$0]?.isEmpty == false }
        }
    }

    /// The variables that `key_env = …` names, on one line or in a list over several.
    private static func keyVariables(in text: [UInt8]) -> [String] {
        var names: [String] = []
        let lines = text.split(separator: UInt8(ascii: "\n")).drop { !$0.starts(with: "key_env".utf8) }
        for (index, line) in lines.enumerated() {
            let code = line.dropFirst(index == 0 ? 7 : 0).prefix { $0 != UInt8(ascii: "#") }
            names += code.split { !($0.isLetterOrDigit || $0 == UInt8(ascii: "_")) }
                .map { String(decoding: $0, as: UTF8.self) }
            let isOpen = index > 0 || code.contains(UInt8(ascii: "["))
            if !isOpen || code.contains(UInt8(ascii: "]")) { break }
        }
        return names
    }

    /// A key goes to the services that it is of: a user's description cannot send that of a built-in one elsewhere.
    private func requireOwnVariables(_ description: ServiceDescription, _ file: String) throws(Failure) {
        let own = description.baseURL
        guard !own.isLoopback else { return }
        for variable in (description.key?.names ?? []) + description.settings.compactMap(\.variable) {
            var owners: [ServiceDescription] = []
            for name in BuiltInDescriptions.names {
                guard let text = BuiltInDescriptions.text(of: name).map({ Array($0.utf8) }),
                    Self.keyVariables(in: text).contains(variable)
                else { continue }
                owners.append(try DescriptionReader(file: name, name: name).description(text))
            }
            // Services of one vendor share a key.
            let isAtHome = owners.contains { ($0.baseURL.scheme, $0.baseURL.authority) == (own.scheme, own.authority) }
            guard let owner = owners.first, !isAtHome else { continue }
            throw Failure(
                .configuration, code: "bad_description",
                "\(file): \(variable) is the key of \(owner.title); a description for \(own.host) needs a variable of its own"
            )
        }
    }

    /// By its name a description gets what the configuration has for a service, such as the file with its key: in the place
    /// of a built-in one it cannot take that elsewhere.
    private func requireHome(of description: ServiceDescription) throws(Failure) {
        guard let text = BuiltInDescriptions.text(of: description.name), !description.baseURL.isLoopback else { return }
        let name = description.name
        let builtIn = try DescriptionReader(file: name, name: name).description(Array(text.utf8))
        let (own, other) = (description.baseURL, builtIn.baseURL)
        if (own.scheme, own.authority) == (other.scheme, other.authority) { return }
        throw Failure(
            .configuration, code: "bad_description",
            "\(path(of: name).safeForTerminal): \(name) is the service at \(other.host); one at \(own.host) needs a name of its own"
        )
    }

    // MARK: - Files

    private func path(of name: String) -> String { "\(folder)/\(name).toml" }

    private func ownNames() throws(Failure) -> [String] {
        guard let directory = opendir(folder) else {
            if isNamed, errno != ENOENT || access(folder, F_OK) != 0 {
                throw Failure(
                    .configuration, code: "no_services",
                    "HOIST_SERVICES is \(folder.safeForTerminal), which cannot be read: \(describe(errno))")
            }
            return []
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let file = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard file.hasSuffix(".toml") else { continue }
            let name = String(file.dropLast(5))
            if DescriptionReader.isServiceName(name) { names.append(name) }
        }
        return names
    }

    private func content(_ path: String) throws(Failure) -> [UInt8] {
        try TOMLReader.content(of: path, "the description \(path.safeForTerminal)", code: "bad_description")
    }
}

/// Where a user's files for hoist are.
package enum ConfigurationFolder {
    package static func path(_ environment: [String: String]) -> String {
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? "\(environment["HOME"] ?? "")/.config") + "/hoist"
    }
}
