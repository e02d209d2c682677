import HoistCore

/// Records for people: aligned columns. On a terminal the handles stand on lines of their own below, where nothing
/// needs to be cut; piped, each record stays on one line.
package struct Table: Sendable {
    private let isTerminal: Bool
    private let fileWidth: Int

    /// - Parameters:
    ///   - files: their names.
    ///   - columns: the terminal's width; nil when the output is piped.
    package init(files: [String], columns: Int?) {
        self.init(widest: files.map(Self.width).max() ?? 0, columns: columns)
    }

    /// Columns of a name.
    package static func width(of name: String) -> Int { TerminalText.width(of: name.safeForTerminal) }

    /// - Parameter widest: columns of the widest name; of what is not known, as many as there can be.
    package init(widest: Int, columns: Int?) {
        isTerminal = columns != nil
        let room = columns.map { max(16, $0 - Self.otherColumns) } ?? .max
        fileWidth = min(max(widest, Self.header.file.count), room)
    }

    /// What the columns beside the file's name take: `failed`, size, type, result, and the gaps.
    private static let otherColumns = 6 + 2 + 2 + 8 + 2 + typeWidth + 2 + resultWidth
    private static let typeWidth = 16
    private static let resultWidth = 22
    private static let header = (status: "STATUS", file: "FILE", size: "SIZE", type: "TYPE", result: "RESULT")

    /// The columns' names, for a terminal; piped output has nothing but records.
    package var heading: String? {
        guard isTerminal else { return nil }
        let header = Self.header
        return row(header.status, header.file, header.size, header.type, header.result)
    }

    func line(for record: Record) -> String {
        let details = details(of: record)
        let word = (record.failure?.code ?? record.receipt["status"]?.text ?? record.receipt["outcome"]?.text)?
            .shortened.safeForTerminal
        let seconds = isTerminal ? record.elapsed.secondsLiteral + " s" : nil
        let result = [word ?? seconds].compactMap(\.self) + (isTerminal ? [] : details.map(\.value))
        let row = row(
            record.failure == nil ? "ok" : "failed", record.subject.name.safeForTerminal,
            record.bytes.map(TerminalText.size) ?? "-", record.contentType?.shortened.safeForTerminal ?? "-",
            result.joined(separator: "  "))
        guard isTerminal else { return row }
        return ([row] + details.flatMap { lines(of: "        \($0.name): ", $0.value) }).joined(separator: "\n")
    }

    /// A list that is longer than the terminal is wide goes on below; what a user copies is never broken.
    private func lines(of label: String, _ value: String) -> [String] {
        var lines = [label]
        for (index, name) in value.split(separator: " ").enumerated() {
            let isFirst = index == 0
            if !isFirst, lines[lines.count - 1].count + name.count + 1 > 80 { lines.append("            ") }
            lines[lines.count - 1] += (isFirst || lines[lines.count - 1].last == " " ? "" : " ") + name
        }
        return lines
    }

    /// What the upload is known by from then on, and, of a presigned URL, what it takes to use it.
    private func details(of record: Record) -> [(name: String, value: String)] {
        var names = record.names.handles.isEmpty ? ["id", "public_url"] : record.names.handles
        if record.receipt["upload_url"] != nil { names += ["expires_at", "upload_url"] }
        // Of a failed input there is nothing to use, but there may be an upload to ask about.
        if record.failure != nil { names = record.names.ids }
        if case .upload = record.subject { names.removeAll { $0 == "id" } }
        var details = names.compactMap { name in
            record.receipt[name]?.text.map { (name: name, value: $0.safeForTerminal) }
        }
        if case .object(let services)? = record.receipt["services"] {
            details += ["decided_by", "duration_seconds", "bitrate_kbps"].compactMap { name in
                guard let value = record.receipt[name], value != .null else { return nil }
                return (name: name, value: value.text ?? value.description)
            }
            let takers = services.filter { $0.value["takes"] == .bool(true) }.map(\.name)
            details.append(
                (name: "taken_by", value: takers.isEmpty ? "none" : takers.joined(separator: isTerminal ? " " : ",")))
        }
        if record.failure == nil, case .object(let headers)? = record.receipt["required_headers"] {
            details.insert((name: "required_headers", value: "\(headers.count)"), at: max(0, details.count - 1))
        }
        return details
    }

    private func row(_ status: String, _ file: String, _ size: String, _ type: String, _ result: String) -> String {
        let columns = [
            TerminalText.padded(status, to: 6),
            TerminalText.padded(TerminalText.keepingEnd(of: file, to: fileWidth), to: fileWidth),
            String(repeating: " ", count: max(0, 8 - size.count)) + size,
            TerminalText.padded(cut(type, to: Self.typeWidth), to: Self.typeWidth),
            cut(result, to: Self.resultWidth),
        ]
        return columns.joined(separator: "  ").trimming { $0 == " " }
    }

    /// On a terminal the columns stay where they are; piped, nothing is cut.
    private func cut(_ text: String, to width: Int) -> String {
        isTerminal && text.count > width ? text.prefix(width - 1) + "…" : text
    }
}
