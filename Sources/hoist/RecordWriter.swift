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
        if case .table(let table) = format, let heading = table.heading { try write(line: heading) }
    }

    func write(_ record: Record) throws {
        if case .field(let name) = format {
            sawField = sawField || record.json[name] != nil
            last = record
        }
        try write(line: format.line(for: record))
    }

    /// Throws the exit code that the failures, if any, come to.
    func finish(_ failures: Set<FailureClass>) throws {
        if case .field(let name) = format, !sawField, failures.isEmpty, !Record.optionalKeys.contains(name) {
            throw Failure(
                .usage, code: "no_such_field",
                "no record has a field named \(name.safeForTerminal); all was done, and the last record is \(last?.json.description ?? "none")"
            )
        }
        let code = Record.exitCode(of: failures)
        if code != 0 { throw ExitCode(code) }
    }

    private func write(line: String) throws {
        let bytes = Array((line + "\n").utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // The reader has what it wanted (`| head -1`): the end, without a word.
            if count < 0 && errno == EPIPE { throw ExitCode(FailureClass.localIO.rawValue) }
            guard count >= 0 else {
                throw Failure(
                    .localIO, code: "output_failed",
                    "standard output cannot be written: \(describe(errno)); the last record: \(line)")
            }
            written += count
        }
    }
}
