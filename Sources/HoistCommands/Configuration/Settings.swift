import HoistCore
import HoistFiles
import HoistServices
import HoistTransport

/// What a run works with: flags count more than the environment, that more than the configuration file, and that more
/// than the defaults.
package struct Settings: Sendable {
    private let environment: [String: String]
    private let file: ConfigurationFile
    package let catalogue: Catalogue

    /// Throws `configuration` for a configuration file that is wrong.
    package init(environment: [String: String]) throws(Failure) {
        // An empty variable is how a CI system writes one that is not set.
        self.environment = environment.filter { !$0.value.isEmpty }
        let catalogue = Catalogue(environment: environment)
        self.catalogue = catalogue
        file = try ConfigurationFile(environment: environment, catalogue: catalogue)
    }

    /// What the command line says of the service.
    package struct ServiceFlags: Sendable {
        package var to: String?
        package var baseURL: String?
        package var keyFile: String?
        /// What is said to the service, by the names of its settings.
        package var values: [(name: String, text: String)] = []

        package init() {}
    }

    /// The service to use, as it is configured. Throws `usage` where it is not said which, or where it lacks the verb;
    /// `usage` or `configuration` for values that do not fit. A missing key is no reason to throw yet: it fails the inputs,
    /// each in its record.
    ///
    /// - Parameters:
    ///   - verb: the step that it has to have; nil where every service has it.
    ///   - notice: takes what a person may want to know about the choice.
    package func service(
        _ flags: ServiceFlags, verb: ServiceVerb, notice: (String) -> Void
    ) throws(Failure) -> Service {
        let description = try ServiceChoice(settings: self, flags: flags, verb: verb).description(notice)
        let known = Setting.reservedNames + description.settings.map(\.name)
        try file.requireKnown(known, of: description.name)
        return Service(
            description,
            Account(
                baseURL: try address(of: description, flag: flags.baseURL),
                credential: credential(for: description, flag: flags.keyFile)),
            try values(for: description, flags.values, verb))
    }

    /// libcurl does not read these variables by itself as the curl program does.
    ///
    /// - Parameter file: what the command line names.
    package func certificates(file: String?) -> TransportConfiguration.Certificates {
        TransportConfiguration.Certificates(
            file: file ?? environment["CURL_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"],
            directory: environment["SSL_CERT_DIR"])
    }

    /// Where standard input is kept while it is sent.
    package var temporaryDirectory: String { environment["TMPDIR"] ?? "/tmp" }

    // MARK: - What the choice of a service needs

    /// The service that the environment or the configuration names.
    var named: (name: String, source: String)? {
        if let name = environment["HOIST_TO"] { return (name, "HOIST_TO") }
        return file.to.map { ($0, "'to' in \(file.path.safeForTerminal)") }
    }

    /// The services that have a key.
    func namesWithKey() throws(Failure) -> [String] {
        let inEnvironment = try catalogue.names(withKeyIn: environment)
        return try catalogue.names().filter { inEnvironment.contains($0) || file.values(of: $0)["api_key_file"] != nil }
    }

    /// Whether the key of a service is there.
    package func hasKey(_ description: ServiceDescription) -> Bool {
        guard let key = description.key else { return true }
        return file.values(of: description.name)["api_key_file"] != nil
            || key.choices.contains { $0.names.allSatisfy { environment[$0] != nil } }
    }

    /// The required settings of a service that nothing but a flag could still give.
    package func missingSettings(of description: ServiceDescription, _ flags: [String] = []) -> [Setting] {
        description.settings.filter { setting in
            setting.isRequired && !flags.contains(setting.name) && !setting.hasDefault
                && setting.variable.flatMap { environment[$0] } == nil
                && file.values(of: description.name)[setting.name] == nil
        }
    }

    // MARK: - Merging

    private func values(
        for description: ServiceDescription, _ flags: [(name: String, text: String)],
        _ verb: ServiceVerb
    ) throws(Failure) -> SettingValues {
        let names = description.settings.map(\.name)
        for flag in flags where !names.contains(flag.name) {
            let has = names.isEmpty ? "it has no settings" : "it has \(names.joined(separator: ", "))"
            throw Failure(
                .usage, code: "misplaced_option",
                "\(description.title) has no setting '\(flag.name.safeForTerminal)'\(Nearest.hint(for: flag.name, among: names)) (\(has))"
            )
        }
        let inFile = file.values(of: description.name)
        var texts: [String: String] = [:]
        for setting in description.settings {
            if let flag = flags.last(where: { $0.name == setting.name }) {
                texts[setting.name] = flag.text
                if let problem = setting.problem(with: flag.text) { throw Self.bad(setting, problem) }
            } else if let variable = setting.variable, let text = environment[variable] {
                texts[setting.name] = text
                if let problem = setting.problem(with: text) { throw Self.bad(setting, "(\(variable)) \(problem)") }
            } else if let text = inFile[setting.name] {
                texts[setting.name] = text
                if let problem = setting.problem(with: text) {
                    throw file.wrong(setting.name, of: description.name, "\(setting.name) \(problem)")
                }
            }
        }
        let missing = missingSettings(of: description, flags.map(\.name))
        if let missing = missing.first(where: { verb.wants($0, of: description) }) {
            throw Failure(
                .usage, code: "no_setting",
                "\(description.title) needs \(missing.name)\(missing.help.map { " (\($0))" } ?? ""): give \(missing.advice)"
            )
        }
        return SettingValues(description.settings, texts)
    }

    private static func bad(_ setting: Setting, _ problem: String) -> Failure {
        Failure(.usage, code: "bad_setting", "\(setting.name) \(problem)")
    }

    private func address(of service: ServiceDescription, flag: String?) throws(Failure) -> WebAddress {
        let variable = environment[service.baseURLVariable]
        guard let text = flag ?? variable ?? file.values(of: service.name)["base_url"] else { return service.baseURL }
        let problem: String
        if let address = WebAddress(text), !address.target.contains("?") {
            if address.isPrivate { return address }
            problem = "the base URL \(address) is plain http: the key would be readable on the way; use https"
        } else {
            problem =
                "'\(Trace.redactedParameters(text).safeForTerminal)' is not a base URL such as \(service.baseURL)"
        }
        let isFromFile = flag == nil && variable == nil
        throw isFromFile
            ? file.wrong("base_url", of: service.name, problem) : Failure(.usage, code: "bad_base_url", problem)
    }

    private func credential(for service: ServiceDescription, flag: String?) -> Result<Credential, Failure>? {
        guard let key = service.key else { return nil }
        return Result { () throws(Failure) in
            if let path = flag { return try KeyFile.read(path) }
            for choice in key.choices {
                let values = choice.names.compactMap { environment[$0]?.trimming(\.isWhitespace) }
                guard values.count == choice.names.count else { continue }
                let (text, source) = (values.joined(separator: ":"), choice.names.joined(separator: " and "))
                if let credential = Credential(text, from: source) { return credential }
                throw Failure(
                    .notAllowed, code: "unusable_key",
                    "\(source) \(Credential.flaw(of: text))")
            }
            if let path = file.values(of: service.name)["api_key_file"] { return try KeyFile.read(expandingHome(path)) }
            throw Failure(
                .notAllowed, code: "no_key",
                "\(service.title) needs a key: set \(key.phrase), or give --api-key-file FILE")
        }
    }

    private func expandingHome(_ path: String) -> String {
        path.hasPrefix("~/") ? (environment["HOME"] ?? "~") + path.dropFirst() : path
    }
}
