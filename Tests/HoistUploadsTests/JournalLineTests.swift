import HoistTestSupport
import TestSupport
import Testing

@testable import HoistCore
@testable import HoistFiles
@testable import HoistServices
@testable import HoistUploads

/// What decides in a line of a journal is found without taking it apart, and is what the parser says.
@Suite struct JournalLineTests {
    private static let destination = JournalLine.Destination(
        service: .init(.string("figur")), settings: .init(.object([.init("a", .string("é")), .init("b", .number(1))])),
        baseURL: .init(.string("https://api.example.com/")))
    private static let key = JournalLine.Expected(.string("0123456789abcdef"))

    private static let pattern = JournalPattern(destination, key: key)

    /// By the parser, and nothing else.
    private struct Reference: Equatable {
        var path: [UInt8]?
        var state: FileState?
        var isDone = false
        var isFor = false
        var isBy = false
        var record: JSONValue?

        init(_ line: JournalLine) {
            path = line.path
            state = line.state
            isDone = line.isDone
            isFor = line.isFor(destination)
            isBy = line.isBy(key)
            record = line.record
        }

        init?(parsing bytes: [UInt8]) {
            guard let line = JSONValue(parsing: bytes) else { return nil }
            if let digits = line["path_bytes"]?.text {
                path = Hexadecimal.bytes(of: digits)
            } else {
                path = line["path"]?.text.map { Array($0.utf8) }
            }
            if case .number(let size)? = line["size"], let size = Int64(size),
                let modified = line["mtime"]?.text.flatMap(FileTime.init),
                let changed = line["ctime"]?.text.flatMap(FileTime.init)
            {
                state = FileState(size: size, modified: modified, changed: changed)
            }
            record = line["record"]
            isDone = record?["ok"] == .bool(true) || record?["error"]?["code"]?.text == StatusWait.lateCode
            isFor =
                line["service"]?.text == "figur" && line["settings"] == destination.settings.value
                && line["base_url"]?.text == "https://api.example.com/"
            isBy = line["key"]?.text == "0123456789abcdef"
        }
    }

    private func compare(_ bytes: [UInt8]) {
        let line = JournalLine(bytes, in: 0..<bytes.count).map(Reference.init)
        let expected = Reference(parsing: bytes)
        #expect(line == expected, "\(String(decoding: bytes, as: UTF8.self))")
        // What is told by its pattern is what the parser says, too.
        let around = Array("{\n".utf8) + bytes + Array("\n}".utf8)
        guard let path = Self.pattern.path(of: around, in: 2..<2 + bytes.count) else { return }
        #expect(path == expected?.path, "\(String(decoding: bytes, as: UTF8.self))")
        let isTaken = expected.map { $0.isFor && $0.isBy && $0.isDone && $0.state != nil } ?? false
        #expect(isTaken, "\(String(decoding: bytes, as: UTF8.self))")
    }

    /// Each member with what it may say; the first is what hoist writes.
    private static let members: [(name: String, values: [String])] = [
        ("path", [#""/a/b.png""#, #""/a\u002fb""#, #""/é""#, #""/e\u0301""#, "7", "null", #""""#]),
        ("path_bytes", [#""2f61ff""#, #""2F""#, #""2f6""#, #""\u0032f""#, "2"]),
        ("size", ["67", "0", "-1", "6.0", "1e2", "9223372036854775807", "9223372036854775808", #""67""#]),
        (
            "mtime",
            [
                #""1795547204.465647331""#, #""-5.000000001""#, #""+5.000000001""#, #""5.+00000001""#, #""5.0""#,
                #""9223372036854775807.999999999""#, #""9223372036854775808.999999999""#, #""5.\u0030000000001"#,
                #"".000000001""#, "5.000000001", #""123456789012345678.000000001""#,
                #""1234567890123456789.000000001""#,
            ]
        ),
        ("ctime", [#""1795547204.465647331""#, #""007.000000000""#, #""1.0000000000""#, #""1.00000000a""#, "null"]),
        ("service", [#""figur""#, #""f\u0069gur""#, #""eachlabs""#, "null"]),
        (
            "settings",
            [#"{"a":"é","b":1}"#, #"{ "a" : "\u00e9" , "b" : 1 }"#, #"{"a":"é","b":1}"#, #"{"b":1,"a":"é"}"#, "{}"]
        ),
        ("base_url", [#""https://api.example.com/""#, #""https:\/\/api.example.com\/""#, #""https://x/""#]),
        ("key", [#""0123456789abcdef""#, #""0123456789abcde""#, "null", #""""#]),
        (
            "record",
            [
                #"{"ok":true,"file":"a","seconds":0.1}"#, #"{"o\u006b":true}"#, #"{"ok":false,"error":{"code":"x"}}"#,
                #"{"ok":false,"error":{"code":"not_finished"}}"#, #"{"error":{"c\u006fde":"not_f\u0069nished"}}"#,
                #"{"ok":false,"ok":true}"#, #"{"ok":true,"ok":false}"#, #"{ "ok" : true }"#, #"{"ok":"true"}"#, "true",
                #"[{"ok":true}]"#, #"{"error":"not_finished"}"#, "{}", #"{"ok":1,"error":{}}"#,
            ]
        ),
        (#"p\u0061th"#, [#""/other""#]), ("unknown", ["[1,{}]"]),
    ]

    @Test(arguments: 0..<200 as Range<UInt64>)
    func asTheParserHasIt(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            var written: [String] = []
            for member in Self.members where Int.random(in: 0..<12, using: &generator) > 0 {
                let isUsual = Int.random(in: 0..<4, using: &generator) > 0
                let isLate = member.name.contains("\\") || member.name == "path_bytes"
                guard !isLate || Bool.random(using: &generator) else { continue }
                let value = isUsual ? member.values[0] : member.values.randomElement(using: &generator) ?? ""
                written.append("\"\(member.name)\":\(value)")
                if Int.random(in: 0..<20, using: &generator) == 0 {
                    written.append("\"\(member.name)\":\(member.values.randomElement(using: &generator) ?? "")")
                }
            }
            if Int.random(in: 0..<4, using: &generator) == 0 { written.shuffle(using: &generator) }
            var line = Array("{\(written.joined(separator: ","))}".utf8)
            compare(line)
            // As a crash or a bad disk leaves it.
            let place = Int.random(in: 0..<line.count, using: &generator)
            line[place] = Bool.random(using: &generator) ? 0 : UInt8.random(in: 0...255, using: &generator)
            compare(line)
            compare(Array(line[..<place]))
        }
    }

    /// Nearly all lines are told by it.
    @Test func whatHoistWritesFitsThePattern() {
        let written = Self.members.filter { !["path_bytes", "unknown"].contains($0.name) && !$0.name.contains("\\") }
            .map { "\"\($0.name)\":\($0.values[0])" }.joined(separator: ",")
        let line = Array("{\(written)}".utf8)
        #expect(Self.pattern.path(of: line, in: 0..<line.count) == Array("/a/b.png".utf8))
        for change in [",", "}", " ", "x"] {
            let changed = line + Array(change.utf8)
            #expect(Self.pattern.path(of: changed, in: 0..<changed.count) == nil)
            compare(changed)
        }
        for place in line.indices {
            for byte in [0, UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "0"), 0xC3] {
                var changed = line
                changed[place] = byte
                compare(changed)
            }
        }
    }

    @Test(arguments: ["null", "[]", "7", #""path""#, "{}", "", "x"])
    func whatIsNoLine(text: String) { compare(Array(text.utf8)) }
}
