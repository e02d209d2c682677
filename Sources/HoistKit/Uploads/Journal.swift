import Glibc

/// What was done, in a file that outlives the run: one line a finished input, on disk before its record is shown. A run
/// that finds an input there, unchanged, need not send it again.
///
/// The file is JSON Lines. The first line says what it is; the others have an input, where it went, and its record.
package final class Journal: Sendable {
    /// Where inputs go: an upload to another place is another upload.
    package struct Destination: Sendable {
        let service: ServiceName
        let owner: String?
        let baseURL: WebAddress

        package init(service: ServiceName, owner: String?, baseURL: WebAddress) {
            self.service = service
            self.owner = owner
            self.baseURL = baseURL
        }
    }

    /// The file, so that a run does not take it for one of its inputs.
    package let identity: FileIdentity
    private let path: InputPath
    private let descriptor: Int32
    private let destination: Destination
    private let directory: [UInt8]
    private let done: [[UInt8]: JournalEntry]

    /// Opens the journal, or begins one, and keeps every other run out of it until this one ends.
    ///
    /// Throws `temporary` where another run has it, `usage` where the file is something else, `localIO` where it cannot
    /// be read or written.
    package init(_ path: String, for destination: Destination, notices: NoticeSink) throws(Failure) {
        self.path = InputPath(argument: path)
        self.destination = destination
        directory = JournalPath.workingDirectory
        let file = try JournalFile(opening: self.path)
        descriptor = file.descriptor
        identity = file.identity
        do throws(Failure) {
            var done: [[UInt8]: JournalEntry] = [:]
            try file.load(notices) { line, place in
                guard let entry = JournalEntry(line, at: place, destination) else { return }
                // The last word on a file counts: what failed after it was done has changed meanwhile.
                done[entry.path] = entry.isDone ? entry : nil
            }
            self.done = done
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    /// The record of an input that is done and has not changed since; nil for what has to be sent.
    package func record(of candidate: InputCandidate) -> Record? {
        guard let stamp = candidate.stamp, let entry = done[JournalPath.absolute(candidate.path, in: directory)],
            entry.size == stamp.size, entry.modified == stamp.modified,
            let line = try? JournalFile.read(entry.place, from: descriptor),
            let json = JSONValue(parsing: line)?["record"]
        else { return nil }
        var record = Record(resuming: json, as: candidate.path.text)
        record?.stamp = stamp
        return record
    }

    /// Brings the records to the disk. Throws `localIO` where that fails.
    package func append(_ records: [(path: InputPath, record: Record)]) throws(Failure) {
        guard !records.isEmpty else { return }
        let lines = records.map { path, record in
            JournalEntry.line(JournalPath.absolute(path, in: directory), record, destination) + "\n"
        }
        try JournalFile.append(lines.joined(), to: descriptor, path)
    }
}

/// A line of a journal as far as it decides whether an input is sent again.
struct JournalEntry: Sendable {
    /// Absolute.
    let path: [UInt8]
    let size: Int64
    let modified: FileTime
    let isDone: Bool
    /// Where the line is, for when its record is wanted: a journal is not held in memory.
    let place: Range<Int64>

    /// Nil for another destination, and for what was no file.
    init?(_ line: JSONValue, at place: Range<Int64>, _ destination: Journal.Destination) {
        guard line["service"]?.text == destination.service.rawValue, line["owner"]?.text == destination.owner,
            line["base_url"]?.text == destination.baseURL.description,
            let path = line["path_bytes"]?.text.flatMap(Hexadecimal.bytes)
                ?? line["path"]?.text.map({ Array($0.utf8) }),
            case .number(let size)? = line["size"], let size = Int64(size),
            let modified = line["mtime"]?.text.flatMap(FileTime.init)
        else { return nil }
        self.path = path
        self.size = size
        self.modified = modified
        self.place = place
        // What was sent and took too long to be processed need not be sent again.
        let record = line["record"]
        isDone = record?["ok"] == .bool(true) || record?["error"]?["code"]?.text == StatusWait.lateCode
    }

    static func line(_ path: [UInt8], _ record: Record, _ destination: Journal.Destination) -> String {
        let text = String(decoding: path, as: UTF8.self)
        let isText = text.utf8.elementsEqual(path)
        return JSONValue.object(
            [.init("path", .string(text))]
                + (isText ? [] : [.init("path_bytes", .string(Hexadecimal.text(of: path)))])
                + [
                    .init("size", record.stamp.map { .number($0.size) } ?? .null),
                    .init("mtime", .string(orNull: record.stamp?.modified.description)),
                    .init("service", .string(destination.service.rawValue)),
                    .init("owner", .string(orNull: destination.owner)),
                    .init("base_url", .string(destination.baseURL.description)),
                    .init("record", record.json),
                ]
        ).description
    }
}
