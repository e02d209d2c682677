/// A JSON value that can be passed through: whatever a service says, a record can repeat.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The number as written, since a service's number is repeated and never calculated with.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in the order in which they are written.
    case object([Member])

    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: JSONValue

        @inlinable public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package static func number(_ value: some BinaryInteger) -> JSONValue { .number(String(value)) }

    package static func number(orNull value: Double?) -> JSONValue { value.map { .number($0.formatted) } ?? .null }

    @inlinable public static func string(orNull value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }

    /// The member of that name, of an object that has it.
    @inlinable public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The names of an object's members.
    package var names: [String] {
        if case .object(let members) = self { members.map(\.name) } else { [] }
    }

    /// The value with every text in it, names included, put through `transform`.
    package func mappingText(_ transform: (String) -> String) -> JSONValue {
        switch self {
        case .null, .bool, .number: self
        case .string(let text): .string(transform(text))
        case .array(let values): .array(values.map { $0.mappingText(transform) })
        case .object(let members):
            .object(members.map { Member(transform($0.name), $0.value.mappingText(transform)) })
        }
    }

    @inlinable public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}

extension JSONValue {
    /// Reads a document; nil when it is not one whole JSON value in UTF-8 (RFC 8259).
    package init?(parsing bytes: [UInt8]) {
        guard let value = JSONParser.parse(bytes) else { return nil }
        self = value
    }
}

extension JSONValue: CustomStringConvertible {
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Compact JSON on one line, safe on a terminal: every control character is escaped, C1 and DEL included. As bytes,
    /// which is how it leaves: putting a text together was four times the work (measured).
    package var bytes: [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(512)
        write(to: &line)
        return line
    }

    fileprivate func write(to line: inout [UInt8]) {
        switch self {
        case .null: line += "null".utf8
        case .bool(let flag): line += (flag ? "true" : "false").utf8
        case .number(let literal): line += literal.utf8
        case .string(let text): Self.write(text, to: &line)
        case .array(let values):
            line.append(UInt8(ascii: "["))
            for (index, value) in values.enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                value.write(to: &line)
            }
            line.append(UInt8(ascii: "]"))
        case .object(let members):
            line.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { line.append(UInt8(ascii: ",")) }
                Self.write(member.name, to: &line)
                line.append(UInt8(ascii: ":"))
                member.value.write(to: &line)
            }
            line.append(UInt8(ascii: "}"))
        }
    }

    fileprivate static func write(_ text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        defer { line.append(UInt8(ascii: "\"")) }
        var copy = text
        let isPlain = copy.withUTF8 { bytes in
            guard bytes.allSatisfy(\.isPlainInJSON) else { return false }
            line.append(contentsOf: bytes)
            return true
        }
        if isPlain { return }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += "\\\"".utf8
            case "\\": line += "\\\\".utf8
            case "\n": line += "\\n".utf8
            case "\r": line += "\\r".utf8
            case "\t": line += "\\t".utf8
            case _ where scalar.isUnsafeOnTerminal:
                for unit in UTF16.encode(scalar).map(Array.init) ?? [] {
                    line += "\\u\(Hexadecimal.text(of: [UInt8(unit >> 8), UInt8(unit & 0xFF)]))".utf8
                }
            default: line += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
    }
}

/// An object that is written member by member: put together as a value first, a record took twice the work (measured).
package struct JSONLine {
    private var bytes: [UInt8] = []

    package init() {
        bytes.reserveCapacity(512)
        bytes.append(UInt8(ascii: "{"))
    }

    package mutating func add(_ member: JSONValue.Member) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        JSONValue.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
    }

    package consuming func finished() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}

extension UInt8 {
    /// Whether it stands for itself in a JSON text, on every terminal.
    fileprivate var isPlainInJSON: Bool {
        self >= 0x20 && self < 0x7F && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
    }
}
