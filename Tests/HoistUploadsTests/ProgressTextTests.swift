import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles
@testable import HoistTransport
@testable import HoistUploads

/// How far a run has got, in words.
@Suite struct ProgressTextTests {
    private static let start = ContinuousClock.now

    private static func text(_ inputs: Int, _ bytes: Int64, isFinal: Bool = true) -> ProgressText {
        ProgressText(InputTotal(inputs: inputs, bytes: bytes, isFinal: isFinal), start: start)
    }

    private static func file(_ name: String, sent: Int64, of total: Int64) -> FileProgress {
        let file = FileProgress(name: name)
        file.expect(total)
        file.report(sent)
        return file
    }

    private static func snapshot(
        finished: Int, bytes: Int64, running: [FileProgress] = []
    ) -> ProgressBoard.Snapshot {
        ProgressBoard.Snapshot(finished: finished, finishedBytes: bytes, resumedBytes: 0, running: running)
    }

    @Test func bytesCountWhereThereAreAny() {
        let text = Self.text(4, 1000)
        #expect(text.fraction(of: Self.snapshot(finished: 1, bytes: 100)) == 0.1)
        let running = [Self.file("a", sent: 150, of: 300), Self.file("b", sent: 900, of: 250)]
        #expect(text.fraction(of: Self.snapshot(finished: 1, bytes: 100, running: running)) == 0.5)
        #expect(Self.text(4, 0).fraction(of: Self.snapshot(finished: 1, bytes: 0)) == 0.25)
    }

    /// What grew meanwhile, or came from a pipe, was not counted beforehand.
    @Test func onlyTheEndIsTheWhole() {
        let text = Self.text(2, 1000)
        #expect(text.fraction(of: Self.snapshot(finished: 1, bytes: 5000)) < 1)
        #expect(text.fraction(of: Self.snapshot(finished: 2, bytes: 10)) == 1)
        #expect(Self.text(0, 0).fraction(of: Self.snapshot(finished: 0, bytes: 0)) == 1)
    }

    @Test func aLineForALog() {
        var text = Self.text(24, 4_000_000)
        let line = text.line(for: Self.snapshot(finished: 12, bytes: 2_000_000), at: Self.start + .seconds(4))
        #expect(line == "50 % -- 12 of 24 done, 2.0 MB of 4.0 MB, 500.0 kB/s, 0:04 left")
    }

    @Test func oneFileHasOneBar() {
        var text = Self.text(1, 1000)
        let file = Self.file("clip.mp4", sent: 500, of: 1000)
        let snapshot = Self.snapshot(finished: 0, bytes: 0, running: [file])
        func lines(_ columns: Int) -> [String] {
            text.lines(for: snapshot, columns: columns, rows: 24, colour: false, at: Self.start + .seconds(1))
        }
        #expect(lines(80) == ["clip.mp4  [##########----------] 500 B of 1.0 kB, 500 B/s, 0:01 left"])
        for columns in [1, 20, 40, 60] {
            #expect(lines(columns).count == 1 && lines(columns)[0].count < max(2, columns))
        }
    }

