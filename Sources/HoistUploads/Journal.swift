import Glibc
import HoistCore
import HoistFiles
import HoistServices
import HoistTransport
import Synchronization

/// What was done, in a file that outlives the run: one line a finished input, on disk before its record is shown. A run
/// that finds an input there, unchanged, need not send it again.
///
/// The file is JSON Lines. The first line says what it is; the others have an input, where it went, who sent it, and its
/// record.
package final class Journal: Sendable {
    /// Where inputs go and who sends them: an upload to another place, or of another account, is another upload.
    package struct Destination: Sendable {
        let service: String
        /// What the user says to the service: with another owner or purpose it is another upload.
        let settings: JSONValue
        let baseURL: WebAddress
        /// Nil where there is none: then nothing is sent either, unless none is needed.
        let key: Credential?
        let needsKey: Bool

        package init(_ service: Service) {
            self.service = service.name
            settings = service.settings.json
            baseURL = service.account.baseURL
            key = try? service.account.credential?.get()
            needsKey = service.account.credential != nil
        }
    }

    /// The file, so that a run does not take it for one of its inputs.
    package let identity: FileIdentity
    private let path: InputPath
    private let file: JournalFile
    private let destination: Destination
    private let directory: [UInt8]
    /// Which key this run has; nil where it has none.
    private let keyDigest: String?
    private let done: [[UInt8]: JournalEntry]
    /// What is done with another key, and not with this one.
    private let foreign: Set<[UInt8]>
    private let hasWarned = Atomic(false)
    /// Where the last line ended that was written.
    private let end: Atomic<Int64>
    private let notices: NoticeSink

    /// Opens the journal, or begins one, and keeps every other run out of it until this one ends.
    ///
    /// Throws `temporary` where another run has it, `usage` where the file is something else, `localIO` where it cannot
    /// be read or written.
    package init(_ path: String, for destination: Destination, notices: @escaping NoticeSink) throws(Failure) {
        self.path = InputPath(argument: path)
        self.destination = destination
        self.notices = notices
        directory = JournalPath.workingDirectory
        file = try JournalFile(opening: self.path)
        identity = file.identity
        do throws(Failure) {
            let (heading, start) = try file.begin()
            var keyDigest: String? = destination.needsKey ? nil : ""
            if let key = destination.key { keyDigest = try heading.digest(of: key) }
            var done: [[UInt8]: JournalEntry] = [:]
            var foreign = Set<[UInt8]>()
            try file.load(from: start, notices) { line, place in
                guard let entry = JournalEntry(line, at: place, destination) else { return }
                guard let keyDigest, line["key"]?.text == keyDigest else {
                    if entry.isDone { foreign.insert(entry.path) }
                    return
                }
                // The last word on a file counts: what failed after it was done has changed meanwhile.
                done[entry.path] = entry.isDone ? entry : nil
            }
            end = Atomic(file.end)
            self.keyDigest = keyDigest
            self.done = done
            self.foreign = foreign.subtracting(done.keys)
        } catch {
            close(file.descriptor)
            throw error
        }
    }

    deinit { close(file.descriptor) }

    /// The record of an input that is done and has not changed since; nil for what has to be sent.
    package func record(of candidate: InputCandidate) -> Record? {
        guard let stamp = candidate.stamp else { return nil }
        let path = JournalPath.absolute(candidate.path, in: directory)
        guard let entry = done[path] else {
            warn(of: path)
            return nil
        }
        guard entry.size == stamp.size, entry.modified == stamp.modified, entry.changed == stamp.changed,
            let line = try? file.read(entry.place), let json = JSONValue(parsing: line)?["record"]
        else { return nil }
        var record = Record(resuming: json, as: candidate.path)
        record?.stamp = stamp
        return record
    }

    /// Whoever runs the same command again expects that it sends nothing.
    private func warn(of path: [UInt8]) {
        guard foreign.contains(path), keyDigest != nil, !hasWarned.exchange(true, ordering: .relaxed) else { return }
        notices(
            .warning(
                file: self.path.text,
                "what was sent with another key is sent again: this key's account may not have it"))
    }

    /// Brings the records to the disk. Throws `localIO` where that fails, or what was brought there before is gone: also
    /// where there are no records.
    package func append(_ records: [(path: InputPath, record: Record)]) throws(Failure) {
        try file.requireInPlace(upTo: end.load(ordering: .relaxed))
        guard !records.isEmpty else { return }
        let lines = records.map { path, record in
            JournalEntry.line(JournalPath.absolute(path, in: directory), record, destination, key: keyDigest) + "\n"
        }
        try file.append(lines.joined())
        end.store(file.end, ordering: .relaxed)
    }
}

/// A line of a journal as far as it decides whether an input is sent again.
struct JournalEntry: Sendable {
    /// Absolute.
    let path: [UInt8]
    let size: Int64
    let modified: FileTime
    let changed: FileTime
    let isDone: Bool
    /// Where the line is, for when its record is wanted: a journal is not held in memory.
    let place: Range<Int64>

    /// Nil for another destination, and for what was no file.
    init?(_ line: JSONValue, at place: Range<Int64>, _ destination: Journal.Destination) {
        guard line["service"]?.text == destination.service, line["settings"] == destination.settings,
            line["base_url"]?.text == destination.baseURL.description,
            let path = Self.path(in: line),
            case .number(let size)? = line["size"], let size = Int64(size),
            let modified = line["mtime"]?.text.flatMap(FileTime.init),
            let changed = line["ctime"]?.text.flatMap(FileTime.init)
        else { return nil }
        self.path = path
        self.size = size
        self.modified = modified
        self.changed = changed
        self.place = place
        // What was sent and took too long to be processed need not be sent again.
        let record = line["record"]
        isDone = record?["ok"] == .bool(true) || record?["error"]?["code"]?.text == StatusWait.lateCode
    }

    private static func path(in line: JSONValue) -> [UInt8]? {
        if let digits = line["path_bytes"]?.text { return Hexadecimal.bytes(of: digits) }
        return line["path"]?.text.map { Array($0.utf8) }
    }

    static func line(
        _ path: [UInt8], _ record: Record, _ destination: Journal.Destination, key: String?
    ) -> String {
        let text = String(decoding: path, as: UTF8.self)
        let isText = text.utf8.elementsEqual(path)
        return JSONValue.object(
            [.init("path", .string(text))]
                + (isText ? [] : [.init("path_bytes", .string(Hexadecimal.text(of: path)))])
                + [
                    .init("size", record.stamp.map { .number($0.size) } ?? .null),
                    .init("mtime", .string(orNull: record.stamp?.modified.description)),
                    .init("ctime", .string(orNull: record.stamp?.changed.description)),
                    .init("service", .string(destination.service)),
                    .init("settings", destination.settings),
                    .init("base_url", .string(destination.baseURL.description)),
                    .init("key", .string(orNull: key)),
                    .init("record", record.json),
                ]
        ).description
    }
}
