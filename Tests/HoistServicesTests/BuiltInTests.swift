import Testing

@testable import HoistCore
@testable import HoistServices

/// The descriptions that come with the program.
@Suite struct BuiltInTests {
    private static let verbs = [
        "assemblyai": ["upload"],
        "cloudflare-images": ["upload", "delete"],
        "cloudflare-stream": ["upload", "status", "delete"],
        "eachlabs": ["upload", "presign", "status"],
        "eachlabs-v1": ["upload", "presign", "delete"],
        "elevenlabs-music": ["upload"],
        "fal": ["upload", "presign"],
        "figur": ["upload"],
        "gemini": ["upload", "status", "delete"],
        "heygen": ["upload", "delete"],
        "heygen-direct": ["upload", "status", "delete"],
        "higgsfield": ["upload", "presign"],
        "krea": ["upload"],
        "leonardo": ["upload", "delete"],
        "mux": ["upload", "presign", "status", "delete"],
        "openai": ["upload", "delete"],
        "replicate": ["upload", "delete"],
        "runway": ["upload"],
        "vidu": ["upload"],
        "wavespeed": ["upload", "presign"],
    ]

    private static let catalogue = Catalogue(environment: ["HOME": "/nonexistent"])

    @Test func thereAreTheseAndNoOthers() throws {
        #expect(Catalogue.builtIn.sorted() == Self.verbs.keys.sorted())
        #expect(try Self.catalogue.names() == Self.verbs.keys.sorted())
    }

    @Test(arguments: verbs.keys.sorted())
    func eachIsComplete(_ name: String) throws {
        let description = try Self.catalogue.description(of: name)
        #expect(description.name == name)
        #expect(description.verbs == Self.verbs[name])
        #expect(!description.title.isEmpty)
        #expect(description.docs?.hasPrefix("https://") == true)
        // Of when it is: vendors change their minds.
        #expect(description.source?.contains(#/20\d\d-\d\d-\d\d/#) == true)
        #expect(description.baseURL.scheme == "https" && !description.baseURL.isLoopback)
        #expect(description.key != nil)
        #expect(!description.handles.isEmpty)
        for setting in description.settings where setting.isRequired {
            #expect(setting.help != nil, "whoever has to give \(setting.name) wants to know what it is")
        }
        #expect(!Self.catalogue.isOwn(name))
    }

    /// Titles and names are what people type.
    @Test func eachIsFoundByItsTitle() throws {
        for name in Catalogue.builtIn {
            let title = try Self.catalogue.description(of: name).title
            #expect(try Self.catalogue.name(meant: title) == name)
            #expect(try Self.catalogue.name(meant: name.uppercased()) == name)
        }
    }

    /// The key of a service goes to one place: those that share a variable are of one vendor.
    @Test func keysAreNotSharedBetweenVendors() throws {
        var owners: [String: Set<String>] = [:]
        for name in Catalogue.builtIn {
            let description = try Self.catalogue.description(of: name)
            let host = description.baseURL.host.split(separator: ".").suffix(2).joined(separator: ".")
            for variable in description.key?.names ?? [] { owners[variable, default: []].insert(host) }
        }
        let shared = owners.filter { $0.value.count > 1 }
        #expect(shared == ["EACHLABS_API_KEY": ["eachlabs.run", "eachlabs.ai"]])
    }

    /// What the catalogue reads of a file without reading all of it has to be what is in it.
    @Test func keysAreFoundWithoutReadingTheRest() throws {
        for name in Catalogue.builtIn {
            for choice in try #require(Self.catalogue.description(of: name).key).choices {
                let environment = Dictionary(uniqueKeysWithValues: choice.names.map { ($0, "k") })
                #expect(try Self.catalogue.names(withKeyIn: environment).contains(name))
            }
        }
        #expect(try Self.catalogue.names(withKeyIn: ["PATH": "k", "key_env": "k"]).isEmpty)
    }

    @Test(arguments: ["fgur", "", "../figur.toml/x", "\u{1B}[2J", "figur2"])
    func unknownNames(_ name: String) throws {
        let failure = try #require(#expect(throws: Failure.self) { _ = try Self.catalogue.name(meant: name) })
        #expect(failure.kind == .usage && failure.code == "no_service")
        #expect(!failure.message.contains("\u{1B}"))
        if name == "fgur" { #expect(failure.message.contains("did you mean 'figur'?")) }
    }
}
