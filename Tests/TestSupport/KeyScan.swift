import Foundation
import Synchronization

/// No key that any program was given is in what the programs print, or in the files that they leave: looked for after
/// every run and in every temporary directory, by means that share nothing with the product's.
enum KeyScan {
    struct KeyShown: Error, CustomStringConvertible {
        let description: String
    }

    /// Each key and how it may be written.
    private static let forms = Mutex<[String: [Data]]>([:])
    /// Files into which a test wrote by itself, and may have written a key.
    private static let written = Mutex<Set<String>>([])

    /// Learns the keys in a program's environment. Where it is shorter, it is none, and too many texts would have it.
    static func learn(from environment: [String: String]) {
        for (name, key) in environment where name.hasSuffix("_API_KEY") && key.utf8.count >= 8 {
            forms.withLock { $0[key] = $0[key] ?? writings(of: key) }
        }
    }

    static func mayHaveKeys(_ path: String) { _ = written.withLock { $0.insert(path) } }

    /// Throws ``KeyShown`` where a key is in what a program printed that was given it.
    static func check(_ bytes: [UInt8], of what: String, environment: [String: String]) throws {
        for (name, key) in environment where name.hasSuffix("_API_KEY") && key.utf8.count >= 8 {
            guard has(Data(bytes), anyOf: forms.withLock { $0[key] } ?? []) else { continue }
            throw KeyShown(
                description: "\(what) has the key in \(name) in it: \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    /// Throws ``KeyShown`` where a key is in a file that a program left there. Of large ones only the beginning is read:
    /// those are media.
    static func check(filesIn directory: String) throws {
        let forms = forms.withLock { $0.values.flatMap(\.self) }
        guard !forms.isEmpty, let files = FileManager.default.enumerator(atPath: directory) else { return }
        for case let name as String in files {
            let path = "\(directory)/\(name)"
            guard files.fileAttributes?[.type] as? FileAttributeType == .typeRegular,
                !written.withLock({ $0.contains(path) }), let file = FileHandle(forReadingAtPath: path)
            else { continue }
            defer { try? file.close() }
            guard let content = try? file.read(upToCount: 1 << 20), has(content, anyOf: forms) else { continue }
            throw KeyShown(description: "\(path) has a key in it: \(String(decoding: content, as: UTF8.self))")
        }
    }

    private static func has(_ content: Data, anyOf forms: [Data]) -> Bool {
        content.withUnsafeBytes { content in
            forms.contains { form in form.withUnsafeBytes { isPart($0, of: content) } }
        }
    }

    /// With the C library's search, since there is much to be searched.
    private static func isPart(_ form: UnsafeRawBufferPointer, of content: UnsafeRawBufferPointer) -> Bool {
        guard let first = form.first, let bytes = form.baseAddress, var start = content.baseAddress else {
            return false
        }
        var left = content.count
        while left >= form.count, let found = memchr(start, Int32(first), left - form.count + 1) {
            if memcmp(found, bytes, form.count) == 0 { return true }
            left -= UnsafeRawPointer(found) - start + 1
            start = UnsafeRawPointer(found) + 1
        }
        return false
    }

    private static func writings(of key: String) -> [Data] {
        func each(_ write: (UInt8) -> String) -> String { key.utf8.map(write).joined() }
        let escapes = [
            key, key.replacing("/", with: "\\/"),
            key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? key,
            each { String(format: "%%%02x", $0) }, each { String(format: "%%%02X", $0) },
            each { String(format: "\\u%04x", $0) }, each { String(format: "\\u%04X", $0) }, each { "&#\($0);" },
            each { String(format: "&#x%02x;", $0) },
        ]
        // What the key comes to in base64 wherever it begins, without the characters that have a part of something else.
        let base64 = (0..<3).map { before -> String in
            let text = Data(Array(repeating: 0, count: before) + Array(key.utf8)).base64EncodedString()
            return String(text.dropFirst(before == 0 ? 0 : before + 1).dropLast(4))
        }
        let urlSafe = base64.map { $0.replacing("+", with: "-").replacing("/", with: "_") }
        return Set(escapes + base64 + urlSafe).map { Data($0.utf8) }
    }
}
