import HTTPTypes
import HoistCore
import HoistMedia
import HoistTransport

/// Reads a service description (docs/add-a-service.md has the keys).
struct DescriptionReader {
    let toml: TOMLReader
    /// The file's name without its ending.
    let name: String

    private static let keys =
        ["title", "docs", "source", "base_url", "key_env", "headers", "types", "listed_types", "type_names"]
        + ["max_bytes", "settings", "result", "reply_fields", "error", "secrets"] + Step.allCases.map(\.name)

    /// - Parameter file: what messages call it.
    init(file: String, name: String) {
        toml = TOMLReader(file: file, code: "bad_description")
        self.name = name
    }

    /// Throws `configuration` with the line of the first thing that is wrong.
    func description(_ bytes: [UInt8]) throws(Failure) -> ServiceDescription {
        let root = try toml.document(bytes)
        _ = try toml.members(of: root, "", known: Self.keys)
        guard Self.isServiceName(name) else {
            throw toml.wrong(1, "the service's name '\(name)' has to be lower-case letters, digits and hyphens")
        }
        let settings = try SettingReader(toml: toml).settings(root["settings"])
        let calls = CallReader(toml: toml, document: root)
        let description = ServiceDescription(
            name: name,
            title: try root["title"].map { (node) throws(Failure) in try toml.text(node, "title") } ?? name,
            docs: try root["docs"].map { (node) throws(Failure) in try toml.text(node, "docs") },
            source: try root["source"].map { (node) throws(Failure) in try toml.text(node, "source") },
            baseURL: try baseURL(root),
            key: try root["key_env"].map { (node) throws(Failure) in try key(node) },
            headers: try calls.headerTemplates(root["headers"], "headers"),
            limits: try limits(root),
            typeNames: try typeNames(root["type_names"]),
            settings: settings,
            calls: try calls.calls(),
            result: try result(root),
            error: try errorPaths(root["error"]),
            replyFields: try root["reply_fields"].map { (node) throws(Failure) in
                try toml.texts(node, "reply_fields")
            } ?? [],
            secrets: try root["secrets"].map { (node) throws(Failure) in try paths(node, "secrets") } ?? [])
        try DescriptionCheck(toml: toml, description: description, document: root).check()
        return description
    }

    package static func isServiceName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64 && name.utf8.first != UInt8(ascii: "-")
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    private func baseURL(_ root: TOMLNode) throws(Failure) -> WebAddress {
        guard let node = root["base_url"] else { throw toml.wrong(1, "base_url is missing") }
        let text = try toml.text(node, "base_url")
        guard let address = WebAddress(text), !address.target.contains("?") else {
            throw toml.wrong(node, "base_url '\(text)' is no http(s) URL without user name, query and fragment")
        }
        guard address.isPrivate else {
            throw toml.wrong(node, "base_url is plain http: the key would be readable on the way; use https")
        }
        return address
    }

    private func key(_ node: TOMLNode) throws(Failure) -> KeyVariables {
        let choices = try toml.texts(node, "key_env")
        guard !choices.isEmpty else { throw toml.wrong(node, "key_env names no variable") }
        return KeyVariables(
            choices: try choices.map { (choice) throws(Failure) in
                let names = choice.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
                guard names.count <= 2, names.allSatisfy(SettingReader.isVariable) else {
                    throw toml.wrong(node, "key_env '\(choice)' is no variable's name, and no ID:SECRET pair of them")
                }
                // Not every variable is for others to have: PATH would go to whoever is uploaded to.
                guard names.contains(where: SettingReader.soundsSecret) else {
                    throw toml.wrong(node, "key_env \(choice) does not sound like a key: …_KEY, …_TOKEN, …_SECRET")
                }
                return KeyVariables.Choice(names: names)
            })
    }

    private func limits(_ root: TOMLNode) throws(Failure) -> Limits {
        Limits(
            types: try root["types"].map { (node) throws(Failure) in try patterns(node, "types") } ?? [],
            listed: try root["listed_types"].map { (node) throws(Failure) in try patterns(node, "listed_types") } ?? [],
            largest: try root["max_bytes"].map { (node) throws(Failure) in
                Int64(try toml.integer(node, "max_bytes", in: 1...(1 << 50)))
            })
    }

    private func patterns(_ node: TOMLNode, _ name: String) throws(Failure) -> [TypePattern] {
        try toml.texts(node, name).map { (text) throws(Failure) in
            guard let pattern = TypePattern(text) else {
                throw toml.wrong(node, "\(name) has '\(text)', which is no media type such as image/png or image/*")
            }
            return pattern
        }
    }

    private func typeNames(_ node: TOMLNode?) throws(Failure) -> [String: String] {
        guard let node else { return [:] }
        var names: [String: String] = [:]
        for member in try toml.members(of: node, "type_names") {
            let text = try toml.text(member.node, "the service's word for \(member.name)")
            guard MediaType(member.name) != nil, HTTPField.isValidValue(text), !text.isEmpty else {
                throw toml.wrong(member.node, "type_names has no media types: \(member.name) = \(text)")
            }
            names[member.name.lowercased()] = text
        }
        return names
    }

    private func result(_ root: TOMLNode) throws(Failure) -> [ServiceDescription.Handle] {
        guard let node = root["result"] else {
            throw toml.wrong(1, "[result] is missing: it says what an upload is known by")
        }
        let members = try toml.members(of: node, "[result]")
        guard !members.isEmpty else { throw toml.wrong(node, "[result] is empty: it says what an upload is known by") }
        return try members.map { (member) throws(Failure) in
            guard Template.isName(member.name), !RecordKeys.own.contains(member.name) else {
                throw toml.wrong(
                    member.node,
                    "[result] cannot have '\(member.name)': letters, digits and _, and no key of hoist's own")
            }
            return .init(
                name: member.name, template: try TemplateReader(toml: toml).template(member.node, member.name))
        }
    }

    private func errorPaths(_ node: TOMLNode?) throws(Failure) -> ErrorPaths {
        var paths = ErrorPaths()
        guard let node else { return paths }
        for member in try toml.members(of: node, "[error]", known: ["message", "code", "request_id"]) {
            let found = try self.paths(member.node, member.name)
            switch member.name {
            case "message": paths.message = found
            case "code": paths.code = found
            default: paths.requestID = found
            }
        }
        return paths
    }

    private func paths(_ node: TOMLNode, _ name: String) throws(Failure) -> [ValuePath] {
        try toml.texts(node, name).map { (text) throws(Failure) in
            guard let path = ValuePath(text) else {
                throw toml.wrong(node, "\(name) has '\(text)', which is no path such as data.items[0].url")
            }
            return path
        }
    }
}
