import Glibc
import HoistCore
import HoistFiles
import HoistServices
import HoistTransport

/// What a user keeps in `~/.config/hoist/config.toml`: defaults for flags and environment variables, by services. Keys
/// themselves stay in files of their own.
///
///     to = "mine"
///     [mine]
///     api_key_file = "~/.config/hoist/mine.key"
package struct ConfigurationFile: Sendable {
    let path: String
    private(set) var to: String?
    private var sections: [String: [(name: String, text: String, line: Int)]] = [:]
    private let toml: TOMLReader

    /// Reads `HOIST_CONFIG`, else `hoist/config.toml` in `XDG_CONFIG_HOME` or `~/.config`; only a file that was named
    /// has to exist. Throws `configuration` for anything in it that hoist does not know.
    init(environment: [String: String], catalogue: Catalogue) throws(Failure) {
        let named = environment["HOIST_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        path = named ?? ConfigurationFolder.path(environment) + "/config.toml"
        toml = TOMLReader(file: "the configuration file \(path.safeForTerminal)", code: "bad_configuration")
        guard named != nil || access(path, F_OK) == 0 else { return }
        let root = try toml.document(try TOMLReader.content(of: path, toml.file, code: toml.code))
        let names = try catalogue.names()
        for member in try toml.members(of: root, "") {
            if member.name == "to" {
                let name = try toml.text(member.node, "to")
                do throws(Failure) { to = try catalogue.name(meant: name) } catch {
                    throw toml.wrong(member.node, error.message)
                }
            } else if names.contains(member.name) {
                sections[member.name] = try toml.members(of: member.node, "[\(member.name)]").map {
                    (setting) throws(Failure) in
                    (setting.name, try text(setting), setting.node.line)
                }
            } else {
                throw toml.wrong(
                    member.node,
                    "unknown key '\(member.name)', which is no service\(Nearest.hint(for: member.name, among: names + ["to"]))"
                )
            }
        }
    }

    /// What a service's section says, by names.
    func values(of service: String) -> [String: String] {
        Dictionary((sections[service] ?? []).map { ($0.name, $0.text) }) { $1 }
    }

    /// Throws `configuration` for a name in a service's section that the service does not have.
    func requireKnown(_ known: [String], of service: String) throws(Failure) {
        for value in sections[service] ?? [] where !known.contains(value.name) {
            throw toml.wrong(
                value.line,
                "unknown key '\(value.name)' in [\(service)]\(Nearest.hint(for: value.name, among: known))")
        }
    }

    /// What is wrong with a value of a service's section.
    func wrong(_ name: String, of service: String, _ what: String) -> Failure {
        toml.wrong((sections[service] ?? []).first { $0.name == name }?.line ?? 1, what)
    }

    private func text(_ member: TOMLNode.Member) throws(Failure) -> String {
        switch member.node.value {
        case .integer(let integer): String(integer)
        case .decimal(let decimal): decimal.description
        case .flag(let flag): String(flag)
        default: try toml.text(member.node, member.name)
        }
    }
}
