import Foundation
import TestSupport
import Testing

/// The table of bad servers and inputs: how hoist ends with each, what it says and how long that takes.
///
/// `HOIST_HOSTILE_ROWS` runs only the rows with that text in their names; with `HOIST_TABLES_DIR` the table is written to
/// `hostile.md` there.
@Suite struct HostileTableTests {
    struct Topic: Sendable {
        let title: String
        let rows: [HostileRow]
    }

    private static let topics = [
        Topic(title: "Replies before the body is sent", rows: HostileRow.earlyReplies),
        Topic(title: "Replies that are cut", rows: HostileRow.cutReplies),
        Topic(title: "Replies that are no HTTP, or odd HTTP", rows: HostileRow.oddReplies),
        Topic(title: "Headers", rows: HostileRow.headers),
        Topic(title: "Redirects", rows: HostileRow.redirects),
        Topic(title: "Slow and silent servers", rows: HostileRow.slowServers),
        Topic(title: "Retry-After", rows: HostileRow.retryAfter),
        Topic(title: "JSON", rows: HostileRow.json),
        Topic(title: "Errors of the services", rows: HostileRow.serviceErrors),
        Topic(title: "Keys that come back", rows: HostileRow.echoes),
        Topic(title: "Presigned replies", rows: HostileRow.presignedReplies),
        Topic(title: "Presigned URLs by their own account", rows: HostileRow.expiries),
        Topic(title: "Storage", rows: HostileRow.storageReplies),
        Topic(title: "Journals", rows: HostileRow.journals),
        Topic(title: "Keys and configuration", rows: HostileRow.configuration),
        Topic(title: "Lists of paths", rows: HostileRow.pathLists),
        Topic(title: "Files", rows: HostileRow.files),
        Topic(title: "Files that change while they are sent", rows: HostileRow.changingFiles),
        Topic(title: "Command lines", rows: HostileRow.commandLines),
    ]

    /// More wait than work.
    private static let rowsAtATime = 6

    @Test func theTableHasAtLeast120RowsOfDifferentNames() {
        let names = Self.topics.flatMap(\.rows).map(\.name)
        #expect(names.count >= 120)
        #expect(Set(names).count == names.count, "\(Dictionary(grouping: names) { $0 }.filter { $1.count > 1 }.keys)")
    }

    @Test func everyBadServerAndInputEndsAsTheTableSays() async throws {
        let wanted = ProcessInfo.processInfo.environment["HOIST_HOSTILE_ROWS"] ?? ""
        let rows = Self.topics.flatMap(\.rows).filter { wanted.isEmpty || $0.name.contains(wanted) }
        try #require(!rows.isEmpty)
        let results = try await withTemporaryDirectory { directory in
            let places = try rows.enumerated().map { try HostilePlace($1, number: $0, in: directory) }
            return try await withHostileServer(places) { server in
                try await Self.run(places, on: server)
            }
        }
        for result in results where !result.problems.isEmpty {
            Issue.record("\(result.row.name): \(result.problems.joined(separator: "\n"))")
        }
        if let directory = ProcessInfo.processInfo.environment["HOIST_TABLES_DIR"] {
            try Self.table(of: results).write(toFile: "\(directory)/hostile.md", atomically: true, encoding: .utf8)
        }
    }

    /// The results in the rows' order.
    private static func run(_ places: [HostilePlace], on server: HostileServer) async throws -> [HostileResult] {
        try await withThrowingTaskGroup(of: (Int, HostileResult).self) { group in
            var results = [HostileResult?](repeating: nil, count: places.count)
            for (index, place) in places.enumerated() {
                if index >= rowsAtATime, let (index, result) = try await group.next() { results[index] = result }
                group.addTask { (index, try await place.result(from: server)) }
            }
            for try await (index, result) in group { results[index] = result }
            return results.compactMap(\.self)
        }
    }

    private static func table(of results: [HostileResult]) -> String {
        let byName = Dictionary(results.map { ($0.row.name, $0) }) { first, _ in first }
        return topics.map { topic in
            let rows = topic.rows.compactMap { byName[$0.name] }.map { result in
                "| \(cell(result.row.name)) | \(result.exit) | \(result.milliseconds) | \(cell(result.line)) |"
            }
            return (["### \(topic.title)", "", "| what | exit | ms | line |", "|---|--:|--:|---|"] + rows)
                .joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private static func cell(_ text: String) -> String {
        let short = text.count > 240 ? "\(text.prefix(240))…" : text
        return short.replacing("|", with: "\\|").replacing("<", with: "&lt;")
    }
}
