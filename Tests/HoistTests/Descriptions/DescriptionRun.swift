import Foundation
import TestSupport
import Testing

/// A row that was run: what hoist said, and what came where.
struct DescriptionRun: Sendable {
    let row: DescriptionRow
    let run: Run
    let requests: [RecordingServer.Request]

    var toService: [RecordingServer.Request] { requests.filter { $0.role == "service" } }
    var toOthers: [RecordingServer.Request] { requests.filter { $0.role != "service" } }

    /// What is not as the row says, or as it always has to be.
    var problems: [String] {
        var problems: [String] = []
        if run.exit != .code(row.exit) { problems.append("\(run.exit), not \(row.exit)") }
        if !row.says.isEmpty, !run.errorLines.contains(where: { line in row.says.allSatisfy(line.contains) }) {
            problems.append("no line says \(row.says)")
        }
        if let lines = row.lines, run.errorLines.count != lines {
            problems.append("\(run.errorLines.count) lines on stderr, not \(lines)")
        }
        if let wanted = row.requests, toService.count != wanted {
            problems.append("\(toService.count) requests, not \(wanted)")
        }
        for (name, text) in [("stdout", run.output), ("stderr", run.errors)] {
            problems += row.hides.filter(text.contains).map { "\(name) has \($0)" }
            problems += Self.keyTraces(in: text).map { "\(name) has the key: \($0)" }
            let controls = text.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
            if !controls.isEmpty { problems.append("\(name) has control characters") }
        }
        for request in toOthers {
            problems += Self.keyTraces(in: request.text).map { "\(request.place) has got the key: \($0)" }
        }
        guard !problems.isEmpty else { return [] }
        let came = requests.map { "\($0.place) \($0.line)" }
        return problems + ["stdout: \(run.output.prefix(1000))", "stderr: \(run.errors.prefix(2000))", "\(came)"]
    }

    static func keyTraces(in text: String) -> [String] {
        let lowered = text.lowercased()
        return HostileKey.traces.filter(lowered.contains)
    }

    /// Runs the row as scenario `name`, in a directory of that name.
    ///
    /// - Parameter base: the service's base URL, where it is not the server's own port.
    static func run(
        _ row: DescriptionRow, name: String, in parent: TemporaryDirectory, _ server: RecordingServer,
        base: String? = nil
    ) async throws -> Run {
        let directory = parent.path(name)
        let services = directory + "/services"
        try FileManager.default.createDirectory(atPath: services, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: Media.shot, toPath: directory + "/shot.png")
        func filled(_ text: String) -> String {
            var text = text.replacing("@BASE", with: base ?? "http://127.0.0.1:@PORT/@NAME")
            text = text.replacing("@NAME", with: name).replacing("@DIR", with: directory)
            for (word, port) in server.ports { text = text.replacing("@\(word)", with: "\(port)") }
            return text
        }
        try filled(row.description).write(toFile: services + "/mine.toml", atomically: false, encoding: .utf8)
        if let line = row.prepare {
            let made = try await Command("bash", ["-ec", filled(line)], workingDirectory: directory).run()
            guard made.exit == .code(0) else { throw RecordingServer.Failure(description: made.errors) }
        }
        var variables: [String: String?] = [
            "MINE_API_KEY": HostileKey.text, "HOIST_SERVICES": services,
            "XDG_CONFIG_HOME": directory + "/configuration",
        ]
        variables.merge(row.environment) { _, change in change }
        let limited = ["-c", #"ulimit -t "$0"; exec "$@""#, "\(row.cpuSeconds)", try Binaries.hoist]
        let command = Command(
            "bash", limited + row.arguments.map(filled), environment: variables.compactMapValues { $0.map(filled) },
            workingDirectory: directory, timeLimit: .seconds(60))
        return Run(try await command.run())
    }

    private static let rowsAtATime = 4

    /// Runs the rows, which are the server's scenarios, in directories of their own.
    static func all(
        _ rows: [DescriptionRow], in directory: TemporaryDirectory, _ server: RecordingServer, base: String? = nil
    ) async throws -> [DescriptionRun] {
        let runs = try await withThrowingTaskGroup(of: (Int, Run).self) { group in
            var runs: [Int: Run] = [:]
            for (number, row) in rows.enumerated() {
                if number >= rowsAtATime, let (number, run) = try await group.next() { runs[number] = run }
                group.addTask { (number, try await run(row, name: "r\(number)", in: directory, server, base: base)) }
            }
            for try await (number, run) in group { runs[number] = run }
            return runs
        }
        let requests = try await server.requests()
        return try rows.enumerated().map { number, row in
            let own = (requests["r\(number)"] ?? []) + (requests[""] ?? [])
            return DescriptionRun(row: row, run: try #require(runs[number]), requests: own)
        }
    }
}

/// Runs rows with a server of their own.
func runUnchecked(_ rows: [DescriptionRow]) async throws -> [DescriptionRun] {
    try await withTemporaryDirectory { directory in
        try await withRecordingServer(rows) { try await DescriptionRun.all(rows, in: directory, $0) }
    }
}

/// Runs rows with a server of their own, and records what is wrong with them.
@discardableResult
func run(_ rows: [DescriptionRow], sourceLocation: SourceLocation = #_sourceLocation) async throws -> [DescriptionRun] {
    let results = try await runUnchecked(rows)
    for result in results { result.expectNoProblems(sourceLocation) }
    return results
}

@discardableResult
func run(_ row: DescriptionRow, sourceLocation: SourceLocation = #_sourceLocation) async throws -> DescriptionRun {
    try #require(try await run([row], sourceLocation: sourceLocation).first)
}

extension DescriptionRun {
    func expectNoProblems(_ sourceLocation: SourceLocation = #_sourceLocation) {
        let problems = problems
        #expect(problems.isEmpty, "\(row.name): \(problems.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
}
