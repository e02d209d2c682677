import HoistCore

/// Goes through the bytes of a TOML document, and reads what has no structure: keys, texts, numbers.
struct TOMLScanner {
    private var rest: ArraySlice<UInt8>
    private(set) var line = 1

    init(_ text: String) {
        rest = Array(text.utf8)[...]
    }

    var next: UInt8? { rest.first }

    func problem(_ message: String) -> TOMLProblem { TOMLProblem(line: line, message: message) }

    mutating func skip() { rest = rest.dropFirst() }

    mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func skipSpaces() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }

    /// Spaces, line ends and comments.
    mutating func skipBlanks() throws(TOMLProblem) {
        while true {
            skipSpaces()
            if rest.first == UInt8(ascii: "#") { try skipComment() }
            guard takeLineEnd() else { return }
        }
    }

    /// The rest of a line behind a pair or a header: nothing but a comment.
    mutating func endLine() throws(TOMLProblem) {
        skipSpaces()
        if rest.first == UInt8(ascii: "#") { try skipComment() }
        guard rest.isEmpty || takeLineEnd() else { throw problem("one pair or table stands on a line") }
    }

    private mutating func skipComment() throws(TOMLProblem) {
        while let byte = rest.first, byte != 0x0A, !rest.starts(with: [0x0D, 0x0A]) {
            guard Self.isAllowed(byte) else { throw problem("a control character in a comment") }
            skip()
        }
    }

    private mutating func takeLineEnd() -> Bool {
        if rest.starts(with: [0x0D, 0x0A]) { skip() }
        guard take(0x0A) else { return false }
        line += 1
        return true
    }

    /// Whether a byte may stand in a text or a comment.
    private static func isAllowed(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    // MARK: - Keys and texts

    mutating func key() throws(TOMLProblem) -> String {
        if rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "'") {
            guard !isLongText else { throw problem("a key stands on one line") }
            return try text()
        }
        let bare = rest.prefix { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        guard !bare.isEmpty else {
            throw problem("a key is made of letters, digits, _ and -, or stands in quotes")
        }
        rest = rest[bare.endIndex...]
        return String(decoding: bare, as: UTF8.self)
    }

    private var isLongText: Bool { rest.starts(with: [UInt8](repeating: rest.first ?? 0, count: 3)) }

    /// A text in any of the four kinds of quotes.
    mutating func text() throws(TOMLProblem) -> String {
        guard let quote = rest.first else { throw problem("a text is missing") }
        let hasEscapes = quote == UInt8(ascii: "\"")
        let isLong = isLongText
        rest = rest.dropFirst(isLong ? 3 : 1)
        if isLong { _ = takeLineEnd() }
        var bytes: [UInt8] = []
        while let byte = rest.first {
            if byte == quote {
                let quotes = isLong ? rest.prefix { $0 == quote }.count : 1
                if !isLong || quotes >= 3 {
                    // Up to two quotes more belong to the text.
                    guard quotes <= 5 else { throw problem("too many quotes") }
                    if isLong { bytes += [UInt8](repeating: quote, count: quotes - 3) }
                    rest = rest.dropFirst(quotes)
                    return String(decoding: bytes, as: UTF8.self)
                }
                bytes.append(byte)
                skip()
            } else if hasEscapes, byte == UInt8(ascii: "\\") {
                skip()
                try takeEscape(isLong: isLong, into: &bytes)
            } else if isLong, takeLineEnd() {
                bytes.append(0x0A)
            } else {
                guard Self.isAllowed(byte) else {
                    throw problem(byte == 0x0A ? "a text without its closing quote" : "a control character in a text")
                }
                bytes.append(byte)
                skip()
            }
        }
        throw problem("a text without its closing quote")
    }

    private mutating func takeEscape(isLong: Bool, into bytes: inout [UInt8]) throws(TOMLProblem) {
        if isLong {
            let start = (rest, line)
            skipSpaces()
            if takeLineEnd() {
                repeat { skipSpaces() } while takeLineEnd()
                return
            }
            (rest, line) = start
        }
        guard let letter = rest.popFirst() else { throw problem("a text without its closing quote") }
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "f"): 0x0C,
            UInt8(ascii: "r"): 0x0D, UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C,
        ]
        if let byte = plain[letter] { return bytes.append(byte) }
        let count = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
        let digits = rest.prefix(count)
        guard count > 0, digits.count == count, digits.allSatisfy(\.isHexDigit),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(code)
        else { throw problem("an unknown escape in a text; a backslash itself is written twice") }
        rest = rest.dropFirst(count)
        bytes += Array(String(Character(scalar)).utf8)
    }

    // MARK: - Numbers

    /// A number, true, false, or a date.
    mutating func scalar() throws(TOMLProblem) -> TOMLNode.Value {
        let word = rest.prefix { $0.isLetterOrDigit || "+-_.:".utf8.contains($0) }
        rest = rest[word.endIndex...]
        let text = String(decoding: word, as: UTF8.self)
        switch text {
        case "": throw problem("a value is missing")
        case "true": return .flag(true)
        case "false": return .flag(false)
        case "inf", "+inf": return .decimal(.infinity)
        case "-inf": return .decimal(-.infinity)
        case "nan", "+nan", "-nan": return .decimal(.nan)
        default: break
        }
        if Self.isDate(word) {
            // A blank may stand between the date and the time.
            if rest.first == 0x20, rest.dropFirst().first.map({ (0x30...0x39).contains($0) }) == true {
                rest = rest.dropFirst().drop { $0.isLetterOrDigit || "+-.:".utf8.contains($0) }
            }
            return .other
        }
        if let number = Self.number(text) { return number }
        throw problem("'\(text)' is no value; text stands in quotes")
    }

    private static func isDate(_ word: ArraySlice<UInt8>) -> Bool {
        let shape = word.map { (0x30...0x39).contains($0) ? UInt8(ascii: "0") : $0 }
        return shape.starts(with: "0000-00-00".utf8) || shape.starts(with: "00:00:00".utf8)
    }

    private static func number(_ text: String) -> TOMLNode.Value? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
            return digits(text.dropFirst(2), radix).flatMap { Int($0, radix: radix) }.map(TOMLNode.Value.integer)
        }
        let sign = text.first == "-" ? "-" : ""
        let body = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        // A number does not begin with a 0 that says nothing.
        let whole = body.prefix { $0 != "." && $0 != "e" && $0 != "E" }
        guard let plain = digits(whole, 10), plain == "0" || plain.first != "0" else { return nil }
        if whole.endIndex == body.endIndex { return Int(sign + plain).map(TOMLNode.Value.integer) }
        var rest = body[whole.endIndex...]
        var literal = sign + plain
        if rest.first == "." {
            let fraction = rest.dropFirst().prefix { $0 != "e" && $0 != "E" }
            guard let digits = digits(fraction, 10) else { return nil }
            literal += "." + digits
            rest = rest[fraction.endIndex...]
        }
        if let letter = rest.first {
            guard letter == "e" || letter == "E" else { return nil }
            rest = rest.dropFirst()
            let sign = rest.first == "-" ? "-" : ""
            if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
            guard let digits = digits(rest, 10) else { return nil }
            literal += "e" + sign + digits
        }
        return Double(literal).map(TOMLNode.Value.decimal)
    }

    /// The digits without the underscores, each of which stands between two digits.
    private static func digits(_ text: Substring, _ radix: Int) -> String? {
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        guard
            groups.allSatisfy({ group in
                !group.isEmpty && group.allSatisfy { $0.isASCII && $0.hexDigitValue ?? 16 < radix }
            })
        else { return nil }
        return groups.joined()
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}
