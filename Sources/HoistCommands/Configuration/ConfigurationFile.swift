import FoundationEssentials
import Glibc
import HoistCore
import HoistServices

/// What a user keeps in `~/.config/hoist/config.json`: defaults for flags and environment variables. JSON5, so that it
/// can have comments; keys themselves stay in files of their own.
///
///     { to: "eachlabs", eachlabs: { owner: "org-1", api_key_file: "~/.config/hoist/eachlabs.key" } }
package struct ConfigurationFile: Sendable {
    struct Section: Sendable {
        var baseURL: String?
        var keyFile: String?
        var owner: String?
    }

    let path: String
    private(set) var to: ServiceName?
    private var sections: [ServiceName: Section] = [:]

    subscript(service: ServiceName) -> Section { sections[service] ?? Section() }

    /// Reads `HOIST_CONFIG`, else `hoist/config.json` in `XDG_CONFIG_HOME` or `~/.config`; only a file that was named
    /// has to exist. Throws `configuration` for anything in it that hoist does not know.
    init(environment: [String: String]) throws(Failure) {
        let named = environment["HOIST_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        path = named ?? Self.defaultPath(environment)
        guard named != nil || access(path, F_OK) == 0 else { return }
        let text = try read()
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        let document: JSONValue
        do { document = try decoder.decode(JSONValue.self, from: text) } catch DecodingError.dataCorrupted(let context)
        {
            throw wrong("it is not JSON (\(context.underlyingError.map { "\($0)" } ?? context.debugDescription))")
        } catch {
            throw wrong("it is not JSON")
        }
        try take(document)
    }

    private static func defaultPath(_ environment: [String: String]) -> String {
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        return (base ?? "\(environment["HOME"] ?? "")/.config") + "/hoist/config.json"
    }

    private func read() throws(Failure) -> Data {
        let text: Data
        do { text = try Data(contentsOf: URL(filePath: path)) } catch {
            throw wrong("it cannot be read as a file")
        }
        // Such bytes in a name without quotes end the program in FoundationEssentials (Swift 6.3.1, by fuzzing).
        guard String(validating: text, as: UTF8.self) != nil else { throw wrong("it is not UTF-8") }
        return text
    }

    private mutating func take(_ document: JSONValue) throws(Failure) {
        guard case .object(let members) = document else { throw wrong("it is not an object") }
        for member in members {
            if member.name == "to" {
                guard let service = member.value.text.flatMap(ServiceName.init) else {
                    throw wrong("'to' is figur or eachlabs, not \(member.value)")
                }
                to = service
            } else if let service = ServiceName(rawValue: member.name) {
                guard case .object(let settings) = member.value else { throw wrong("'\(service)' is not an object") }
                sections[service] = try section(settings, of: service)
            } else {
                throw wrong("it has a setting that hoist does not know: \(member.name.safeForTerminal)")
            }
        }
    }

    private func section(_ settings: [JSONValue.Member], of service: ServiceName) throws(Failure) -> Section {
        var section = Section()
        for setting in settings {
            guard let text = setting.value.text else { throw wrong("\(service).\(setting.name) is not text") }
            switch setting.name {
            case "base_url": section.baseURL = text
            case "api_key_file": section.keyFile = text
            case "owner" where service == .eachlabs: section.owner = text
            default:
                throw wrong("it has a setting that hoist does not know: \(service).\(setting.name.safeForTerminal)")
            }
        }
        return section
    }

    func wrong(_ what: String) -> Failure {
        Failure(.configuration, code: "bad_configuration", "the configuration file \(path) is wrong: \(what); fix it")
    }
}
