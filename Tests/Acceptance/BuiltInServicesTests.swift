import Foundation
import TestSupport
import Testing

/// Every built-in service, spoken to by `hoist` as its maker publishes it: an independent stand-in takes nothing else.
@Suite(.printingServices) struct BuiltInServicesTests {
    @Test(arguments: BuiltInService.all)
    func isSpokenToAsItsMakerPublishes(service: BuiltInService) async throws {
        try await StandIns.withAll { standIns in
            try await withTemporaryDirectory { directory in
                let trial = try ServiceTrial(service, standIns, in: directory)
                try await trial.uploads()
                try await trial.settings()
                try await trial.refusals()
                try await trial.wrongKey()
                try await trial.status()
                try await trial.delete()
                try await trial.presignAndPut()
            }
        }
        ServiceTable.tried.withLock { _ = $0.insert(service.name) }
    }

    private struct Line: Decodable {
        let name: String
        let verbs: [String]
    }

    /// What is built in is tested, and has the verbs that are tested.
    @Test func allOfThemAreTested() async throws {
        let listed = try await Command(try Binaries.hoist, ["services", "--json"]).run()
        let lines = try listed.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        let verbs = Dictionary(uniqueKeysWithValues: lines.map { ($0.name, Set($0.verbs)) })
        #expect(Set(verbs.keys) == Set(BuiltInService.all.map(\.name)))
        for service in BuiltInService.all { #expect(verbs[service.name] == service.verbs, "\(service.name)") }
    }

    @Test func theDocumentHasTheirTable() throws {
        let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
        let document = try String(contentsOf: root.appending(path: "docs/services.md"), encoding: .utf8)
        let table = ServiceTable.text(of: BuiltInService.all)
        #expect(
            document.contains(table),
            "put this table into Tests/Acceptance/Programs/services/checked.md and run Scripts/generate:\n\(table)")
    }
}
