import Glibc
import HoistCore
import HoistFiles
import HoistTransport

/// A journal's lines on the disk: complete ones, written by one run at a time.
struct JournalFile {
    let descriptor: Int32
    let identity: FileIdentity
    private let path: InputPath

    /// Throws what `Journal.init` throws. Whoever has it closes the descriptor.
    init(opening path: InputPath) throws(Failure) {
        self.path = path
        let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
        descriptor = path.withCString { open($0, flags, 0o600) }
        guard descriptor >= 0 else { throw Self.unusable(path, "cannot be opened: \(describe(errno))") }
        do throws(Failure) {
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw Self.unusable(path, "is not a regular file")
            }
            identity = FileIdentity(status)
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                guard errno == EWOULDBLOCK else { throw Self.unusable(path, "cannot be locked: \(describe(errno))") }
                throw Failure(
                    .temporary, code: "journal_in_use",
                    "the journal \(path.text.safeForTerminal) is in use by another hoist; run it again when that has ended, or name another journal"
                )
            }
        } catch {
            close(descriptor)
            throw error
        }
    }

    // MARK: - Reading

    /// Reads the first line, or writes it where there is none yet. Returns it and where the lines after it begin.
    func begin() throws(Failure) -> (heading: JournalHeading, end: Int64) {
        let start = try read(0..<4096)
        if let end = start.firstIndex(of: UInt8(ascii: "\n")) {
            let line = JSONValue(parsing: Array(start[..<end]))
            if let heading = line.flatMap(JournalHeading.init) { return (heading, Int64(end) + 1) }
            throw line.flatMap(JournalHeading.otherFormat).map(isOfFormat) ?? notOurs
        }
        guard JournalHeading.isCutOff(start) else { throw notOurs }
        try cut(at: 0)
        let heading = JournalHeading()
        try append(heading.line)
        syncDirectory()
        return (heading, Int64(heading.line.utf8.count))
    }

    /// Calls `body` with each line and where it begins, which returns whether it could be read. What was cut off at the end
    /// of the last run is removed.
    ///
    /// - Parameter start: where the first line ends.
    func load(
        from start: Int64, _ notices: NoticeSink, _ body: (_ bytes: [UInt8], _ line: Range<Int>, _ start: Int64) -> Bool
    ) throws(Failure) {
        var start = start
        var rest: [UInt8] = []
        var searched = 0
        var number = 1
        while true {
            let chunk = try read(start + Int64(rest.count)..<start + Int64(rest.count) + Self.chunk)
            if chunk.isEmpty { break }
            rest += chunk
            var consumed = 0
            while let end = Self.endOfLine(in: rest, from: max(consumed, searched)) {
                number += 1
                if !body(rest, consumed..<end, start + Int64(consumed)) {
                    notices(
                        .warning(file: path.text, "line \(number) of the journal is damaged; its input is sent again"))
                }
                consumed = end + 1
            }
            start += Int64(consumed)
            rest.removeFirst(consumed)
            searched = rest.count
        }
        if !rest.isEmpty { try cut(at: start) }
    }

    /// Bytes that are read at a time.
    private static let chunk: Int64 = 1 << 20

    /// The line that begins there; nil where it is damaged.
    func line(at start: Int64) throws(Failure) -> JournalLine? {
        var length = Self.usualLine
        while true {
            let bytes = try read(start..<start + length)
            if let end = Self.endOfLine(in: bytes, from: 0) { return JournalLine(bytes, in: 0..<end) }
            guard bytes.count == length else { return nil }
            length *= 4
        }
    }

    private static func endOfLine(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress else { return nil }
            return memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start).map {
                UnsafeRawPointer($0) - base
            }
        }
    }

    /// Bytes that most lines have at most.
    private static let usualLine: Int64 = 1 << 10

    func read(_ place: Range<Int64>) throws(Failure) -> [UInt8] {
        var failed: Int32 = 0
        let wanted = Int(place.upperBound - place.lowerBound)
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            let target = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: wanted)
            (filled, failed) = Descriptor.read(into: target, at: place.lowerBound, from: descriptor)
        }
        guard failed == 0 else {
            throw Failure(.localIO, code: "journal_failed", "the journal cannot be read: \(describe(failed))")
        }
        return bytes
    }

    // MARK: - Writing

    /// Brings the text to the disk.
    func append(_ text: String) throws(Failure) {
        let (_, error) = Array(text.utf8).withUnsafeBytes { Descriptor.write($0, to: descriptor) }
        guard error == 0 else { throw Self.unusable(path, "cannot be written: \(describe(error))") }
        guard fdatasync(descriptor) == 0 else { throw Self.unusable(path, "cannot be written: \(describe(errno))") }
    }

    /// Throws `localIO` where the file is no longer where it was, or lacks lines that were brought to the disk: what is
    /// written to a file without a name is gone with this run, and to the disk nothing is wrong with it.
    ///
    /// - Parameter end: where its last line ended.
    func requireInPlace(upTo end: Int64) throws(Failure) {
        var status = stat()
        let what: String
        if FileIdentity(path: path) != identity {
            what = "is not there any more, or another file is in its place"
        } else if fstat(descriptor, &status) == 0, Int64(status.st_size) < end {
            what = "was cut off"
        } else {
            return
        }
        throw Failure(
            .localIO, code: "journal_lost",
            "the journal \(path.text.safeForTerminal) \(what) while this run used it, so it does not have all that is done; keep the records"
        )
    }

    /// Where the file ends.
    var end: Int64 {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    private func cut(at end: Int64) throws(Failure) {
        guard ftruncate(descriptor, off_t(end)) == 0 else {
            throw Self.unusable(path, "cannot be written: \(describe(errno))")
        }
    }

    /// A new file is only on disk when its directory is.
    private func syncDirectory() {
        let parent = JournalPath.absolute(path, in: JournalPath.workingDirectory)
        let end = parent.lastIndex(of: UInt8(ascii: "/")) ?? 0
        let descriptor = InputPath(bytes: parent[..<end] + [UInt8(ascii: "/")]).withCString {
            open($0, O_RDONLY | O_CLOEXEC)
        }
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    // MARK: - Trouble

    private static func unusable(_ path: InputPath, _ what: String) -> Failure {
        Failure(
            .localIO, code: "journal_failed",
            "the journal \(path.text.safeForTerminal) \(what); mend that, or name another one with --journal")
    }

    private var notOurs: Failure {
        Failure(
            .usage, code: "not_a_journal",
            "\(path.text.safeForTerminal) is not a journal of hoist and is left as it is; name another file with --journal"
        )
    }

    private func isOfFormat(_ format: Int) -> Failure {
        let journal = "the journal \(path.text.safeForTerminal) is of format \(format)"
        guard format < JournalHeading.format else {
            return Failure(
                .usage, code: "newer_journal",
                "\(journal), which this hoist does not know; use the hoist that wrote it, or name another journal")
        }
        return Failure(
            .usage, code: "older_journal",
            "\(journal), which does not say whose handles it has; name another journal, and all files are sent again")
    }
}
