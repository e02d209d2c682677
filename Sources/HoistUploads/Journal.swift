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
    private let done: JournalIndex
    /// What is done with another key.
    private let foreign: JournalIndex
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
            self.keyDigest = keyDigest
            (done, foreign) = try Self.load(file, from: start, destination, key: keyDigest, notices)
            end = Atomic(file.end)
        } catch {
            close(file.descriptor)
            throw error
        }
    }

    deinit { close(file.descriptor) }

    /// What is done, by this key and by others.
    private static func load(
        _ file: JournalFile, from start: Int64, _ destination: Destination, key: String?, _ notices: NoticeSink
    ) throws(Failure) -> (done: JournalIndex, foreign: JournalIndex) {
        let place = JournalLine.Destination(
            service: .init(.string(destination.service)), settings: .init(destination.settings),
            baseURL: .init(.string(destination.baseURL.description)))
        let key = key.map { JournalLine.Expected(.string($0)) }
        var done = JournalIndex()
        var foreign = JournalIndex()
        func path(at start: Int64) -> [UInt8]? { (try? file.line(at: start))?.path }
        let pattern = key.map { JournalPattern(place, key: $0) }
        try file.load(from: start, notices) { bytes, range, start in
            if let file = pattern?.path(of: bytes, in: range) {
                done.set(file, to: start, pathAt: path)
                return true
            }
            guard let line = JournalLine(bytes, in: range) else { return false }
            guard line.isFor(place), let file = line.path, line.state != nil else { return true }
            guard let key, line.isBy(key) else {
                if line.isDone { foreign.set(file, to: start, pathAt: path) }
                return true
            }
            // The last word on a file counts: what failed after it was done has changed meanwhile.
            done.set(file, to: line.isDone ? start : nil, pathAt: path)
            return true
        }
        return (done, foreign)
    }

    /// The record of an input that is done and has not changed since; nil for what has to be sent.
    package func record(of candidate: InputCandidate) -> Record? {
        guard let stamp = candidate.stamp else { return nil }
        let path = JournalPath.absolute(candidate.path, in: directory)
        guard let line = line(of: path, done) else {
            warn(of: path)
            return nil
        }
        guard line.state == FileState(stamp), let json = line.record else { return nil }
        var record = Record(resuming: json, as: candidate.path)
        record?.stamp = stamp
        return record
    }

    private func line(of path: [UInt8], _ index: JournalIndex) -> JournalLine? {
        guard let start = index.start(of: path), let line = try? file.line(at: start), line.path == path else {
            return nil
        }
        return line
    }

    /// Whoever runs the same command again expects that it sends nothing.
    private func warn(of path: [UInt8]) {
        guard keyDigest != nil, line(of: path, foreign) != nil, !hasWarned.exchange(true, ordering: .relaxed) else {
            return
        }
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
            line(JournalPath.absolute(path, in: directory), record) + "\n"
        }
        try file.append(lines.joined())
        end.store(file.end, ordering: .relaxed)
    }

    private func line(_ path: [UInt8], _ record: Record) -> String {
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
                    .init("key", .string(orNull: keyDigest)),
                    .init("record", record.json),
                ]
        ).description
    }
}
