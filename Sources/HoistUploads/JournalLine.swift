import HoistCore
import HoistFiles
import HoistServices

/// A line of a journal as far as it decides whether an input is sent again: where that stands in the line, since a journal
/// has a million of them and most are never asked for.
struct JournalLine {
    private let bytes: [UInt8]
    private var values: [Range<Int>?] = Array(repeating: nil, count: Field.allCases.count)

    private enum Field: Int, CaseIterable {
        // In the order in which they are written.
        case path, pathBytes, size, modified, changed, service, settings, baseURL, key, record

        var name: StaticString {
            switch self {
            case .path: "path"
            case .pathBytes: "path_bytes"
            case .size: "size"
            case .modified: "mtime"
            case .changed: "ctime"
            case .service: "service"
            case .settings: "settings"
            case .baseURL: "base_url"
            case .key: "key"
            case .record: "record"
            }
        }
    }

    /// Nil for what is not JSON.
    init?(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        var values = values
        var expected = 0
        let isObject = JSONScanner.visitMembers(of: bytes, in: range) { name, value in
            for step in 0..<Field.allCases.count {
                let index = (expected + step) % Field.allCases.count
                guard JSONScanner.isName(Field.allCases[index].name, at: name, in: bytes) else { continue }
                // The first of one name counts.
                values[index] = values[index] ?? value
                expected = index + 1
                break
            }
        }
        // Any other value is a line that says nothing.
        guard isObject || JSONScanner.isWhole(Array(bytes[range])) else { return nil }
        if isObject { self.values = values }
    }

    // MARK: - What it says

    /// Absolute; nil where there is none.
    var path: [UInt8]? {
        if let digits = text(.pathBytes) { return Hexadecimal.bytes(of: digits) }
        if let plain = plainText(.path) { return Array(plain) }
        return text(.path).map { Array($0.utf8) }
    }

    /// The file when it was sent; nil where a part of that is missing.
    var state: FileState? {
        guard case .number(let size)? = value(.size), let size = Int64(size), let modified = time(.modified),
            let changed = time(.changed)
        else { return nil }
        return FileState(size: size, modified: modified, changed: changed)
    }

    /// Whether the input is done. What was sent and took too long to be processed need not be sent again.
    var isDone: Bool {
        guard let record = values[Field.record.rawValue] else { return false }
        if let ok = JSONScanner.member("ok", of: bytes, in: record), bytes[ok].elementsEqual("true".utf8) {
            return true
        }
        guard let error = JSONScanner.member("error", of: bytes, in: record),
            let code = JSONScanner.member("code", of: bytes, in: error)
        else { return false }
        return JSONValue(parsing: Array(bytes[code]))?.text == StatusWait.lateCode
    }

    var record: JSONValue? { value(.record) }

    /// Whether it was sent there.
    func isFor(_ destination: Destination) -> Bool {
        says(.service, destination.service) && says(.settings, destination.settings)
            && says(.baseURL, destination.baseURL)
    }

    /// Whether that key sent it.
    func isBy(_ key: Expected) -> Bool { says(.key, key) }

    /// Something that lines say, and how hoist writes it.
    struct Expected: Sendable {
        let value: JSONValue
        fileprivate let written: [UInt8]

        init(_ value: JSONValue) {
            self.value = value
            written = value.bytes
        }
    }

    struct Destination: Sendable {
        let service: Expected
        let settings: Expected
        let baseURL: Expected
    }

    private func says(_ field: Field, _ expected: Expected) -> Bool {
        guard let range = values[field.rawValue] else { return false }
        // The same may be written in several ways, but hoist has one.
        return bytes[range].elementsEqual(expected.written) || value(field) == expected.value
    }

    private func value(_ field: Field) -> JSONValue? {
        values[field.rawValue].flatMap { JSONValue(parsing: Array(bytes[$0])) }
    }

    private func text(_ field: Field) -> String? { value(field)?.text }

    /// A text that stands for itself, without its quotes.
    private func plainText(_ field: Field) -> ArraySlice<UInt8>? {
        guard let range = values[field.rawValue], bytes[range].first == UInt8(ascii: "\"") else { return nil }
        let text = bytes[range].dropFirst().dropLast()
        return text.contains(UInt8(ascii: "\\")) ? nil : text
    }

    private func time(_ field: Field) -> FileTime? {
        if let plain = plainText(field), let time = FileTime(digits: plain) { return time }
        return text(field).flatMap(FileTime.init)
    }
}

/// What tells whether a file has changed.
struct FileState: Equatable {
    let size: Int64
    let modified: FileTime
    let changed: FileTime

    init(size: Int64, modified: FileTime, changed: FileTime) {
        self.size = size
        self.modified = modified
        self.changed = changed
    }

    init(_ stamp: FileStamp) {
        self.init(size: stamp.size, modified: stamp.modified, changed: stamp.changed)
    }
}
