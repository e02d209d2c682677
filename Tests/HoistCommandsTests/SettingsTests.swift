import Foundation
import TestSupport
import Testing

@testable import HoistCommands
@testable import HoistCore
@testable import HoistServices

@Suite struct SettingsTests {
    /// Settings from an environment and a configuration file, as long as `body` runs.
    private func withSettings(
        _ environment: [String: String] = [:],
        file: String = "",
        _ body: (Settings, TemporaryDirectory) throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory throws in
            var environment = environment
            environment["HOME"] = directory.path
            environment["HOIST_CONFIG"] = try directory.file("config.toml", file.utf8)
            try chmodKey(directory.file("file.key", "from-file\n".utf8))
            try chmodKey(directory.file("flag.key", "from-flag\n".utf8))
            try body(try Settings(environment: environment), directory)
        }
    }

    private func chmodKey(_ path: String) throws {
        try #require(chmod(path, 0o600) == 0)
    }

    /// - Parameters:
    ///   - base: what `--base-url` says.
    ///   - values: what flags say to the service.
    private func service(
        _ name: String, _ settings: Settings, base: String? = nil, keyFile: String? = nil,
        values: [(name: String, text: String)] = [], for verb: ServiceVerb = .upload
    ) throws(Failure) -> Service {
        var flags = Settings.ServiceFlags()
        flags.to = name
        flags.baseURL = base
        flags.keyFile = keyFile
        flags.values = values
        return try settings.service(flags, verb: verb) { _ in }
    }

    // MARK: - The base URL

    @Test(
        arguments: [
            (
                "https://flag", ["FIGUR_BASE_URL": "https://env"], "[figur]\nbase_url = 'https://file'",
                "https://flag/"
            ),
            (nil, ["FIGUR_BASE_URL": "https://env"], "[figur]\nbase_url = 'https://file'", "https://env/"),
            (nil, ["FIGUR_BASE_URL": ""], "[figur]\nbase_url = 'https://file'", "https://file/"),
            (nil, ["EACHLABS_BASE_URL": "https://other"], "", "https://api.figur.fit/"),
            ("http://127.0.0.1:8080/base", [:], "", "http://127.0.0.1:8080/base"),
        ] as [(String?, [String: String], String, String)]
    )
    func baseURL(_ flag: String?, _ environment: [String: String], _ file: String, _ expected: String) async throws {
        try await withSettings(environment, file: file) { settings, _ in
            let account = try service("figur", settings, base: flag).account
            #expect(account.baseURL.description == expected)
        }
    }

    @Test(arguments: [
        "http://api.figur.fit", "http://127.0.0.1.evil.com", "http://127.0.0.1@evil.com/", "api.figur.fit", "",
        "ftp://h",
        "https://h/?a=b", "https://h?", "https://h/#x", "https://user:TOPSECRET@h", "https://h/a b",
    ])
    func baseURLThatAKeyMustNotGoTo(_ url: String) async throws {
        try await withSettings(["FIGUR_API_KEY": "k"]) { settings, _ in
            let failure = #expect(throws: Failure.self) {
                _ = try service("figur", settings, base: url)
            }
            #expect(failure?.kind == .usage)
            #expect(failure?.code == "bad_base_url")
            #expect(failure?.message.contains("TOPSECRET") == false)
        }
    }

    @Test(
        arguments: [
            (["FIGUR_BASE_URL": "http://h"], "", FailureClass.usage),
            ([:], "[figur]\nbase_url = 1", .configuration),
            ([:], "[figur]\nbase_url = 'http://h'", .configuration),
            ([:], "[figur]\nbase_url = ''", .configuration),
            (["FIGUR_BASE_URL": "http://h"], "[figur]\nbase_url = 'http://h'", .usage),
        ] as [([String: String], String, FailureClass)]
    )
    func whoIsToFixTheBaseURL(_ environment: [String: String], _ file: String, _ kind: FailureClass) async throws {
        try await withSettings(environment, file: file) { settings, _ in
            let failure = #expect(throws: Failure.self) {
                _ = try service("figur", settings)
            }
            #expect(failure?.kind == kind)
        }
    }

    // MARK: - The key

    @Test(
        arguments: [
            (true, ["FIGUR_API_KEY": "from-env"], true, "from-flag"),
            (false, ["FIGUR_API_KEY": " from-env\n"], true, "from-env"),
            (false, ["FIGUR_API_KEY": ""], true, "from-file"),
            (false, ["EACHLABS_API_KEY": "other"], true, "from-file"),
        ] as [(Bool, [String: String], Bool, String)]
    )
    func key(_ hasFlag: Bool, _ environment: [String: String], _ isInFile: Bool, _ secret: String) async throws {
        let file = isInFile ? "[figur]\napi_key_file = '~/file.key'" : ""
        try await withSettings(environment, file: file) { settings, directory in
            let path = hasFlag ? directory.path("flag.key") : nil
            let credential = try #require(try service("figur", settings, keyFile: path).account.credential).get()
            #expect(credential.secret == secret)
        }
    }

    /// A missing or unusable key fails the inputs, each in its record: it is no reason to throw yet.
    @Test(
        arguments: [
            (nil, [:], "", "no_key"), (nil, ["FIGUR_API_KEY": "two keys"], "", "unusable_key"),
            (nil, ["FIGUR_API_KEY": "\n"], "", "unusable_key"),
            (nil, ["FIGUR_API_KEY": "1234567"], "", "unusable_key"),
            ("/no/such/file", ["FIGUR_API_KEY": "12345678"], "", "unusable_key"),
            (nil, [:], "[figur]\napi_key_file = '/no/such/file'", "unusable_key"),
        ] as [(String?, [String: String], String, String)]
    )
    func noKey(_ flag: String?, _ environment: [String: String], _ file: String, _ code: String) async throws {
        try await withSettings(environment, file: file) { settings, _ in
            let credential = try #require(try service("figur", settings, keyFile: flag).account.credential)
            let failure = #expect(throws: Failure.self) { try credential.get() }
            #expect(failure?.kind == .notAllowed)
            #expect(failure?.code == code)
            #expect(failure?.message.contains("two keys") == false)
        }
    }

    // MARK: - The rest

    @Test(
        arguments: [
            ("org-flag", ["EACHLABS_OWNER": "org-env"], "org-flag"), (nil, ["EACHLABS_OWNER": "org-env"], "org-env"),
            (nil, ["EACHLABS_OWNER": ""], "org-file"),
        ] as [(String?, [String: String], String)]
    )
    func owner(_ flag: String?, _ environment: [String: String], _ expected: String) async throws {
        try await withSettings(environment, file: "[eachlabs]\nowner = 'org-file'") { settings, _ in
            let values = flag.map { [(name: "owner", text: $0)] } ?? []
            let found = try service("eachlabs", settings, values: values).settings["owner"]?.value
            #expect(found == .string(expected))
        }
    }

    @Test(arguments: [ServiceVerb.upload, .presign])
    func noOwner(_ verb: ServiceVerb) async throws {
        try await withSettings { settings, _ in
            let failure = #expect(throws: Failure.self) { _ = try service("eachlabs", settings, for: verb) }
            #expect(failure?.kind == .usage)
            #expect(failure?.code == "no_setting")
            #expect(failure?.message.contains("EACHLABS_OWNER") == true)
            // Who asks for a status sends no file, and needs none.
            _ = try service("eachlabs", settings, for: .status)
        }
    }

    /// Whoever wrote the value has to correct it.
    @Test(
        arguments: [
            ([("owner", "me")], [:], "", FailureClass.usage, "bad_setting"),
            ([], ["EACHLABS_OWNER": "me"], "", .usage, "bad_setting"),
            ([], [:], "[eachlabs]\n\nowner = 'me'", .configuration, "bad_configuration"),
            ([("ownr", "org-1")], [:], "", .usage, "misplaced_option"),
        ] as [([(String, String)], [String: String], String, FailureClass, String)]
    )
    func badSettings(
        _ flags: [(String, String)], _ environment: [String: String], _ file: String, _ kind: FailureClass,
        _ code: String
    ) async throws {
        try await withSettings(environment, file: file) { settings, _ in
            let failure = #expect(throws: Failure.self) {
                _ = try service("eachlabs", settings, values: flags.map { (name: $0.0, text: $0.1) })
            }
            #expect(failure?.kind == kind)
            #expect(failure?.code == code)
            if kind == .configuration { #expect(failure?.message.contains("config.toml, line 3: ") == true) }
        }
    }

    /// What a section says that its service does not know is an error as soon as the service is used.
    @Test(arguments: [
        ("figur", "api_key = 'TOPSECRET'", "api_key"), ("figur", "owner = 'org-1'", "owner"),
        ("eachlabs", "retries = '3'", "retries"), ("eachlabs", "ownr = 'org-1'", "did you mean 'owner'?"),
    ])
    func unknownSettings(_ name: String, _ line: String, _ said: String) async throws {
        try await withSettings(file: "[\(name)]\n\(line)") { settings, _ in
            let failure = #expect(throws: Failure.self) { _ = try service(name, settings, for: .upload) }
            #expect(failure?.kind == .configuration)
            #expect(failure?.code == "bad_configuration")
            #expect(failure?.message.contains("config.toml, line 2: ") == true)
            #expect(failure?.message.contains(said) == true)
            #expect(failure?.message.contains("TOPSECRET") == false)
        }
    }

    @Test(
        arguments: [
            (["CURL_CA_BUNDLE": "/a", "SSL_CERT_FILE": "/b"], "/a"), (["SSL_CERT_FILE": "/b"], "/b"),
            (["CURL_CA_BUNDLE": "", "SSL_CERT_FILE": "/b"], "/b"), ([:], nil),
        ] as [([String: String], String?)]
    )
    func certificateFile(_ environment: [String: String], _ path: String?) async throws {
        try await withSettings(environment) { settings, _ in
            #expect(settings.certificates(file: nil).file == path)
        }
    }
}
