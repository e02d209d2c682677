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
        file: String = "{}",
        _ body: (Settings, TemporaryDirectory) throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory throws in
            var environment = environment
            environment["HOME"] = directory.path
            environment["HOIST_CONFIG"] = try directory.file("config.json", file.utf8)
            try chmodKey(directory.file("file.key", "from-file\n".utf8))
            try chmodKey(directory.file("flag.key", "from-flag\n".utf8))
            try body(try Settings(environment: environment), directory)
        }
    }

    private func chmodKey(_ path: String) throws {
        try #require(chmod(path, 0o600) == 0)
    }

    // MARK: - The service

    @Test(
        arguments: [
            (ServiceName.figur, ["HOIST_TO": "eachlabs"], #"{"to":"eachlabs"}"#, ServiceName.figur),
            (nil, ["HOIST_TO": "eachlabs", "FIGUR_API_KEY": "k"], #"{"to":"figur"}"#, .eachlabs),
            (nil, ["HOIST_TO": "", "FIGUR_API_KEY": "k"], #"{"to":"eachlabs"}"#, .eachlabs),
            (nil, ["FIGUR_API_KEY": "k"], "{}", .figur), (nil, ["EACHLABS_API_KEY": "k"], "{}", .eachlabs),
            (nil, ["FIGUR_API_KEY": "k", "EACHLABS_API_KEY": ""], "{}", .figur),
            (nil, [:], #"{"eachlabs":{"api_key_file":"~/k"}}"#, .eachlabs),
        ] as [(ServiceName?, [String: String], String, ServiceName)]
    )
    func service(_ flag: ServiceName?, _ environment: [String: String], _ file: String, _ chosen: ServiceName)
        async throws
    {
        try await withSettings(environment, file: file) { settings, _ in
            let service = try settings.service(flag: flag)
            #expect(service == chosen)
        }
    }

    @Test(
        arguments: [
            [:], ["FIGUR_API_KEY": "k", "EACHLABS_API_KEY": "k"], ["HOIST_TO": "figma"], ["HOIST_TO": "Figur"],
            ["FIGUR_API_KEY": ""],
        ] as [[String: String]]
    )
    func noService(_ environment: [String: String]) async throws {
        try await withSettings(environment) { settings, _ in
            let failure = #expect(throws: Failure.self) { try settings.service(flag: nil) }
            #expect(failure?.kind == .usage)
            #expect(failure?.code == "no_service")
        }
    }

    // MARK: - The base URL

    @Test(
        arguments: [
            (
                "https://flag", ["FIGUR_BASE_URL": "https://env"], #"{"figur":{"base_url":"https://file"}}"#,
                "https://flag/"
            ),
            (nil, ["FIGUR_BASE_URL": "https://env"], #"{"figur":{"base_url":"https://file"}}"#, "https://env/"),
            (nil, ["FIGUR_BASE_URL": ""], #"{"figur":{"base_url":"https://file"}}"#, "https://file/"),
            (nil, ["EACHLABS_BASE_URL": "https://other"], "{}", "https://api.figur.fit/"),
            ("http://127.0.0.1:8080/base", [:], "{}", "http://127.0.0.1:8080/base"),
        ] as [(String?, [String: String], String, String)]
    )
    func baseURL(_ flag: String?, _ environment: [String: String], _ file: String, _ expected: String) async throws {
        try await withSettings(environment, file: file) { settings, _ in
            let account = try settings.account(for: .figur, baseURL: flag, keyFile: nil)
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
                _ = try settings.account(for: .figur, baseURL: url, keyFile: nil)
            }
            #expect(failure?.kind == .usage)
            #expect(failure?.code == "bad_base_url")
            #expect(failure?.message.contains("TOPSECRET") == false)
        }
    }

    @Test(
        arguments: [
            (["FIGUR_BASE_URL": "http://h"], "{}", FailureClass.usage),
            ([:], #"{"figur":{"base_url":"http://h"}}"#, .configuration),
            ([:], #"{"figur":{"base_url":""}}"#, .configuration),
            (["FIGUR_BASE_URL": "http://h"], #"{"figur":{"base_url":"http://h"}}"#, .usage),
        ] as [([String: String], String, FailureClass)]
    )
    func whoIsToFixTheBaseURL(_ environment: [String: String], _ file: String, _ kind: FailureClass) async throws {
        try await withSettings(environment, file: file) { settings, _ in
            let failure = #expect(throws: Failure.self) {
                _ = try settings.account(for: .figur, baseURL: nil, keyFile: nil)
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
        let file = isInFile ? #"{"figur":{"api_key_file":"~/file.key"}}"# : "{}"
        try await withSettings(environment, file: file) { settings, directory in
            let path = hasFlag ? directory.path("flag.key") : nil
            let credential = try settings.account(for: .figur, baseURL: nil, keyFile: path).credential.get()
            #expect(credential.secret == secret)
        }
    }

    /// A missing or unusable key fails the inputs, each in its record: it is no reason to throw yet.
    @Test(
        arguments: [
            (nil, [:], "{}", "no_key"), (nil, ["FIGUR_API_KEY": "two keys"], "{}", "unusable_key"),
            (nil, ["FIGUR_API_KEY": "\n"], "{}", "unusable_key"),
            (nil, ["FIGUR_API_KEY": "1234567"], "{}", "unusable_key"),
            ("/no/such/file", ["FIGUR_API_KEY": "12345678"], "{}", "unusable_key"),
            (nil, [:], #"{"figur":{"api_key_file":"/no/such/file"}}"#, "unusable_key"),
        ] as [(String?, [String: String], String, String)]
    )
    func noKey(_ flag: String?, _ environment: [String: String], _ file: String, _ code: String) async throws {
        try await withSettings(environment, file: file) { settings, _ in
            let account = try settings.account(for: .figur, baseURL: nil, keyFile: flag)
            let failure = #expect(throws: Failure.self) { try account.credential.get() }
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
        try await withSettings(environment, file: #"{"eachlabs":{"owner":"org-file"}}"#) { settings, _ in
            let owner = try settings.owner(flag: flag)
            #expect(owner == expected)
        }
    }

    @Test func noOwner() async throws {
        try await withSettings { settings, _ in
            let failure = #expect(throws: Failure.self) { try settings.owner(flag: nil) }
            #expect(failure?.kind == .usage)
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
