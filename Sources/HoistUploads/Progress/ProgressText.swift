import HoistCore
import HoistFiles
import HoistTransport

/// How far a run has got, in words: the lines of a terminal, or one line for a log.
package struct ProgressText: Sendable {
    private var total: InputTotal
    private let start: ContinuousClock.Instant
    private var rate = 0.0
    private var last: (moved: Int64, at: ContinuousClock.Instant)

    /// - Parameter total: how many inputs there are, as far as that is known.
    package init(_ total: InputTotal = InputTotal(), start: ContinuousClock.Instant = .now) {
        self.total = total
        self.start = start
        last = (0, start)
    }

    /// More is known of the inputs.
    package mutating func expect(_ total: InputTotal) { self.total = total }

    /// From 0 to 1, by bytes where there are any; 0 while more inputs are being found.
    package func fraction(of snapshot: ProgressBoard.Snapshot) -> Double {
        guard total.isFinal else { return 0 }
        guard snapshot.finished < total.inputs else { return 1 }
        let whole =
            total.bytes > 0
            ? Double(snapshot.movedBytes) / Double(total.bytes) : Double(snapshot.finished) / Double(total.inputs)
        // What grew meanwhile, or came from a pipe, was not counted beforehand.
        return min(whole, 0.999)
    }

    /// `50 % -- 12 of 24 done, 1.2 of 2.4 MB, 0.3 MB/s, 0:04 left`
    package mutating func line(for snapshot: ProgressBoard.Snapshot, at now: ContinuousClock.Instant = .now) -> String {
        guard total.isFinal else { return figures(of: snapshot, at: now) }
        return "\(Int(fraction(of: snapshot) * 100)) % -- \(figures(of: snapshot, at: now))"
    }

    /// A line for each running input as far as there is room, and one for all.
    package mutating func lines(
        for snapshot: ProgressBoard.Snapshot, columns: Int, rows: Int, colour: Bool,
        at now: ContinuousClock.Instant = .now
    ) -> [String] {
        // The last column stays free: some terminals wrap as soon as it is written.
        let columns = max(1, columns - 1)
        if total.isFinal, total.inputs == 1, let file = snapshot.running.first {
            return [line(ofOnly: file, snapshot, columns: columns, at: now)]
        }
        let shown = snapshot.running.prefix(max(0, rows - 2))
        let figures = figures(of: snapshot, at: now)
        let room = min(Self.barWidth, columns - TerminalText.width(of: figures) - 3)
        let bar = room >= 5 ? Self.bar(fraction(of: snapshot), width: room) + " " : ""
        let total = TerminalText.cut(bar + figures, to: columns)
        return shown.map { Self.line(for: $0, columns: columns) } + [colour ? "\u{1B}[1m\(total)\u{1B}[0m" : total]
    }

    /// One file has one bar.
    private mutating func line(
        ofOnly file: FileProgress, _ snapshot: ProgressBoard.Snapshot, columns: Int, at now: ContinuousClock.Instant
    ) -> String {
        if file.processing != nil { return Self.line(for: file, columns: columns) }
        let figures = figures(of: snapshot, at: now).split(separator: ", ").dropFirst().joined(separator: ", ")
        let state = "\(Self.bar(fraction(of: snapshot), width: Self.barWidth)) \(figures)"
        let room = columns - TerminalText.width(of: state) - 2
        guard room >= 8 else { return TerminalText.cut(state, to: columns) }
        let name = TerminalText.keepingEnd(of: file.name.safeForTerminal, to: min(room, 60))
        return "\(name)  \(state)"
    }

    private static let barWidth = 20

    private static func line(for file: FileProgress, columns: Int) -> String {
        // A bar in brackets, a percentage, and the gaps.
        let nameWidth = max(1, min(60, columns - (barWidth + 2) - " 100 %".count - 2))
        let name = TerminalText.keepingEnd(of: file.name.safeForTerminal, to: nameWidth)
        if let word = file.processing {
            let text = "\(TerminalText.padded(name, to: nameWidth))  processing (\(word.shortened.safeForTerminal))"
            return TerminalText.cut(text, to: columns)
        }
        let total = file.total
        guard total > 0 else { return TerminalText.cut(name, to: columns) }
        let percent = Int(min(100, Double(file.sent) * 100 / Double(total)))
        let state = "\(bar(Double(file.sent) / Double(total), width: barWidth)) \(percent) %"
        return TerminalText.cut("\(TerminalText.padded(name, to: nameWidth))  \(state)", to: columns)
    }

    private static func bar(_ fraction: Double, width: Int) -> String {
        let filled = Int(max(0, min(1, fraction)) * Double(width))
        return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled) + "]"
    }

    private mutating func figures(of snapshot: ProgressBoard.Snapshot, at now: ContinuousClock.Instant) -> String {
        let moved = snapshot.movedBytes
        measure(moved - snapshot.resumedBytes, at: now)
        var figures = ["\(snapshot.finished) of \(total.inputs)\(total.isFinal ? "" : " found so far") done"]
        if total.bytes > 0 {
            // What grew meanwhile, or came from a pipe, was not counted beforehand.
            figures.append("\(TerminalText.size(moved)) of \(TerminalText.size(max(moved, total.bytes)))")
            figures.append("\(TerminalText.size(rate))/s")
            let left = max(0, Double(total.bytes) - Double(moved)) / rate
            if total.isFinal, rate >= 1, left < 360_000, snapshot.finished < total.inputs {
                figures.append("\(Self.clock(left)) left")
            }
        }
        if snapshot.running.count > 1 { figures.append("\(snapshot.running.count) at a time") }
        return figures.joined(separator: ", ")
    }

    /// The rate follows the last seconds: what was an hour ago says nothing about the time left.
    private mutating func measure(_ moved: Int64, at now: ContinuousClock.Instant) {
        let seconds = (now - last.at) / .seconds(1)
        guard seconds > 0 else { return }
        let current = Double(max(0, moved - last.moved)) / seconds
        // At first there is nothing to follow.
        let age = (now - start) / .seconds(1)
        let weight = min(1, seconds / min(5, max(seconds, age)))
        rate += (current - rate) * weight
        last = (moved, now)
    }

    /// `0:04`, `12:30`, `1:02:03`
    static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard whole >= 3600 else { return "\(whole / 60):\(two(whole % 60))" }
        return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
    }
}
