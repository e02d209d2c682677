import HoistCore

/// What nobody else is to see of a conversation: keys and signatures, known by value. They are found however a server
/// writes them: as they are, in JSON's or HTML's escapes, percent-encoded, a mixture of these, or within base64.
package struct Secrets: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// Bytes: shorter ones would be found in any text.
    package static let shortest = 8

    private struct Needle {
        let bytes: [UInt8]
        let isBase64: Bool
    }

    private let needles: [Needle]
    /// What may begin with a byte, by byte.
    private let begins: [Beginnings]

    private struct Beginnings: OptionSet {
        let rawValue: UInt8
        static let needle = Beginnings(rawValue: 1)
        static let escape = Beginnings(rawValue: 2)
    }

    package init(_ values: [String]) {
        needles = values.map { Array($0.utf8) }.filter { $0.count >= Self.shortest }.flatMap { value in
            [Needle(bytes: value, isBase64: false)]
                + (0..<3).map { Needle(bytes: Base64.middle(of: value, after: $0), isBase64: true) }
        }
        var begins = (0..<256).map { Escape.begins(with: UInt8($0)) ? Beginnings.escape : [] }
        for needle in needles { begins[Int(needle.bytes[0])].insert(.needle) }
        // URL-safe base64 writes these two otherwise.
        begins[Int(UInt8(ascii: "-"))].formUnion(begins[Int(UInt8(ascii: "+"))])
        begins[Int(UInt8(ascii: "_"))].formUnion(begins[Int(UInt8(ascii: "/"))])
        self.begins = begins
    }

    package var description: String { "[redacted]" }
    package var debugDescription: String { description }

    /// Whether any of them is in those bytes.
    package func occur(in bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            return next(in: bytes, from: &position) != nil
        }
    }

    /// The text without them.
    package func removed(from text: String) -> String {
        var text = text
        return text.withUTF8 { bytes -> String? in
            var position = 0
            guard var found = next(in: bytes, from: &position) else { return nil }
            var shown: [UInt8] = []
            var end = 0
            while true {
                // What was taken out before may reach into what surrounds this one.
                if found.lowerBound > end { shown += bytes[end..<found.lowerBound] }
                if found.lowerBound >= end { shown += "[redacted]".utf8 }
                end = found.upperBound
                guard let following = next(in: bytes, from: &position) else { break }
                found = following
            }
            shown += bytes[end...]
            return String(decoding: shown, as: UTF8.self)
        } ?? text
    }

    /// The text without them, and without what its names say is a secret.
    package func redacted(_ text: String) -> String { Trace.redactedParameters(removed(from: text)) }

    /// The beginning of a reply that is not what it should be: it may be the request come back, with all its headers.
    package func excerpt(of body: [UInt8]) -> String {
        // Before the cut, which may go through a secret.
        let text = redacted(String(decoding: body, as: UTF8.self))
        return Reply.excerpt(of: Array(HeaderEcho.redacted(text).utf8))
    }

    // MARK: - Finding

    /// The next one at `position` or behind, with what of its base64 is around it; moves `position` behind it.
    ///
    /// Every text that a service says is searched, and almost none has any in it: most bytes are looked at once only.
    private func next(in text: UnsafeBufferPointer<UInt8>, from position: inout Int) -> Range<Int>? {
        begins.withUnsafeBufferPointer { begins in
            while position < text.count {
                let byte = text[position]
                let beginnings = begins[Int(byte)]
                defer { position += 1 }
                guard !beginnings.isEmpty else { continue }
                var escaped: UInt8?
                if !beginnings.contains(.needle) {
                    guard let unit = Escape.unit(in: text, at: position),
                        begins[Int(unit.byte)].contains(.needle)
                    else { continue }
                    escaped = unit.byte
                }
                for index in needles.indices {
                    // Of four needles at most one begins with that letter; a byte that begins an escape may be either.
                    let isStart = Self.matches(escaped ?? byte, needles[index], at: 0)
                    guard isStart || Escape.begins(with: byte) else { continue }
                    let needle = needles[index]
                    guard let end = Self.end(of: needle, in: text, from: position, at: 0) else { continue }
                    let found = needle.isBase64 ? Base64.around(position..<end, in: text) : position..<end
                    position = found.upperBound - 1
                    return found
                }
            }
            return nil
        }
    }

    /// Where the rest of the needle, from `index` on, ends if it begins at `start`; nil where it does not.
    private static func end(
        of needle: Needle, in text: UnsafeBufferPointer<UInt8>, from start: Int, at index: Int
    ) -> Int? {
        var position = start
        for index in index..<needle.bytes.count {
            guard position < text.count else { return nil }
            let isPlain = matches(text[position], needle, at: index)
            let unit = Escape.unit(in: text, at: position)
            if let unit, matches(unit.byte, needle, at: index) {
                // A key may have in it what begins an escape: then both have to be tried.
                guard isPlain else {
                    position += unit.length
                    continue
                }
                let end = Self.end(of: needle, in: text, from: position + unit.length, at: index + 1)
                if let end { return end }
            }
            guard isPlain else { return nil }
            position += 1
        }
        return position
    }

    private static func matches(_ byte: UInt8, _ needle: Needle, at index: Int) -> Bool {
        if byte == needle.bytes[index] { return true }
        return needle.isBase64 && Base64.standard(byte) == needle.bytes[index]
    }
}
