import HoistCore
import HoistServices
import HoistTransport

/// What a run works with, from flags, then the environment, then the configuration file, then the defaults.
package struct Settings: Sendable {
    private let environment: [String: String]
    private let file: ConfigurationFile

    /// Throws `configuration` for a configuration file that is wrong.
    package init(environment: [String: String]) throws(Failure) {
        // An empty variable is how a CI system writes one that is not set.
        self.environment = environment.filter { !$0.value.isEmpty }
        file = try ConfigurationFile(environment: environment)
    }

    /// The service to use: named, or else the only one that has a key. Throws `usage` where that leaves a choice.
    package func service(flag: ServiceName?) throws(Failure) -> ServiceName {
        if let flag { return flag }
        if let name = environment["HOIST_TO"] {
            if let service = ServiceName(rawValue: name) { return service }
            throw Failure(.usage, code: "no_service", "HOIST_TO is figur or eachlabs, not '\(name.safeForTerminal)'")
        }
        if let service = file.to { return service }
        let withKey = ServiceName.allCases.filter { environment[$0.keyVariable] != nil || file[$0].keyFile != nil }
        if let only = withKey.first, withKey.count == 1 { return only }
        throw Failure(
            .usage, code: "no_service",
            withKey.isEmpty
                ? "which service? Set FIGUR_API_KEY or EACHLABS_API_KEY, or say --to figur or --to eachlabs"
                : "there is a key for figur and for eachlabs: say --to figur or --to eachlabs, or set HOIST_TO")
    }

    /// Throws `usage` or `configuration` for a base URL that a key must not be sent to. A missing key is no reason to
    /// throw yet: it fails the inputs, each in its record.
    package func account(
        for service: ServiceName, baseURL: String?, keyFile: String?
    ) throws(Failure) -> Account {
        Account(
            service: service, baseURL: try address(of: service, flag: baseURL),
            credential: credential(for: service, flag: keyFile))
    }

    /// each::labs' `owner`.
    package func owner(flag: String?) throws(Failure) -> String {
        if let owner = flag ?? environment["EACHLABS_OWNER"] ?? file[.eachlabs].owner { return owner }
        throw Failure(
            .usage, code: "no_owner", "each::labs needs the owner of the file: --owner org-<org-id>, or EACHLABS_OWNER")
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

    private func address(of service: ServiceName, flag: String?) throws(Failure) -> WebAddress {
        let fromFile = file[service].baseURL
        let text = flag ?? environment[service.baseURLVariable] ?? fromFile ?? service.defaultBaseURL
        let problem: String
        if let address = WebAddress(text), !address.target.contains("?") {
            if address.isPrivate { return address }
            problem = "the base URL \(address) is plain http: the key would be readable on the way; use https"
        } else {
            problem =
                "'\(Trace.redactedParameters(text).safeForTerminal)' is not a base URL such as \(service.defaultBaseURL)"
        }
        let isFromFile = flag == nil && environment[service.baseURLVariable] == nil
        throw isFromFile ? file.wrong(problem) : Failure(.usage, code: "bad_base_url", problem)
    }

    private func credential(for service: ServiceName, flag: String?) -> Result<Credential, Failure> {
        Result { () throws(Failure) in
            if let path = flag { return try KeyFile.read(path) }
            if let text = environment[service.keyVariable] {
                let key = text.trimming(\.isWhitespace)
                if let credential = Credential(key, from: service.keyVariable) { return credential }
                throw Failure(
                    .notAllowed, code: "unusable_key",
                    "\(service.keyVariable) \(Credential.flaw(of: key)); set it to the key, and nothing more")
            }
            if let path = file[service].keyFile { return try KeyFile.read(expandingHome(path)) }
            throw Failure(
                .notAllowed, code: "no_key",
                "\(service.title) needs a key: set \(service.keyVariable), or give --api-key-file FILE")
        }
    }

    private func expandingHome(_ path: String) -> String {
        path.hasPrefix("~/") ? (environment["HOME"] ?? "~") + path.dropFirst() : path
    }
}
