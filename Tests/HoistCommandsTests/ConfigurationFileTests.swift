import Foundation
import TestSupport
import Testing

@testable import HoistCommands
@testable import HoistCore

@Suite struct ConfigurationFileTests {
    private func read(_ text: String) async throws -> ConfigurationFile {
        try await withTemporaryDirectory { directory throws in
            try ConfigurationFile(environment: ["HOIST_CONFIG": directory.file("config.json", text.utf8)])
        }
    }

    @Test func everySetting() async throws {
        let file = try await read(
            """
            // JSON5, for its comments
            { to: 'eachlabs',
              figur: { base_url: "https://f", api_key_file: "~/f.key" },
              eachlabs: { base_url: "https://e", api_key_file: "/e.key", owner: "org-1", }, }
            """
        )
        #expect(file.to == .eachlabs)
        #expect(file[.figur].baseURL == "https://f")
        #expect(file[.figur].keyFile == "~/f.key")
        #expect(file[.figur].owner == nil)
        #expect(file[.eachlabs].baseURL == "https://e")
        #expect(file[.eachlabs].keyFile == "/e.key")
        #expect(file[.eachlabs].owner == "org-1")
    }

    @Test(arguments: ["{}", #"{"figur":{}}"#])
    func nothingSet(_ text: String) async throws {
        let file = try await read(text)
        #expect(file.to == nil)
        #expect(file[.figur].baseURL == nil)
    }

    @Test(arguments: [
        "", "{", "[]", "null", "to = 'figur'", #"{"to":"figma"}"#, #"{"to":1}"#, #"{"To":"figur"}"#, #"{"figur":"x"}"#,
        #"{"figur":{"api_key":"TOPSECRET"}}"#, #"{"api_key":"TOPSECRET"}"#, #"{"figur":{"base_url":1}}"#,
        #"{"figur":{"owner":"org-1"}}"#, #"{"eachlabs":{"retries":"3"}}"#, #"{"figur":null}"#, #"{"s3":{}}"#,
        #"{"figur":{"api_key_file":["a"]}}"#, "{\"\u{1B}[2J\":1}",
    ])
    func refused(_ text: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await read(text) }
        #expect(failure?.kind == .configuration)
        #expect(failure?.code == "bad_configuration")
        #expect(failure?.message.contains("config.json") == true)
        #expect(failure?.message.contains("TOPSECRET") == false)
        #expect(failure?.message.contains("\u{1B}") == false)
    }

    /// FoundationEssentials' own reader ends the program at such bytes where a name has no quotes.
    @Test(arguments: ["{fig\u{80}: 1}", "{\"to\": \"\u{E9}\"}", "// \u{E9}\n{}", "\u{FF}\u{FE}{\0}\0"])
    func notUTF8(latin1: String) async throws {
        try await withTemporaryDirectory { directory throws in
            let bytes = latin1.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            let path = try directory.file("config.json", bytes)
            let failure = #expect(throws: Failure.self) { try ConfigurationFile(environment: ["HOIST_CONFIG": path]) }
            #expect(failure?.kind == .configuration)
        }
    }

    @Test func namedFileHasToExist() async throws {
        try await withTemporaryDirectory { directory throws in
            for path in [directory.path("none"), directory.path] {
                let failure = #expect(throws: Failure.self) {
                    try ConfigurationFile(environment: ["HOIST_CONFIG": path])
                }
                #expect(failure?.kind == .configuration)
            }
        }
    }

    @Test func placesInTheirOrder() async throws {
        try await withTemporaryDirectory { directory throws in
            for (place, owner) in [("home/.config", "org-home"), ("xdg", "org-xdg")] {
                let folder = directory.path("\(place)/hoist")
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                _ = try directory.file("\(place)/hoist/config.json", #"{"eachlabs":{"owner":"\#(owner)"}}"#.utf8)
            }
            let named = try directory.file("named.json", #"{"eachlabs":{"owner":"org-named"}}"#.utf8)
            var environment = ["HOME": directory.path("home")]
            #expect(try ConfigurationFile(environment: environment)[.eachlabs].owner == "org-home")
            // XDG: a path that is not absolute is to be ignored.
            environment["XDG_CONFIG_HOME"] = "xdg"
            #expect(try ConfigurationFile(environment: environment)[.eachlabs].owner == "org-home")
            environment["XDG_CONFIG_HOME"] = directory.path("xdg")
            #expect(try ConfigurationFile(environment: environment)[.eachlabs].owner == "org-xdg")
            environment["HOIST_CONFIG"] = ""
            #expect(try ConfigurationFile(environment: environment)[.eachlabs].owner == "org-xdg")
            environment["HOIST_CONFIG"] = named
            #expect(try ConfigurationFile(environment: environment)[.eachlabs].owner == "org-named")
        }
    }

    @Test func noFileIsNoTrouble() async throws {
        try await withTemporaryDirectory { directory throws in
            let file = try ConfigurationFile(environment: ["HOME": directory.path])
            #expect(file.to == nil)
        }
    }
}
