import ArgumentParser
import Glibc
import HoistKit

/// Standard output: the one place that writes to it.
final class RecordWriter {
    private let format: RecordFormat
    /// With `--field`: whether any record had a value of that name, and the last record, so that a misspelt name loses
    /// no handle.
    private var sawField = false
    private var last: Record?

    init(_ format: RecordFormat) {
        self.format = format
    }

    func start() throws {
        if case .table(let table) = format, let heading = table.heading { try write([heading]) }
    }

    /// The line that the record is to be written as.
    func line(for record: Record) -> String {
        if case .field(let name) = format {
            sawField = sawField || record.json[name] != nil
            last = record
        }
        return format.line(for: record)
    }

    /// Throws the exit code that the failures, if any, come to.
    func finish(_ failures: Set<FailureClass>) throws {
        if case .field(let name) = format, let last, !sawField, failures.isEmpty, !Record.optionalKeys.contains(name) {
            throw Failure(
                .usage, code: "no_such_field",
                "no record has a field named \(name.safeForTerminal); all was done, and the last record is \(last.json)"
            )
        }
        let code = Record.exitCode(of: failures)
        if code != 0 { throw ExitCode(code) }
    }

    /// Throws what could not be written; the message has all of it in it, since no other copy may exist.
    func write(_ lines: [String]) throws {
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // The reader has what it wanted (`| head -1`): the end, without a word.
            if count < 0 && errno == EPIPE { throw ExitCode(FailureClass.localIO.rawValue) }
            guard count >= 0 else {
                throw Failure(
                    .localIO, code: "output_failed",
                    "standard output cannot be written: \(describe(errno)); what is missing there: "
                        + String(decoding: bytes[written...].dropLast(), as: UTF8.self))
            }
            written += count
        }
    }
}
