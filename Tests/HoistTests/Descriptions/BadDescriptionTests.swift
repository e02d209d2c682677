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

    @Test func theTableHasAtLeast50RowsOfDifferentNames() {
        let names = Self.rows.map(\.name)
        #expect(names.count >= 50)
        #expect(Set(names).count == names.count, "\(Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys)")
    }

    @Test func everyBadDescriptionEndsAsTheTableSays() async throws {
        let wanted = ProcessInfo.processInfo.environment["HOIST_DESCRIPTION_ROWS"] ?? ""
        let rows = Self.rows.filter { wanted.isEmpty || $0.name.contains(wanted) }
        try #require(!rows.isEmpty)
        try await run(rows)
    }
}
