import Glibc
import Testing

@testable import HoistCommands
@testable import HoistFiles
@testable import HoistTransport
@testable import HoistUploads

/// How far a run has got, on standard error. What writes has a process to itself.
@Suite(.timeLimit(.minutes(2))) struct ProgressDisplayTests {
    /// What was drawn in a wide window is taken away in a narrow one.
    @Test(arguments: [
        ([79, 40], 80, 2), ([79, 40], 40, 3), ([79, 40], 20, 6), ([0], 80, 1), ([], 80, 0), ([5], 0, 5),
    ])
    func linesTakeMoreRowsInANarrowWindow(widths: [Int], columns: Int, rows: Int) {
        #expect(Screen.rows(of: widths, columns: columns) == rows)
    }

    static func display(_ form: ProgressDisplay.Form, isAskedFor: Bool = true, isWanted: Bool = true)
        -> ProgressDisplay
    {
        ProgressDisplay(form, isAskedFor: isAskedFor, isSending: isWanted, hasColour: true, Screen(), events: nil) {
            InputTotal(inputs: 2, bytes: 1000, isFinal: true)
        }
    }

    /// Shows a board that is half done, for so long.
    static func show(_ display: ProgressDisplay, for duration: Duration) async throws {
        let board = ProgressBoard()
        var record = Record(.file("a"), service: "figur")
        record.bytes = 500
        board.end(board.begin("a"), record)
        let running = board.begin("b.png")
        running.expect(500)
        let task = Task { await display.show(board) }
        try await Task.sleep(for: duration)
        task.cancel()
        await task.value
    }

    private static func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

    @Test func linesForALog() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try await Self.show(Self.display(.plain), for: .milliseconds(400))
        }
        let lines = Self.text(result?.standardErrorContent).split(separator: "\n").filter { $0.hasPrefix("hoist: ") }
        // Two quarters are done at once, and no other one is reached: that is one line.
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("hoist: 50 % -- 1 of 2 done, 500 B of 1.0 kB") == true, "\(lines)")
    }

    @Test func aBarIsTakenAwayInTheEnd() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try await Self.show(Self.display(.bar), for: .milliseconds(400))
        }
        let text = Self.text(result?.standardErrorContent)
        #expect(text.contains("b.png") && text.contains("1 of 2 done"))
        #expect(text.hasSuffix("\r\u{1B}[1A\u{1B}[J"), "two lines were drawn: up by one, and nothing is left")
        #expect(!text.contains("\n\r\n"))
    }

    @Test func whatIsDoneSoonNeedsNoBar() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            try await Self.show(Self.display(.bar, isAskedFor: false), for: .milliseconds(50))
            try await Self.show(Self.display(.plain, isAskedFor: false), for: .milliseconds(50))
            try await Self.show(Self.display(.none), for: .milliseconds(50))
        }
        let text = Self.text(result?.standardErrorContent)
        #expect(!text.contains("done") && !text.contains("\u{1B}["), "\(text)")
    }

    /// Nobody waits for a display that shows nothing.
    @Test func noneReturnsAtOnce() async {
        await Self.display(.none).show(ProgressBoard())
    }

    @Test(arguments: [
        (ProgressDisplay.Form.none, true, true, 60, false), (.plain, true, false, 0, true),
        (.plain, false, true, 0, true),
        (.plain, false, false, 9, false), (.plain, false, false, 10, true), (.bar, false, false, 9, false),
        (.bar, false, false, 10, true),
        (.bar, false, true, 0, true),
    ])
    func summaries(_ form: ProgressDisplay.Form, _ isAskedFor: Bool, _ isWanted: Bool, _ seconds: Int, _ isShown: Bool)
    {
        let display = Self.display(form, isAskedFor: isAskedFor, isWanted: isWanted)
        #expect(display.isSummaryWanted(after: .seconds(seconds)) == isShown)
    }
}
