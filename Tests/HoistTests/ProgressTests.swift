import Foundation
import TestSupport
import Testing

/// What is said on standard error while the work goes on, and at its end.
@Suite struct ProgressTests {
    private static let several = [Media.shot, Media.photo, Media.picture]
    /// Slow enough for a line at each quarter: the three files are 7 kB.
    private static let slowly = ["--limit-rate", "3K", "--jobs", "1"]

    @Test func aLogGetsALineAtEachQuarterAndASummary() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["upload", "--to", "figur"] + Self.slowly + Self.several)
            #expect(run.exit == .code(0))
            let percentages = run.errorLines.compactMap { line in
                line.firstMatch(of: #/^hoist: (\d+) % -- \d of 3 done, /#).flatMap { Int($0.1) }
            }
            #expect(percentages.count >= 1 && percentages.count <= 4)
            #expect(percentages == percentages.sorted())
            let summary = try #require(run.errorLines.last)
            #expect(summary.contains(#/^hoist: 3 done, 0 failed, \d+\.\d kB in [\d.]+ s \(.*/s\)$/#))
            #expect(run.errorLines.count == percentages.count + 1)
        }
    }

    @Test(arguments: [["--progress", "none"], ["--quiet"]])
    func silenceIsKept(flags: [String]) async throws {
        try await withHoist { hoist in
            let run = try await hoist.run(["upload", "--to", "figur"] + flags + Self.several)
            #expect(run.exit == .code(0))
            #expect(run.errors.isEmpty)
        }
    }

    @Test func oneSmallFileSaysNothingUnlessAsked() async throws {
        try await withHoist { hoist in
            let silent = try await hoist.upload(Media.shot, "--to", "figur")
            #expect(silent.errors.isEmpty)
            let asked = try await hoist.upload(Media.shot, "--to", "figur", "--progress", "plain")
            #expect(asked.errorLines.last?.hasPrefix("hoist: 1 done, 0 failed, 5.3 kB in ") == true)
        }
    }

    @Test func theSummaryCountsWhatFailedAndWhatWasNotBegun() async throws {
        try await withHoist { hoist in
            let run = try await hoist.run([
                "upload", "--to", "figur", "--jobs", "1", "--fail-fast", Media.shot, "/nonexistent", Media.photo,
                Media.picture,
            ])
            #expect(run.exit == .code(66))
            #expect(run.errors.contains("hoist: 1 done, 1 failed, 2 not attempted, "))
            #expect(run.errorLines.filter { $0.contains("not attempted") }.count == 1)
        }
    }

    @Test func aTerminalGetsABarThatIsGoneAtTheEnd() async throws {
        try await withHoist { hoist in
            let run = try await onTerminal(hoist, columns: 60, rows: 10)
            // Up to the first of the lines, and all from there on cleared.
            #expect(run.contains("\u{1B}[1A\u{1B}[J"))
            #expect(run.contains("[##"))
            #expect(run.contains("\u{1B}[1m"))
            for text in run.components(separatedBy: "\u{1B}[J").dropFirst() {
                for line in text.split(whereSeparator: \.isNewline)
                where line.contains("[#") || line.contains(" done, ") {
                    let plain = line.replacing(#/\u{1B}\[\d*[A-Za-z]/#, with: "")
                    #expect(plain.count < 80, "\(plain)")
                }
            }
            // After the last redrawing nothing but whole lines: the records and the summary.
            let end = try #require(run.components(separatedBy: "\u{1B}[J").last)
            #expect(end.contains("3 done, 0 failed"))
            #expect(!end.contains("[#"))
        }
    }

    @Test(arguments: [(["NO_COLOR": "1"], true), (["TERM": "dumb"], false)])
    func terminalsSayWhatTheyWant(changes: [String: String], hasBar: Bool) async throws {
        try await withHoist { hoist in
            let run = try await onTerminal(hoist, columns: 60, rows: 10, changes)
            #expect(!run.contains("\u{1B}[1m"))
            #expect(run.contains("\u{1B}[J") == hasBar)
            #expect(run.contains("3 done, 0 failed"))
        }
    }

    @Test(arguments: [(20, 2), (1, 1), (500, 100)])
    func noSizeOfATerminalIsTooSmall(columns: Int, rows: Int) async throws {
        try await withHoist { hoist in
            let run = try await onTerminal(hoist, columns: columns, rows: rows)
            #expect(run.contains("upload_key") || run.contains("inputs/"))
        }
    }

    /// What a pseudo-terminal of that size is sent.
    private func onTerminal(
        _ hoist: Hoist, columns: Int, rows: Int, _ changes: [String: String] = [:]
    ) async throws -> String {
        let arguments = (["upload", "--to", "figur"] + Self.slowly + Self.several).map { "'\($0)'" }
        let line = "stty cols \(columns) rows \(rows); exec \(try Binaries.hoist) \(arguments.joined(separator: " "))"
        let environment = hoist.environment.merging(["TERM": "xterm"]) { $1 }.merging(changes) { $1 }
        let finished = try await Command("script", ["-qec", line, "/dev/null"], environment: environment).run()
        #expect(finished.exit == .code(0))
        return finished.output
    }
}
