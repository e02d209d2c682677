import Glibc

@testable import HoistCommands
@testable import HoistCore
@testable import HoistFiles
@testable import HoistServices
@testable import HoistTransport
@testable import HoistUploads

/// A journal: opened, and asked for a file that is as the seeds say. `@P` stands for its path, `@C` for when it changed last,
/// `@D` for the digest of the key with the seeds' salt.
func fuzzJournal(_ bytes: [UInt8]) {
    guard let key = Credential("sk_test_01234567", from: "KEY"), let service = service("figur", key: key) else {
        return
    }
    let heading = #"{"hoist_journal":3,"salt":"00112233445566778899aabbccddeeff"}"#
    let digest = try? JSONValue(parsing: Array(heading.utf8)).flatMap(JournalHeading.init)?.digest(of: key)
    let file = InputCandidate(lookingAt: InputPath(bytes: knownFile.path.utf8))
    var content = bytes
    for (mark, text) in [("@P", knownFile.path), ("@C", file.stamp?.changed.description), ("@D", digest)] {
        let pieces = content.split(separator: Array(mark.utf8), omittingEmptySubsequences: false)
        content = Array(pieces.joined(separator: (text ?? "").utf8))
    }
    for line in content.split(separator: UInt8(ascii: "\n")) {
        let line = Array(line)
        let parsed = JSONValue(parsing: line)
        resume(parsed)
        let scanned = JournalLine(line, in: 0..<line.count)
        require((scanned == nil) == (parsed == nil), "damaged to the scanner or to the parser alone")
        require(scanned?.record == parsed?["record"], "another record")
        let isDone =
            parsed?["record"]?["ok"] == .bool(true)
            || parsed?["record"]?["error"]?["code"]?.text == StatusWait.lateCode
        require(scanned?.isDone ?? false == isDone, "done to the scanner or to the parser alone")
    }
    let destination = Journal.Destination(service)
    withMemoryFile(content) { descriptor in
        guard let journal = try? Journal(path(of: descriptor), for: destination, notices: { _ in }) else { return }
        guard let record = journal.record(of: file) else { return }
        require(record.isResumed && record.failure == nil, "not a record of what was done")
        show(record)
    }
}

/// What was printed once is printed the same way again.
private func resume(_ line: JSONValue?) {
    guard let json = line?["record"] ?? line, let record = Record(resuming: json, as: InputPath(bytes: "a.png".utf8))
    else { return }
    show(record)
    guard let again = Record(resuming: record.json, as: InputPath(bytes: "a.png".utf8)) else {
        return require(false, "not a record")
    }
    require(again.json.bytes == record.json.bytes, "it changes when it is resumed again")
}

/// In every form, and in the sums of a run.
private func show(_ record: Record) {
    let table = Table(files: ["a.png"], columns: 80)
    var formats = [RecordFormat.json, .array, .table(table)]
    for list in [RecordFormat.columns, "seconds,error.message,a[0].b"].compactMap(FieldList.init) {
        formats += [.fields(list), .csv(list), .tsv(list), .markdown(list)]
    }
    for format in formats { _ = format.line(for: record) }
    let board = ProgressBoard()
    var summary = RunSummary()
    for _ in 0..<2 {
        board.skip(record)
        summary.count(record)
    }
    var text = ProgressText(InputTotal(inputs: 3, bytes: 4908, isFinal: true))
    _ = text.line(for: board.snapshot)
    _ = summary.text(isSending: true)
}

/// A file of one byte, last changed at 1700000000.000000001.
private let knownFile: TemporaryFile = TemporaryFile()

private struct TemporaryFile {
    let path: String

    init() {
        path = "/tmp/hoist-fuzz-\(getpid())"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        require(write(descriptor, "x", 1) == 1, "\(path) cannot be written")
        var times = [timespec(tv_sec: 1_700_000_000, tv_nsec: 1), timespec(tv_sec: 1_700_000_000, tv_nsec: 1)]
        require(futimens(descriptor, &times) == 0, "\(path) cannot be dated")
        close(descriptor)
        atexit { unlink(knownFile.path) }
    }
}

/// A configuration file is taken, or its user is told its name and what is wrong; nothing else.
func fuzzConfiguration(_ bytes: [UInt8]) {
    withMemoryFile(bytes) { descriptor in
        let path = path(of: descriptor)
        // With the keys in the environment no key file is opened, whatever the configuration names.
        let environment = ["HOIST_CONFIG": path, "FIGUR_API_KEY": "sk_test_01234567", "EACHLABS_API_KEY": "01234567"]
        let settings: Settings
        do throws(Failure) { settings = try Settings(environment: environment) } catch {
            require(error.kind == .configuration && error.message.contains(path), error.message)
            return
        }
        for name in [nil, "figur", "eachlabs", "eachlabs-v1"] {
            var flags = Settings.ServiceFlags()
            flags.to = name
            guard let service = try? settings.service(flags, verb: .status, notice: { _ in }) else { continue }
            require(service.account.baseURL.isPrivate, "a key in the clear: \(service.account.baseURL)")
        }
    }
}

/// A description is taken, or whoever wrote it is told its name and what is wrong; what is taken can be shown.
func fuzzDescription(_ bytes: [UInt8]) {
    do throws(Failure) {
        let description = try DescriptionReader(file: "fuzz.toml", name: "fuzz").description(bytes)
        require(description.baseURL.isPrivate, "a key in the clear: \(description.baseURL)")
        require(!DryRun(description).lines.isEmpty, "nothing to show")
    } catch {
        require(error.kind == .configuration && error.message.contains("fuzz.toml"), error.message)
        require(error.message.safeForTerminal == error.message, "unsafe text")
    }
}

/// Every path of a list is one that stands there.
func fuzzPathList(_ bytes: [UInt8]) {
    withMemoryFile(bytes) { descriptor in
        for separator in [PathList.Separator.line, .null] {
            var paths: [InputPath] = []
            guard let list = try? PathList(opening: path(of: descriptor), separatedBy: separator),
                (try? list.visit { path in
                    paths.append(path)
                    return true
                }) == true
            else { continue }
            require(paths.count <= bytes.count, "more paths than bytes")
            for path in paths {
                require(!path.bytes.contains(separator.rawValue) && !path.bytes.contains(0), "two paths in one")
                require(bytes.firstRange(of: path.bytes) != nil, "a path that does not stand there")
                require(path.text.utf8.elementsEqual(String(decoding: path.bytes, as: UTF8.self).utf8), "another text")
                path.withCString { require(strlen($0) == path.bytes.count, "cut off") }
            }
        }
    }
}
