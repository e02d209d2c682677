import Foundation
import TestSupport

/// What has to be so after every row, and what the row itself says.
struct HostileCheck {
    let row: HostileRow
    let run: Run
    let requests: [HostileServer.Request]
    /// SHA-256 of the row's files, before and after.
    let digests: [String: Set<String>]

    /// Nobody reads more of a line.
    private static let longestLine = 8192

    var problems: [String] {
        exitProblems + outputProblems + recordProblems.flatMap(\.self) + errorProblems + secretProblems
    }

    private var exitProblems: [String] {
        run.exit == .code(row.exit) ? [] : ["exit \(run.exit), not \(row.exit)"]
    }

    // MARK: - stdout

    private var outputProblems: [String] {
        var problems: [String] = []
        if !row.prints.isEmpty, !run.output.contains(row.prints) { problems.append("stdout is without \(row.prints)") }
        if run.lines.count != row.records { problems.append("\(run.lines.count) records, not \(row.records)") }
        return problems
    }

    private var recordProblems: [[String]] {
        run.lines.map { line in
            guard let record = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                return ["not a JSON object: \(line.prefix(500))"]
            }
            return problems(of: record)
        }
    }

    private func problems(of record: [String: Any]) -> [String] {
        // What `inspect` prints is no record of work.
        guard record["services"] == nil else { return [] }
        var problems = ["ok", "service", "attempts", "seconds"].filter { record[$0] == nil }.map { "no \($0)" }
        if record["id"] == nil || record["file"] != nil {
            problems += ["file", "bytes", "content_type", "file_type"].filter { record[$0] == nil }.map { "no \($0)" }
        }
        if record.isOK == true {
            if record["error"] != nil { problems.append("ok, with an error") }
            if !isStored(record) { problems.append("ok, but what arrived is not the file") }
        } else {
            problems += ["class", "code", "message", "retryable", "http_status", "request_id"]
                .filter { record.error[$0] == nil }.map { "an error without \($0)" }
        }
        guard row.records == 1 else { return problems }
        if record.isOK != (row.isOK ?? (row.exit == 0)) { problems.append("ok is \(String(describing: record.isOK))") }
        if let code = row.code, record.error.text("code") != code {
            problems.append("code \(record.error.text("code") ?? "none"), not \(code)")
        }
        if let attempts = row.attempts, record.number("attempts") != attempts {
            problems.append("\(record.number("attempts") ?? -1) attempts, not \(attempts)")
        }
        return problems
    }

    /// Whether the server has got the whole file, by an account of its own.
    private func isStored(_ record: [String: Any]) -> Bool {
        guard row.stores, record["resumed"] == nil, let file = record.text("file") else { return true }
        guard file != "-" else { return requests.contains { $0.whole } }
        // A name that is no text is not found again: then any of the row's files.
        let wanted =
            digests[file.hasPrefix("./") ? String(file.dropFirst(2)) : file]
            ?? digests.values.reduce([]) { $0.union($1) }
        return requests.contains { $0.whole && $0.sha256.map(wanted.contains) == true }
    }

    // MARK: - stderr

    private var errorProblems: [String] {
        var problems: [String] = []
        let lines = run.errorLines
        if !row.says.isEmpty, !lines.contains(where: { $0.contains(row.says) }) {
            problems.append("no line says: \(row.says)")
        }
        let messages = lines.filter { !isProgress($0) }
        if row.exit != 0, let wanted = row.lines, messages.count != wanted {
            problems.append("\(messages.count) lines on stderr, not \(wanted)")
        }
        if let longest = lines.map(\.utf8.count).max(), longest > Self.longestLine {
            problems.append("a line of \(longest) bytes")
        }
        let bad = run.errors.unicodeScalars.filter(\.isUnsafeInALine)
        if !bad.isEmpty {
            problems.append("stderr has \(Set(bad.map { "U+" + String($0.value, radix: 16) }).sorted())")
        }
        return problems
    }

    /// Whether a machine that is busy was slow enough for progress to be shown.
    private func isProgress(_ line: String) -> Bool {
        line.firstMatch(of: #/^hoist: (\d+ % -- |\d+ done, \d+ failed)/#) != nil
    }

    // MARK: - Secrets

    private var secretProblems: [String] {
        var problems: [String] = []
        for (name, text) in [("stdout", run.output), ("stderr", run.errors)] {
            let lowered = text.lowercased()
            problems += HostileKey.traces.filter { lowered.contains($0) }.map { "\(name) has the key: \($0)" }
            problems += row.hides.filter { text.contains($0) }.map { "\(name) has \($0)" }
        }
        // Storage, and whoever a redirect leads to, is not who the key is for.
        let strangers = requests.filter { $0.kind == "put" || $0.kind == "elsewhere" }
        if strangers.contains(where: { $0.head.joined().contains(HostileKey.text) }) {
            problems.append("the key went to another server")
        }
        return problems
    }
}

extension Unicode.Scalar {
    /// Control, zero-width, direction and tag characters: they change what a terminal shows.
    fileprivate var isUnsafeInALine: Bool {
        switch value {
        case 0x0A: false
        case 0...0x1F, 0x7F...0x9F, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}
