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
    init(environment: [String: String], services: () throws(Failure) -> [String]) throws(Failure) {
        let named = environment["HOIST_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        path = named ?? ConfigurationFolder.path(environment) + "/config.toml"
        toml = TOMLReader(file: path.safeForTerminal, code: "bad_configuration")
        guard named != nil || access(path, F_OK) == 0 else { return }
        let root = try toml.document(try content())
        let names = try services()
        for member in try toml.members(of: root, "") {
            if member.name == "to" {
                to = try toml.text(member.node, "to")
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

    private func content() throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(describe(errno)) }
        defer { close(descriptor) }
        let bytes: [UInt8]?
        do throws(Failure) { bytes = try Descriptor.readAll(descriptor, limit: 1 << 20) } catch {
            throw unreadable(error.message)
        }
        guard let bytes else { throw unreadable("it is larger than 1 MiB") }
        return bytes
    }

    private func unreadable(_ why: String) -> Failure {
        Failure(
            .configuration, code: "bad_configuration",
            "the configuration file \(path.safeForTerminal) cannot be read: \(why); fix it")
    }
}
