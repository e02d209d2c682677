import HoistCore
import HoistMedia
import HoistServices

/// Records for people: one line each, in aligned columns. On a terminal the columns fit its width, and what is to be copied
/// is whole and last; piped, nothing is cut.
package struct Table: Sendable {
    /// What the records are about.
    package enum Kind: Sendable {
        /// Files that are sent.
        case files
        /// Uploads that a service has.
        case uploads
        /// Files that are looked at, and the services that may take them.
        case inspection(services: [String])
    }

    private let kind: Kind
    private let layout: TableLayout
    private let hasColour: Bool

    /// - Parameters:
    ///   - files: their names.
    ///   - columns: the terminal's width; nil when the output is piped.
    package init(_ kind: Kind = .files, files: [String], columns: Int?, hasColour: Bool = false) {
        self.init(kind, widest: files.map(Self.width).max() ?? 0, columns: columns, hasColour: hasColour)
    }

    /// Columns of a name.
    package static func width(of name: String) -> Int { TerminalText.width(of: name.safeForTerminal) }

    /// - Parameter widest: columns of the widest name; of what is not known, as many as there can be.
    package init(_ kind: Kind = .files, widest: Int, columns: Int?, hasColour: Bool = false) {
        self.kind = kind
        self.hasColour = hasColour
        layout = TableLayout(kind, widest: widest, columns: columns)
    }

    /// The columns' names, for a terminal; piped output has nothing but records.
    package var heading: String? { layout.columns == nil ? nil : layout.line(layout.names) }

    func line(for record: Record) -> String {
        let state = RecordState(of: record)
        let cells = cells(for: record, state)
        let line = layout.line(cells.map(\.safeForTerminal), sign: state.sign)
        guard hasColour, let colour = state.colour else { return line }
        // The sign and the word only: what is to be copied stays as it is.
        let end = line.index(line.startIndex, offsetBy: layout.stateWidth, limitedBy: line.endIndex) ?? line.endIndex
        return "\u{1B}[\(colour)m\(line[..<end])\u{1B}[0m\(line[end...])"
    }

    private func cells(for record: Record, _ state: RecordState) -> [String] {
        let name = record.subject.name
        let isTerminal = layout.columns != nil
        let type = record.contentType.map { isTerminal ? MediaType($0)?.shortName ?? $0 : $0 } ?? "-"
        let size = record.bytes.map(TerminalText.size) ?? "-"
        switch kind {
        case .files:
            return [state.word, name, size, type.shortened, result(of: record)]
        case .uploads:
            let size = record.receipt["size_bytes"].flatMap { Int64($0.description) }.map(TerminalText.size) ?? "-"
            let type = record.receipt["file_type"]?.text ?? "-"
            return [state.word, name, size, type.shortened, result(of: record)]
        case .inspection(let services):
            let verdicts = services.map { verdict($0, record) }
            let others = layout.hiddenServices.isEmpty ? [] : [others(record)]
            return [state.word, name, size, type.shortened, measures(of: record)]
                + verdicts.prefix(services.count - layout.hiddenServices.count) + others
        }
    }

    /// What an upload is known by from then on; of what failed, why.
    private func result(of record: Record) -> String {
        if let failure = record.failure {
            // The message on standard error has all of it.
            let what = failure.what.safeForTerminal
            guard let room = layout.room.map({ max($0, 20) }), TerminalText.width(of: what) > room else { return what }
            return TerminalText.cut(what, to: room - 1) + "…"
        }
        var names = record.names.handles.isEmpty ? ["id", "public_url"] : record.names.handles
        if case .upload = record.subject { names = ["status", "outcome"] + names.filter { $0 != "id" } }
        if record.receipt["upload_url"] != nil { names = names.filter { $0 != "upload_url" } + ["upload_url"] }
        return names.compactMap { record.receipt[$0]?.text }.joined(separator: "  ")
    }

    // MARK: - What was looked at

    /// `1920x1080`, `0:12`, or both of a film.
    private func measures(of record: Record) -> String {
        var parts: [String] = []
        if let width = record.receipt["width"], let height = record.receipt["height"], width != .null {
            parts.append("\(width)x\(height)")
        }
        if case .number(let text)? = record.receipt["duration_seconds"], let seconds = Double(text) {
            parts.append(ProgressText.clock(seconds))
        }
        return parts.isEmpty ? "-" : parts.joined(separator: " ")
    }

    /// Whether a service takes the file, or why not.
    private func verdict(_ service: String, _ record: Record) -> String {
        guard let answer = record.receipt["services"]?[service] else { return "-" }
        if answer["takes"] == .bool(true) { return "yes" }
        switch answer["code"]?.text {
        case "unsupported_type": return "type"
        case "too_large": return "size"
        default: return "no"
        }
    }

    private func others(_ record: Record) -> String {
        let hidden = layout.hiddenServices
        guard let services = record.receipt["services"], case .object = services else { return "-" }
        let takers = hidden.filter { services[$0]?["takes"] == .bool(true) }
        return "\(takers.count) of \(hidden.count)"
    }
}

/// What became of an input, as one word and one sign say it.
enum RecordState {
    case done, processing, failed, left

    init(of record: Record) {
        if let failure = record.failure {
            self = failure.isNotAttempted ? .left : .failed
        } else if record.names.hasStatus, let word = record.receipt["status"]?.text, !UploadState.isDone(word) {
            self = .processing
        } else {
            self = .done
        }
    }

    var word: String {
        switch self {
        case .done: "ok"
        case .processing: "processing"
        case .failed: "failed"
        case .left: "not sent"
        }
    }

    var sign: String {
        switch self {
        case .done: "✓"
        case .processing: "…"
        case .failed: "✗"
        case .left: "-"
        }
    }

    /// Select Graphic Rendition (ECMA-48).
    var colour: Int? {
        switch self {
        case .done: 32
        case .processing: 33
        case .failed: 31
        case .left: 2
        }
    }
}
