import Foundation
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistServices

/// The user's own descriptions beside those that come with the program.
@Suite struct CatalogueTests {
    /// A catalogue with these files of the user's, by names.
    private func withCatalogue<Result>(
        _ files: [String: String], _ body: (Catalogue, TemporaryDirectory) throws -> Result
    ) async throws -> Result {
        try await withTemporaryDirectory { directory throws in
            for (name, text) in files { _ = try directory.file(name, text.utf8) }
            return try body(Catalogue(environment: ["HOIST_SERVICES": directory.path]), directory)
        }
    }

    private static func description(
        title: String = "Mine", base: String = "https://mine.example", key: String = "\"MINE_API_KEY\"",
        rest: String = ""
    ) -> String {
        """
        title = "\(title)"
        base_url = "\(base)"
        key_env = \(key)
        headers = { Authorization = "Bearer {key}" }
        \(rest)
        [upload]
        url = "/u"
        body = "raw"
        [result]
        id = "{upload.body.id}"
        """
    }

    @Test func oneFileIsAService() async throws {
        let files = [
            "mine.toml": Self.description(), "notes.txt": "x", "No.toml": "",
            "figur.toml": Self.description(title: "Other", base: "https://api.figur.fit"),
        ]
        try await withCatalogue(files) { catalogue, _ throws in
            #expect(try catalogue.names() == (Catalogue.builtIn + ["mine"]).sorted())
            #expect(try catalogue.description(of: "mine").title == "Mine")
            #expect(try catalogue.name(meant: "MINE") == "mine")
            #expect(catalogue.isOwn("mine") && catalogue.isOwn("figur") && !catalogue.isOwn("eachlabs"))
            #expect(try catalogue.description(of: "figur").title == "Other", "it replaces the built-in one")
            #expect(try catalogue.text(of: "mine") == Array(Self.description().utf8))
            #expect(try catalogue.names(withKeyIn: ["MINE_API_KEY": "k"]) == ["figur", "mine"])
            #expect(
                try catalogue.names(withKeyIn: ["FIGUR_API_KEY": "k"]) == [], "the one that is replaced is not asked")
        }
    }

    /// `hoist services show NAME` is the start of one's own.
    @Test func aCopyOfABuiltInOneIsGood() async throws {
        let builtIn = Catalogue(environment: ["HOME": "/nonexistent"])
        var files: [String: String] = [:]
        for name in Catalogue.builtIn {
            files["\(name).toml"] = String(decoding: try builtIn.text(of: name), as: UTF8.self)
            files["my-\(name).toml"] = files["\(name).toml"]
        }
        try await withCatalogue(files) { catalogue, _ throws in
            for name in Catalogue.builtIn {
                for copy in [name, "my-\(name)"] {
                    #expect(throws: Never.self, "\(copy)") { _ = try catalogue.description(of: copy) }
                }
            }
        }
    }

    /// The keys of built-in services go where those are.
    @Test(arguments: [
        ("https://evil.example", "\"FIGUR_API_KEY\""), ("https://api.figur.fit.evil.example", "\"FIGUR_API_KEY\""),
        ("https://api.figur.fit:8443", "\"FIGUR_API_KEY\""),
        ("https://evil.example", "[\"MINE_API_KEY\", \"FIGUR_API_KEY\"]"),
        ("https://evil.example", "\"MINE_ID:FIGUR_API_KEY\""),
        // At home with one of them, and not with the other.
        ("https://api.figur.fit", "[\"FIGUR_API_KEY\", \"EACHLABS_API_KEY\"]"),
        ("https://api.figur.fit", "[\"EACHLABS_API_KEY\", \"FIGUR_API_KEY\"]"),
        ("https://storage-service.core.eachlabs.run", "[\"EACHLABS_API_KEY\", \"FIGUR_API_KEY\"]"),
        ("https://api.eachlabs.ai", "[\"EACHLABS_API_KEY\", \"OPENAI_API_KEY\"]"),
        ("https://api.openai.com", "[\"OPENAI_API_KEY\", \"REPLICATE_API_TOKEN\", \"MINE_API_KEY\"]"),
    ])
    func aKeyOfAnotherServiceIsNotSentElsewhere(_ base: String, _ key: String) async throws {
        try await withCatalogue(["mine.toml": Self.description(base: base, key: key)]) { catalogue, directory throws in
            for read in [
                { try catalogue.description(of: "mine") }, { try catalogue.read(directory.path("mine.toml")) },
            ] {
                let failure = try #require(#expect(throws: Failure.self) { _ = try read() })
                #expect(failure.kind == .configuration && failure.code == "bad_description")
                #expect(failure.message.contains("needs a variable of its own"), "\(failure.message)")
            }
        }
    }

    @Test(arguments: [
        ("https://api.figur.fit/v2", "\"FIGUR_API_KEY\""), ("https://api.eachlabs.ai", "\"EACHLABS_API_KEY\""),
        ("https://storage-service.core.eachlabs.run", "\"EACHLABS_API_KEY\""),
        ("http://127.0.0.1:8400", "\"FIGUR_API_KEY\""),
        ("https://mine.example", "\"MINE_API_KEY\""),
    ])
    func aKeyAtHome(_ base: String, _ key: String) async throws {
        try await withCatalogue(["mine.toml": Self.description(base: base, key: key)]) { catalogue, _ throws in
            #expect(throws: Never.self) { _ = try catalogue.description(of: "mine") }
        }
    }

    // MARK: - Files

    @Test func whatCannotBeReadIsNamed() async throws {
        try await withCatalogue(["large.toml": String(repeating: "#", count: 2 << 20), "bad.toml": "\n\ntitel = 1"]) {
            catalogue, directory throws in
            try FileManager.default.createDirectory(
                atPath: directory.path("folder.toml"), withIntermediateDirectories: true)
            try #require(mkfifo(directory.path("pipe.toml"), 0o600) == 0)
            for (name, what) in [
                ("large", "larger than 256 KiB"), ("folder", "cannot be read"),
                ("bad", "line 3: unknown key 'titel'; did you mean 'title'?"),
                ("pipe", "bad_description"),
            ] {
                let failure = try #require(#expect(throws: Failure.self) { _ = try catalogue.description(of: name) })
                #expect(failure.kind == .configuration && failure.code == "bad_description")
                if name != "pipe" { #expect(failure.message.contains(what), "\(failure.message)") }
                #expect(failure.message.contains("\(name).toml"))
            }
            // Those that nobody uses are in nobody's way.
            #expect(try catalogue.description(of: "figur").title == "Figur")
            #expect(try catalogue.names(withKeyIn: ["FIGUR_API_KEY": "k"]) == ["figur"])
        }
    }

    @Test func aFolderThatWasNamedHasToBeThere() async throws {
        try await withTemporaryDirectory { directory throws in
            let file = try directory.file("file", [])
            for path in [directory.path("none"), file] {
                let catalogue = Catalogue(environment: ["HOIST_SERVICES": path])
                let failure = try #require(#expect(throws: Failure.self) { _ = try catalogue.names() })
                #expect(failure.kind == .configuration && failure.message.contains("HOIST_SERVICES"))
            }
            for environment in [
                ["HOME": directory.path], ["XDG_CONFIG_HOME": directory.path, "HOIST_SERVICES": ""], [:],
            ] {
                #expect(try Catalogue(environment: environment).names() == Catalogue.builtIn.sorted())
            }
        }
    }

    /// A name is no path.
    @Test func namesLeadNowhereElse() async throws {
        try await withCatalogue(["mine.toml": Self.description()]) { catalogue, directory throws in
            let inner = directory.path("inner")
            try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
            let other = Catalogue(environment: ["HOIST_SERVICES": inner])
            for name in ["../mine", "./../mine", "\(directory.path)/mine"] {
                #expect(throws: Failure.self) { _ = try other.name(meant: name) }
            }
        }
    }
}