    /// The bytes are there; what the service makes of them is what there is to say.
    @Test func waitingSaysWhatTheServiceSaidLast() {
        var text = Self.text(2, 1000)
        let file = Self.file("clip.mp4", sent: 500, of: 500)
        file.isProcessed("TRANSCODING")
        let snapshot = Self.snapshot(finished: 0, bytes: 0, running: [file, Self.file("b", sent: 1, of: 500)])
        let lines = text.lines(for: snapshot, columns: 80, rows: 24, colour: false, at: Self.start + .seconds(1))
        #expect(lines.count == 3 && lines[0].contains("clip.mp4") && lines[0].hasSuffix("processing (TRANSCODING)"))
        #expect(!lines[0].contains("["))
        var only = Self.text(1, 500)
        let alone = Self.snapshot(finished: 0, bytes: 0, running: [file])
        #expect(
            only.lines(for: alone, columns: 80, rows: 24, colour: false, at: Self.start + .seconds(1))
                .map { $0.hasSuffix("processing (TRANSCODING)") } == [true])
    }

    /// While more are found, nobody knows what a part of them is.
    @Test func aLineWhileMoreAreFound() {
        var text = Self.text(24, 4_000_000, isFinal: false)
        let snapshot = Self.snapshot(finished: 24, bytes: 4_000_000)
        #expect(text.fraction(of: snapshot) == 0)
        let line = text.line(for: snapshot, at: Self.start + .seconds(4))
        #expect(line == "24 of 24 found so far done, 4.0 MB of 4.0 MB, 1.0 MB/s")
        text.expect(InputTotal(inputs: 48, bytes: 8_000_000, isFinal: true))
        #expect(text.line(for: snapshot, at: Self.start + .seconds(8)).hasPrefix("50 % -- 24 of 48 done, "))
    }

    /// A pipe of 5 MB and a file of 1 MB: more than was counted beforehand is not more than the whole.
    @Test func noMoreIsDoneThanThereIs() {
        var text = Self.text(3, 1_000_000)
        let line = text.line(for: Self.snapshot(finished: 2, bytes: 6_000_000), at: Self.start + .seconds(4))
        #expect(line.hasPrefix("99 % -- 2 of 3 done, 6.0 MB of 6.0 MB, "))
    }

    /// Sparse files have sizes that do not fit into a sum, and the first moment is short.
    @Test func anySizesCanBeTold() {
        var text = Self.text(3, .max)
        let running = [Self.file("a", sent: .max, of: .max), Self.file("b", sent: 1, of: 2)]
        let snapshot = Self.snapshot(finished: 1, bytes: .max, running: running)
        _ = text.lines(for: snapshot, columns: 80, rows: 24, colour: false, at: Self.start + .nanoseconds(1))
        let board = ProgressBoard()
        var summary = RunSummary()
        var record = Record(.file("a"), service: "eachlabs")
        record.bytes = .max
        for _ in 0..<2 {
            board.skip(record)
            summary.count(record)
        }
        #expect(board.snapshot.finished == 2 && board.snapshot.finishedBytes == .max)
        #expect(summary.text(isSending: true).contains("TB"))
    }

    /// The rate is that of this run, also where an earlier run's upload was waited for.
    @Test func whatAnEarlierRunSentHasNotGoneNow() throws {
        let json = try #require(JSONValue(parsing: Array(#"{"bytes":5,"service":"eachlabs"}"#.utf8)))
        let record = try #require(Record(resuming: json, as: InputPath(bytes: "a".utf8)))
        let board = ProgressBoard()
        board.end(board.begin("a"), record)
        #expect(board.snapshot.resumedBytes == 5)
    }

    @Test func theRateFollowsTheLastSeconds() {
        var text = Self.text(2, 100_000_000)
        var now = Self.start
        var bytes: Int64 = 0
        for step in 1...600 {
            now += .milliseconds(100)
            bytes += step <= 300 ? 100_000 : 10_000
            _ = text.line(for: Self.snapshot(finished: 1, bytes: bytes), at: now)
        }
        let line = text.line(for: Self.snapshot(finished: 1, bytes: bytes), at: now + .milliseconds(100))
        let rate = line.firstMatch(of: #/(\d+)\.\d kB/s/#).flatMap { Int($0.1) } ?? 0
        #expect((95...110).contains(rate), "\(line)")
    }

    @Test(arguments: [1, 10, 20, 40, 80, 200], [1, 2, 5, 30])
    func linesFitTheTerminal(columns: Int, rows: Int) {
        var text = Self.text(100, 1 << 40)
        let running = (0..<20).map {
            Self.file(String(repeating: "写真", count: $0 * 3) + "\u{1B}[2J\n", sent: 1 << 30, of: 1 << 32)
        }
        let lines = text.lines(
            for: Self.snapshot(finished: 1, bytes: 5, running: running), columns: columns, rows: rows, colour: false,
            at: Self.start + .seconds(1))
        #expect(lines.count == min(20, max(0, rows - 2)) + 1)
        for line in lines {
            #expect(TerminalText.width(of: line) <= max(1, columns - 1))
            let isSafe = line == line.safeForTerminal
            #expect(isSafe)
        }
    }

    @Test func nothingIsColouredUnlessAskedFor() {
        var text = Self.text(1, 10)
        let snapshot = Self.snapshot(finished: 0, bytes: 0)
        #expect(text.lines(for: snapshot, columns: 80, rows: 24, colour: false).last?.contains("\u{1B}") == false)
        #expect(text.lines(for: snapshot, columns: 80, rows: 24, colour: true).last?.hasPrefix("\u{1B}[1m") == true)
    }

    @Test func theSummaryCountsEachKindOnce() {
        var summary = RunSummary()
        var done = Record(.file("a"), service: "figur")
        done.bytes = 2000
        summary.count(done)
        summary.count(done.repeated(as: InputPath(bytes: "b".utf8)))
        done.isResumed = true
        summary.count(done)
        summary.count(Record(.file("c"), service: "figur", failure: Failure(.temporary, code: "x", "y")))
        summary.count(Record(.file("d"), service: "figur", failure: .notAttempted("z")))
        #expect(
            summary.text(isSending: true).hasPrefix("2 done, 1 done before, 1 failed, 1 not attempted, 2.0 kB in "))
        #expect(!summary.text(isSending: false).contains("kB"))
        #expect(summary.failures == [.temporary])
    }
}
