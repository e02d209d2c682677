import Foundation
import TestSupport
import Testing

/// The table of descriptions, replies, keys and values that are wrong: one clear line that says where, and nothing sent
/// where that can be told before.
///
/// `HOIST_DESCRIPTION_ROWS` runs only the rows with that text in their names.
@Suite struct BadDescriptionTests {
    private static let rows =
        DescriptionRow.unknownKeys + DescriptionRow.missingKeys + DescriptionRow.wrongTypes + DescriptionRow.templates
        + DescriptionRow.urls + DescriptionRow.settings + DescriptionRow.replies + DescriptionRow.keys
        + DescriptionRow.values + DescriptionRow.files

    private static let rowsAtATime = 4

    @Test func theTableHasAtLeast50RowsOfDifferentNames() {
        let names = Self.rows.map(\.name)
        #expect(names.count >= 50)
        #expect(Set(names).count == names.count, "\(Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys)")
    }

    @Test func everyBadDescriptionEndsAsTheTableSays() async throws {
        let wanted = ProcessInfo.processInfo.environment["HOIST_DESCRIPTION_ROWS"] ?? ""
        let rows = Self.rows.enumerated().filter { wanted.isEmpty || $1.name.contains(wanted) }
        try #require(!rows.isEmpty)
        let (runs, requests) = try await withTemporaryDirectory { directory in
            try await withRecordingServer(Self.rows) { server in
                let rows = Self.rows.enumerated().filter { wanted.isEmpty || $1.name.contains(wanted) }
                return (try await Self.run(rows, in: directory, server), try await server.requests())
            }
        }
        for (number, row) in rows {
            let run = try #require(runs[number])
            let problems = DescriptionRun(row: row, run: run, requests: requests["r\(number)"] ?? []).problems
            if !problems.isEmpty { Issue.record("\(row.name): \(problems.joined(separator: "\n"))") }
        }
        #expect(requests[""]?.map(\.line) == nil)
    }

    /// What became of each, by its number.
    private static func run(
        _ rows: [(offset: Int, element: DescriptionRow)], in directory: TemporaryDirectory, _ server: RecordingServer
    ) async throws -> [Int: Run] {
        try await withThrowingTaskGroup(of: (Int, Run).self) { group in
            var results: [Int: Run] = [:]
            for (index, (number, row)) in rows.enumerated() {
                if index >= rowsAtATime, let (number, run) = try await group.next() { results[number] = run }
                group.addTask { (number, try await DescriptionRun.run(row, name: "r\(number)", in: directory, server)) }
            }
            for try await (number, run) in group { results[number] = run }
            return results
        }
    }
}
