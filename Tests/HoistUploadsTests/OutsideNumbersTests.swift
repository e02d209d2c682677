import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles
@testable import HoistTransport
@testable import HoistUploads

/// Numbers that come from outside are any numbers: none of them ends the program.
@Suite struct OutsideNumbersTests {
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
        var text = ProgressText(InputTotal(inputs: 9, bytes: .max, isFinal: true))
        let now = ContinuousClock.now + .nanoseconds(1)
        #expect(text.line(for: board.snapshot, at: now).hasPrefix("99 % -- 6 of 9 done, 9223372.0 TB of 9223372.0 TB"))
        #expect(text.lines(for: board.snapshot, columns: 80, rows: 24, colour: false, at: now).count == 3)
    }

    @Test func aRateFromNoTimeAtAllIsShown() {
        let start = ContinuousClock.now
        var text = ProgressText(InputTotal(inputs: 2, bytes: 1 << 62, isFinal: true), start: start)
        let file = FileProgress(name: "a")
        file.expect(1 << 62)
        file.report(1 << 61)
        let snapshot = ProgressBoard.Snapshot(finished: 1, finishedBytes: 0, resumedBytes: 0, running: [file])
        #expect(text.line(for: snapshot, at: start + .nanoseconds(1)).hasPrefix("50 % -- 1 of 2 done, "))
    }
}
