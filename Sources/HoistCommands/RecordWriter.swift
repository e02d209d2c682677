import ArgumentParser
import Glibc
import HoistCore
import HoistServices
import HoistUploads

/// Standard output, or the file in its place: the one thing that writes to it.
final class RecordWriter {
    private let format: RecordFormat
    /// Nil for standard output.
    private let file: WholeFile?
    /// What ends a record.
    private let end: UInt8
    private var isFirst = true
    /// With `--field`: which of the fields any record had, and the last one that was done, so that a misspelt name loses no
    /// handle.
    private var seenFields: Set<Int> = []
    private var last: Record?

    init(_ format: RecordFormat, to file: WholeFile? = nil, end: UInt8 = UInt8(ascii: "\n")) {
        self.format = format
        self.file = file
        self.end = end
    }

    /// Throws `localIO` where it cannot be written.
    func start() throws { if !format.start.isEmpty { try print(format.start.map { Array($0.utf8) }) } }

    /// What comes behind the last record. Throws `localIO` where it cannot be written, or the file cannot be put in its place.
    func finish() throws {
        if !format.end.isEmpty { try print(format.end.map { Array($0.utf8) }) }
        try file?.keep()
    }

    /// Writes lines that are no records. Throws `localIO` where standard output cannot be written.
    func print(_ lines: [[UInt8]]) throws {
        do throws(Trouble) { _ = try writeAll(lines) } catch {
            throw error.failure ?? ExitCode(FailureClass.localIO.rawValue) as any Error
        }
    }

    /// The line that the record is to be written as.
    func line(for record: Record) -> [UInt8] {
        if let fields = format.fieldList {
            if seenFields.count < fields.fields.count { seenFields.formUnion(fields.present(in: record)) }
            if record.failure == nil { last = record }
        }
        return format.line(for: record)
    }

    /// What to say where a field was wanted that no record had, although some were done.
    var missingField: Failure? {
        guard let list = format.fieldList, list.isChosen, let last else { return nil }
        let missing = list.fields.indices.filter { !seenFields.contains($0) }.map { list.fields[$0] }
        guard let field = missing.first(where: { !RecordKeys.optional.union(RecordKeys.repeated).contains($0.root) })
        else { return nil }
        let names = last.json.names
        let hint = Nearest.word(to: field.root, among: names).map { "did you mean '\($0)'?" }
        // What is in an address behind a ? may be a signature.
        let handle = last.names.handles.lazy.compactMap { name in last.receipt[name]?.text.map { (name, $0) } }
            .first { !$0.1.contains("?") }
        let done = handle.map { "; the last upload is done, its \($0) is \($1.shortened)" } ?? ""
        return Failure(
            .usage, code: "no_such_field", "no record has a field '\(field.name.safeForTerminal)'\(done)",
            advice: hint ?? "there are \(names.joined(separator: ", "))")
    }

    struct Trouble: Error {
        /// Nil where the reader has what it wanted (`| head -1`): the end, without a word.
        let failure: Failure?
        /// How many lines were written whole.
        let written: Int
        /// Whether nobody read, although a signal had come.
        var isUnread = false
    }

    /// Returns how many lines were written: all of them.
    ///
    /// - Parameter meanwhile: what to do again and again while nobody reads.
    func write(_ lines: [[UInt8]], meanwhile: (() -> Void)? = nil) throws(Trouble) -> Int {
        let separator = format.separator
        guard !separator.isEmpty else { return try writeAll(lines, meanwhile: meanwhile) }
        defer { if !lines.isEmpty { isFirst = false } }
        return try writeAll(
            lines.enumerated().map { isFirst && $0.offset == 0 ? $0.element : separator + $0.element },
            meanwhile: meanwhile)
    }

    private func writeAll(_ lines: [[UInt8]], meanwhile: (() -> Void)? = nil) throws(Trouble) -> Int {
        let end = end
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
        for line in lines {
            bytes += line
            bytes.append(end)
        }
        let (written, error) = bytes.withUnsafeBytes {
            Outlet.write($0, to: file?.descriptor ?? STDOUT_FILENO, meanwhile: meanwhile)
        }
        guard error == 0 else {
            var place = 0
            // By their lengths: an end may be part of a record.
            let whole = lines.prefix { line in
                place += line.count + 1
                return place <= written
            }.count
            let reason =
                error == Outlet.unread
                ? "standard output was not read"
                : "standard output cannot be written: \(describe(error)); make room for it"
            throw Trouble(
                failure: error == EPIPE ? nil : Failure(.localIO, code: "output_failed", reason), written: whole,
                isUnread: error == Outlet.unread)
        }
        return lines.count
    }
}
