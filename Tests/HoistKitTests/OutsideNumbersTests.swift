import Testing

@testable import HoistKit

/// Numbers that come from outside are any numbers: none of them ends the program.
@Suite struct OutsideNumbersTests {
    private static let extremes = [
        "9223372036854775807", "9223372036854775806", "9223372035000000000", "9223372036854775808", "1e300", "-1",
        "-9223372036854775807", "-9223372036854775808", "-9223372036854775809", "99999999999999999999", "NaN", "inf",
        "",
    ]

    @Test(arguments: ["X-Amz", "X-Goog"], extremes)
    func aLifetimeOutOfRangeIsNoReasonToRefuse(prefix: String, lifetime: String) throws {
        for date in ["20260101T000000Z", "99991231T235959Z", "00000101T000000Z", "99999999T999999Z"] {
            let address = try #require(WebAddress("https://h/k?\(prefix)-Date=\(date)&\(prefix)-Expires=\(lifetime)"))
            #expect(throws: Never.self) { try PresignedExpiry.check(address) }
        }
    }

    @Test(arguments: [Int.min, -1, 0, 1_900_000_000, Int.max])
    func anyClockWillDo(now: Int) throws {
        for query in [
            "X-Amz-Date=20260101T000000Z&X-Amz-Expires=900",
            "X-Amz-Date=20260101T000000Z&X-Amz-Expires=9223372035087480607", "se=0000-01-01&sig=x",
        ] {
            let address = try #require(WebAddress("https://h/k?\(query)"))
            let end = try #require(PresignedExpiry.end(of: address))
            let latest = end.addingReportingOverflow(300)
            let hasLapsed = !latest.overflow && now > latest.partialValue
            do {
                try PresignedExpiry.check(address, now: now)
                #expect(!hasLapsed)
            } catch {
                #expect(hasLapsed && error.isExpiredURL)
            }
        }
    }

    /// What is no date is not taken for another one.
    @Test(arguments: [
        "20261301T000000Z", "20260001T000000Z", "20260132T000000Z", "20260100T000000Z", "20260101T240000Z",
        "20260101T006000Z", "20260101T000061Z", "2026-01-01T10:00-05", "2026-01-01T10:00:00-05:00", "2a0b2c6d0e1f0g1",
        "20260101T000000", "٢٠٢٦٠١٠١T000000Z", "1e300", "-2026-01-01", "20260101T000000.5Zx",
    ])
    func whatIsNoDateSaysNothing(date: String) throws {
        let encoded = date.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let address = try #require(WebAddress("https://h/k?X-Amz-Date=\(encoded)&X-Amz-Expires=900"))
        #expect(PresignedExpiry.end(of: address) == nil)
    }

    @Test(arguments: [
        ("X-Amz-Date=20260101T000000Z&X-Amz-Expires=900", 1_767_225_600 + 900),
        ("X-Goog-Date=20260101T000000Z&X-Goog-Expires=0", 1_767_225_600), ("sig=x&se=2026-01-01", 1_767_225_600),
        ("sig=x&se=2026-01-01T00:01Z", 1_767_225_660), ("sig=x&se=2026-01-01T00%3A01%3A01Z", 1_767_225_661),
        ("sig=x&se=2026-01-01T00:01:01.1234567Z", 1_767_225_661),
    ])
    func everyFormOfADateIsRead(query: String, end: Int) throws {
        #expect(PresignedExpiry.end(of: try #require(WebAddress("https://h/k?\(query)"))) == end)
    }

    private static func resumed(_ members: String) throws -> Record {
        let json = try #require(JSONValue(parsing: #"{"ok":true,"file":"a","upload_key":"k",\#(members)}"#))
        return try #require(Record(resuming: json, as: InputPath(bytes: "a".utf8)))
    }

    @Test(arguments: ["1e300", "1e400", "-1e300", "-1", "9223372036854775807", "1e18", "-1e400"])
    func secondsThatNoRunTookAreLeftOut(literal: String) throws {
        let record = try Self.resumed(#""seconds":\#(literal)"#)
        #expect(record.json["seconds"] == .number("0.0"))
        #expect(record.json["upload_key"]?.text == "k")
    }

    @Test(arguments: ["0.0", "0.21", "3600.1", "1000000000.0"])
    func secondsThatARunTookStay(literal: String) throws {
        #expect(try Self.resumed(#""seconds":\#(literal)"#).json["seconds"] == .number(literal))
    }

    @Test(arguments: ["-1", "-9223372036854775808", "1e300", "9223372036854775808", "-0.5"])
    func countsThatAreNoneAreLeftOut(literal: String) throws {
        let record = try Self.resumed(#""bytes":\#(literal),"attempts":\#(literal)"#)
        #expect(record.bytes == nil)
        #expect(record.attempts == 0)
    }

    /// Sparse files of 8 EiB are easily made, and a journal can say what it likes.
    @Test func sumsOfSizesEndAtTheLargest() async throws {
        let board = ProgressBoard()
        var summary = RunSummary()
        var record = try Self.resumed(#""bytes":9223372036854775807"#)
        for _ in 0..<3 {
            board.skip(record)
            summary.count(record)
        }
        record.isResumed = false
        for _ in 0..<3 {
            let progress = board.begin("a")
            progress.expect(.max)
            progress.report(.max)
            board.end(progress, record)
            summary.count(record)
        }
        for _ in 0..<2 {
            let progress = board.begin("b")
            progress.expect(.max)
            progress.report(.max)
        }
        #expect(board.snapshot.movedBytes == .max)
        #expect(summary.text(isSending: true).hasPrefix("3 done, 3 done before, 0 failed, 9223372.0 TB in "))
        var text = ProgressText(inputs: 9, bytes: .max)
        let now = ContinuousClock.now + .nanoseconds(1)
        #expect(text.line(for: board.snapshot, at: now).hasPrefix("99 % -- 6 of 9 done, 9223372.0 TB of 9223372.0 TB"))
        #expect(text.lines(for: board.snapshot, columns: 80, rows: 24, colour: false, at: now).count == 3)
    }

    @Test func aRateFromNoTimeAtAllIsShown() {
        let start = ContinuousClock.now
        var text = ProgressText(inputs: 2, bytes: 1 << 62, start: start)
        let file = FileProgress(name: "a")
        file.expect(1 << 62)
        file.report(1 << 61)
        let snapshot = ProgressBoard.Snapshot(finished: 1, finishedBytes: 0, resumedBytes: 0, running: [file])
        #expect(text.line(for: snapshot, at: start + .nanoseconds(1)).hasPrefix("50 % -- 1 of 2 done, "))
    }

    @Test func sizesOfSparseFilesAddUp() async throws {
        try await withInputFile("x".utf8) { file in
            let path = InputPath(bytes: file.path.utf8)
            let list = InputList(
                [InputCandidate(lookingAt: path), InputCandidate(lookingAt: path)], mergesRepeats: false)
            #expect(list.totalBytes == 2)
        }
        #expect([Int64.max, 1, Int64.max].reduce(0) { $0.adding(clamping: $1) } == .max)
        #expect(Int64.min.adding(clamping: -1) == .min)
    }

    /// What was saved up while the loop stood still is more than a number has room for.
    @Test func theHighestRateAndALongPause() {
        let start = ContinuousClock.now + .seconds(60)
        let budget = SendBudget(rate: Double(Int64.max))
        _ = budget.share(among: 0, at: start)
        #expect(budget.share(among: 1, at: start + .seconds(3600)) > 0)
        #expect(budget.take(.max) >= 0)
    }
}
