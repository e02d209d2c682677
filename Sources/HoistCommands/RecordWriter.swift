import ArgumentParser
import Glibc
import HoistCore
import HoistServices
import HoistUploads

/// Standard output: the one place that writes to it.
final class RecordWriter {
    private let format: RecordFormat
    /// With `--field`: which of the fields any record had, and the last one that was done, so that a misspelt name loses no
    /// handle.
    private var seenFields: Set<Int> = []
    private var last: Record?

    init(_ format: RecordFormat) {
        self.format = format
    }

    /// Throws `localIO` where standard output cannot be written.
    func start() throws {
        guard case .table(let table) = format, let heading = table.heading else { return }
        try print([Array(heading.utf8)])
    }

    /// Writes lines that are no records. Throws `localIO` where standard output cannot be written.
    func print(_ lines: [[UInt8]]) throws {
        do throws(Trouble) { _ = try write(lines) } catch {
            throw error.failure ?? ExitCode(FailureClass.localIO.rawValue) as any Error
        }
    }

    /// The line that the record is to be written as.
    func line(for record: Record) -> [UInt8] {
        if case .fields(let fields) = format {
            if seenFields.count < fields.fields.count { seenFields.formUnion(fields.present(in: record)) }
            if record.failure == nil { last = record }
        }
        return format.line(for: record)
    }

    /// What to say where a field was wanted that no record had, although some were done.
    var missingField: Failure? {
        guard case .fields(let list) = format, let last else { return nil }
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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(lines.reduce(0) { $0 + $1.count + 1 })
        for line in lines {
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
        }
        let (written, error) = bytes.withUnsafeBytes {
            Outlet.write($0, to: STDOUT_FILENO, meanwhile: meanwhile)
        }
        guard error == 0 else {
            var end = 0
            // By their lengths: on a terminal, a record takes several lines.
            let whole = lines.prefix { line in
                end += line.count + 1
                return end <= written
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
