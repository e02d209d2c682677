import Foundation
import HoistServices
import TestSupport
import Testing

@testable import HoistCommands
@testable import HoistCore

@Suite struct ConfigurationFileTests {
    private func open(_ environment: [String: String]) throws(Failure) -> ConfigurationFile {
        try ConfigurationFile(environment: environment, catalogue: Catalogue(environment: environment))
    }

    private func read(_ content: some Sequence<UInt8>) async throws -> ConfigurationFile {
        try await withTemporaryDirectory { directory throws in
            try open(["HOIST_CONFIG": directory.file("config.toml", content)])
        }
    }

    @Test func everySetting() async throws {
        let file = try await read(
            """
            # with a comment
            to = 'eachlabs'
            figur = { base_url = "https://f", api_key_file = "~/f.key" }
            [eachlabs]
            base_url = "https://e"
            api_key_file = "/e.key"
            owner = "org-1"
            audio_duration = 1.5
            video_bitrate = 12
            loud = true
            """.utf8
        )
        #expect(file.to == "eachlabs")
        #expect(file.values(of: "figur") == ["base_url": "https://f", "api_key_file": "~/f.key"])
        #expect(
            file.values(of: "eachlabs") == [
                "base_url": "https://e", "api_key_file": "/e.key", "owner": "org-1", "audio_duration": "1.5",
                "video_bitrate": "12", "loud": "true",
            ])
    }

    @Test(arguments: ["", "\n# nothing\n", "[figur]", "figur = {}", "\u{FEFF}[figur]"])
    func nothingSet(_ text: String) async throws {
        let file = try await read(text.utf8)
        #expect(file.to == nil)
        #expect(file.values(of: "figur").isEmpty)
    }

    @Test(arguments: [
        "{", "[]", "null", "to = ", "to = figur", #"{"to":"figur"}"#, "to = 1", "To = 'figur'", "figur = 'x'",
        "api_key = 'TOPSECRET'", "figur = null", "[s3]", "[figur]\napi_key_file = ['a']", "[[figur]]",
        "[figur]\nbase_url = {}", "to = 'figur'\nto = 'figur'", "to = 'a\u{7}b'", "\"\u{1B}[2J\" = 1",
        #""\u001b[2J" = 1"#, #"to = "\u001b[2J""#, "[figur]\nowner = 1979-05-27",
    ])
    func refused(_ text: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await read(text.utf8) }
        #expect(failure?.kind == .configuration)
        #expect(failure?.code == "bad_configuration")
        #expect(failure?.message.contains("config.toml, line ") == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("TOPSECRET") == false)
        #expect(failure?.message.contains("\u{1B}") == false)
    }

    @Test(arguments: [
        ("\n\nfigr = 1", "line 3: unknown key 'figr'", "did you mean 'figur'?"),
        ("to = 'figur'\n[eachlab]\nx = 1", "line 2: unknown key 'eachlab'", "did you mean 'eachlabs'?"),
        ("[figur]\n\nbase_url = []", "line 3: base_url has to be text", ""),
    ])
    func anErrorSaysWhere(_ text: String, _ place: String, _ hint: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await read(text.utf8) }
        let message = try #require(failure?.message)
        #expect(message.contains(place) && message.hasSuffix(hint), "\(message)")
    }

    @Test(arguments: ["fig\u{80} = 1", "to = \"\u{E9}\"", "# \u{E9}\n", "\u{FF}\u{FE}t\u{0}"])
    func notUTF8(latin1: String) async throws {
        let bytes = latin1.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        let failure = await #expect(throws: Failure.self) { try await read(bytes) }
        #expect(failure?.kind == .configuration)
        #expect(failure?.message.contains("UTF-8") == true)
    }

    @Test func tooLarge() async throws {
        for size in [257 << 10, 2 << 20] {
            let failure = await #expect(throws: Failure.self) {
                try await read(Array(repeating: UInt8(ascii: "\n"), count: size))
            }
            #expect(failure?.kind == .configuration)
            #expect(failure?.message.contains("larger than") == true)
        }
    }

    @Test func namedFileHasToExist() async throws {
        try await withTemporaryDirectory { directory throws in
            for path in [directory.path("none"), directory.path] {
                let failure = #expect(throws: Failure.self) {
                    try open(["HOIST_CONFIG": path])
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
                _ = try directory.file("\(place)/hoist/config.toml", "[eachlabs]\nowner = '\(owner)'".utf8)
            }
            let named = try directory.file("named.toml", "[eachlabs]\nowner = 'org-named'".utf8)
            var environment = ["HOME": directory.path("home")]
            #expect(try open(environment).values(of: "eachlabs")["owner"] == "org-home")
            // XDG: a path that is not absolute is to be ignored.
            environment["XDG_CONFIG_HOME"] = "xdg"
            #expect(try open(environment).values(of: "eachlabs")["owner"] == "org-home")
            environment["XDG_CONFIG_HOME"] = directory.path("xdg")
            #expect(try open(environment).values(of: "eachlabs")["owner"] == "org-xdg")
            environment["HOIST_CONFIG"] = ""
            #expect(try open(environment).values(of: "eachlabs")["owner"] == "org-xdg")
            environment["HOIST_CONFIG"] = named
            #expect(try open(environment).values(of: "eachlabs")["owner"] == "org-named")
        }
    }

    @Test func noFileIsNoTrouble() async throws {
        try await withTemporaryDirectory { directory throws in
            let file = try open(["HOME": directory.path])
            #expect(file.to == nil)
        }
    }
}
