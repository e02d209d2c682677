import TestSupport
import Testing

@testable import HoistCommands
@testable import HoistCore
@testable import HoistServices

/// Which service a command is for.
@Suite struct ServiceChoiceTests {
    private func choose(
        _ flag: String?, _ environment: [String: String], file: String = "", for verb: ServiceVerb = .upload,
        values: [(name: String, text: String)] = []
    ) async throws -> (name: String, notices: [String]) {
        try await withTemporaryDirectory { directory throws in
            var environment = environment
            environment["HOME"] = directory.path
            environment["HOIST_CONFIG"] = try directory.file("config.toml", file.utf8)
            var flags = Settings.ServiceFlags()
            flags.to = flag
            flags.values = values
            let choice = ServiceChoice(settings: try Settings(environment: environment), flags: flags, verb: verb)
            var notices: [String] = []
            let name = try choice.description { notices.append($0) }.name
            return (name, notices)
        }
    }

    @Test(
        arguments: [
            ("figur", ["HOIST_TO": "eachlabs"], "to = 'eachlabs'", "figur"),
            (nil, ["HOIST_TO": "eachlabs", "FIGUR_API_KEY": "k"], "to = 'figur'", "eachlabs"),
            (nil, ["HOIST_TO": "", "FIGUR_API_KEY": "k"], "to = 'eachlabs'", "eachlabs"),
            (nil, ["FIGUR_API_KEY": "k"], "", "figur"), (nil, ["EACHLABS_API_KEY": "k"], "", "eachlabs-v1"),
            (nil, ["FIGUR_API_KEY": "k", "EACHLABS_API_KEY": ""], "", "figur"),
            (nil, [:], "[eachlabs]\napi_key_file = '~/k'", "eachlabs"),
            // Near-misses of names and titles.
            ("Figur", [:], "", "figur"), ("each::labs", [:], "", "eachlabs"), ("EachLabs V1", [:], "", "eachlabs-v1"),
            (nil, ["HOIST_TO": "Figur"], "", "figur"), (nil, [:], "to = 'FIGUR'", "figur"),
        ] as [(String?, [String: String], String, String)]
    )
    func service(_ flag: String?, _ environment: [String: String], _ file: String, _ chosen: String) async throws {
        #expect(try await choose(flag, environment, file: file).name == chosen)
    }

    @Test(
        arguments: [
            [:], ["FIGUR_API_KEY": "k", "EACHLABS_API_KEY": "k"], ["HOIST_TO": "figma"], ["HOIST_TO": "../figma"],
            ["FIGUR_API_KEY": ""], ["HOIST_TO": "::"],
        ] as [[String: String]]
    )
    func noService(_ environment: [String: String]) async throws {
        let failure = await #expect(throws: Failure.self) { try await choose(nil, environment) }
        #expect(failure?.kind == .usage)
        #expect(failure?.code == "no_service")
        if environment["HOIST_TO"] != nil { #expect(failure?.message.hasPrefix("HOIST_TO: ") == true) }
    }

    /// Nobody's file is sent to a description that was put there without a word about it.
    @Test func aDescriptionOfOnesOwnIsSaidWhereItIsChosenByItsKey() async throws {
        try await withTemporaryDirectory { directory throws in
            let text = """
                base_url = "https://s.example"
                key_env = "MINE_KEY"
                [upload]
                url = "/f"
                body = "raw"
                [result]
                id = "{upload.body.id}"
                """
            _ = try directory.file("mine.toml", Array(text.utf8))
            let chosen = try await choose(nil, ["MINE_KEY": "k", "HOIST_SERVICES": directory.path])
            #expect(chosen.name == "mine")
            #expect(chosen.notices == ["using mine, a description of your own: MINE_KEY is set"])
            let named = try await choose("mine", ["MINE_KEY": "k", "HOIST_SERVICES": directory.path])
            #expect(named.notices.isEmpty)
        }
    }

    /// The file has to be corrected, not the command.
    @Test func noServiceInTheConfiguration() async throws {
        let failure = await #expect(throws: Failure.self) { try await choose(nil, [:], file: "\nto = 'figma'") }
        #expect(failure?.kind == .configuration)
        #expect(failure?.code == "bad_configuration")
        #expect(failure?.message.contains("config.toml, line 2: there is no service 'figma'") == true)
    }

    /// Two services of one vendor share its key: what is there besides says which is meant, and the user is told.
    @Test func theSharedKey() async throws {
        let plain = try await choose(nil, ["EACHLABS_API_KEY": "k"])
        #expect(plain.name == "eachlabs-v1")
        #expect(plain.notices.count == 1 && plain.notices[0].contains("using eachlabs-v1: EACHLABS_API_KEY is set"))
        let owners: [([String: String], String, [(name: String, text: String)])] = [
            (["EACHLABS_OWNER": "org-1"], "", []), ([:], "[eachlabs]\nowner = 'org-1'", []),
            ([:], "", [(name: "owner", text: "org-1")]),
        ]
        for (environment, file, values) in owners {
            let environment = environment.merging(["EACHLABS_API_KEY": "k"]) { own, _ in own }
            let owned = try await choose(nil, environment, file: file, values: values)
            #expect(owned.name == "eachlabs")
            #expect(owned.notices.count == 1 && owned.notices[0].contains("EACHLABS_API_KEY and owner are set"))
        }
    }

    @Test func whatIsNamedNeedsNoWord() async throws {
        #expect(try await choose("eachlabs-v1", ["EACHLABS_API_KEY": "k"]).notices.isEmpty)
        #expect(try await choose(nil, ["FIGUR_API_KEY": "k"]).notices.isEmpty)
    }

    /// Of the services with a key only those that have the verb are asked for.
    @Test func theVerbDecides() async throws {
        let both = ["FIGUR_API_KEY": "k", "EACHLABS_API_KEY": "k"]
        #expect(try await choose(nil, both, for: .status).name == "eachlabs")
        #expect(try await choose(nil, both, for: .delete).name == "eachlabs-v1")
        for verb in [ServiceVerb.presign, .status, .delete] {
            for flag in ["figur", nil] {
                let failure = await #expect(throws: Failure.self) {
                    try await choose(flag, ["FIGUR_API_KEY": "k"], for: verb)
                }
                #expect(failure?.kind == .usage)
                #expect(failure?.code == "misplaced_command")
            }
        }
    }
}
