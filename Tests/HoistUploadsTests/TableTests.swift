import Testing

@testable import HoistCore
@testable import HoistServices
@testable import HoistUploads

@Suite struct TableTests {
    private static func record(
        _ file: String,
        bytes: Int64? = 4908,
        type: String? = "image/png",
        code: String? = nil
    ) -> Record {
        var record = Record(.file(file), service: "figur")
        record.names = UploadNames(handles: ["upload_key"], ids: ["id"])
        record.bytes = bytes
        record.contentType = type
        record.elapsed = .milliseconds(210)
        if let code {
            record.failure = Failure(.refusedHere, code: code, "m")
        } else {
            record.receipt.fields = [.init("upload_key", .string("k-1")), .init("image_url", .string("u"))]
        }
        return record
    }

    /// Where `text` starts in the first line, in terminal columns; wide characters count as given.
    private static func column(of text: String, in line: String, wide: Set<Character> = []) throws -> Int {
        let first = line.prefix { $0 != "\n" }
        let start = try #require(first.firstRange(of: text)?.lowerBound)
        return first[..<start].reduce(0) { $0 + (wide.contains($1) ? 2 : 1) }
    }

    @Test func terminal() {
        let table = Table(files: ["shot.png", "a.png"], columns: 80)
        #expect(table.heading == "STATE         FILE          SIZE  TYPE        KEY, ID OR URL")
        #expect(table.line(for: Self.record("shot.png")) == "✓ ok          shot.png    4.9 kB  PNG         k-1")
        #expect(
            table.line(for: Self.record("a.png", bytes: nil, type: nil, code: "not_found"))
                == "✗ failed      a.png            -  -           m")
        var left = Self.record("a.png", code: "x")
        left.failure = .notAttempted("interrupted")
        #expect(table.line(for: left).hasPrefix("- not sent    a.png"))
    }

    @Test func piped() {
        let table = Table(files: ["shot.png", "a.png"], columns: nil)
        #expect(table.heading == nil)
        #expect(table.line(for: Self.record("shot.png")) == "ok          shot.png    4.9 kB  image/png         k-1")
        #expect(
            table.line(for: Self.record("a.png", code: "too_large"))
                == "failed      a.png       4.9 kB  image/png         m")
    }

    @Test func everyHandleIsWholeAndLast() {
        var record = Self.record("a.png")
        record.names = UploadNames(handles: ["upload_key", "image_url", "absent"], ids: ["id"])
        let url = "https://example.com/" + String(repeating: "x", count: 300)
        record.receipt.fields = [.init("upload_key", .string("k-1")), .init("image_url", .string(url))]
        for columns in [nil, 20, 40, 80] {
            #expect(Table(files: ["a.png"], columns: columns).line(for: record).hasSuffix("  k-1  \(url)"))
        }
    }

    /// Nobody waited: the service still works on it, whatever it calls that.
    @Test func whatIsNotFinishedIsProcessing() {
        var record = Self.record("a.png")
        record.receipt.fields.append(.init("status", .string("PENDING")))
        let table = Table(files: ["a.png"], columns: 80)
        #expect(table.line(for: record).hasPrefix("✓ ok  "), "of a service that has no status, the word says nothing")
        record.names = UploadNames(handles: ["upload_key"], ids: ["id"], hasStatus: true)
        #expect(table.line(for: record).hasPrefix("… processing  a.png"))
        #expect(!table.line(for: record).contains("PENDING"))
        record.receipt.fields[record.receipt.fields.count - 1] = .init("status", .string("completed"))
        #expect(table.line(for: record).hasPrefix("✓ ok  "))
    }

    @Test func colourIsForTheSignAndTheWord() {
        let table = Table(files: ["a.png"], columns: 80, hasColour: true)
        #expect(table.line(for: Self.record("a.png")).hasPrefix("\u{1B}[32m✓ ok        \u{1B}[0m  a.png"))
        #expect(table.line(for: Self.record("a.png", code: "c")).hasPrefix("\u{1B}[31m✗ failed    \u{1B}[0m  a.png"))
    }

    @Test func uploadsShowTheirSizeAndTheirWord() {
        var record = Record(.upload(id: "id-1"), service: "eachlabs")
        record.names = UploadNames(handles: ["id", "public_url"], ids: ["id"], hasStatus: true)
        record.receipt.fields = [
            .init("id", .string("id-1")), .init("status", .string("Transcoding")), .init("size_bytes", .number(6514)),
            .init("file_type", .string("video")),
        ]
        let table = Table(.uploads, files: ["id-1"], columns: 80)
        #expect(table.heading == "STATE         ID        SIZE  TYPE        STATUS")
        #expect(table.line(for: record) == "… processing  id-1    6.5 kB  video       Transcoding")
    }

    @Test func inspectionIsAMatrix() {
        var record = Record(.file("a.png"), service: nil)
        record.bytes = 4908
        record.contentType = "image/png"
        func verdict(_ takes: Bool, _ code: String? = nil) -> JSONValue {
            .object([.init("takes", .bool(takes)), .init("code", .string(orNull: code))])
        }
        record.receipt.fields = [
            .init("width", .number(48)), .init("height", .number(32)), .init("duration_seconds", .number("1")),
            .init(
                "services",
                .object([
                    .init("figur", verdict(true)), .init("mux", verdict(false, "unsupported_type")),
                    .init("krea", verdict(false, "too_large")),
                ])),
        ]
        let services = ["figur", "mux", "krea"]
        let wide = Table(.inspection(services: services), files: ["a.png"], columns: 100)
        #expect(wide.heading == "STATE         FILE       SIZE  TYPE        PIXELS, TIME     figur  mux   krea")
        #expect(
            wide.line(for: record) == "✓ ok          a.png    4.9 kB  PNG         48x32 0:01       yes    type  size")
        // Where there is no room for a column a service, how many take it is said.
        let narrow = Table(.inspection(services: services), files: ["a.png"], columns: 50)
        #expect(narrow.heading?.hasSuffix("TAKEN BY") == true)
        #expect(narrow.line(for: record).hasSuffix("1 of 3"))
    }

    @Test func pipedIsOneLineUncut() {
        let long = String(repeating: "x", count: 300) + ".png"
        let line = Table(files: [long], columns: nil).line(for: Self.record(long))
        #expect(line.contains(long))
        #expect(!line.contains("\n"))
    }

    @Test(arguments: ["日本語のファイル.png", "\u{1F3AC}clip.mp4", "e\u{301}te\u{301}.png", "übung.png", "한국어.png"])
    func wideCharactersTakeTwoColumns(_ file: String) throws {
        let table = Table(files: [file, "plain.png"], columns: 80)
        let wide = Set(file).filter { !$0.isASCII && $0.unicodeScalars.first.map { $0.value > 0x1000 } == true }
        let here = try Self.column(of: "PNG", in: table.line(for: Self.record(file)), wide: wide)
        let there = try Self.column(of: "PNG", in: table.line(for: Self.record("plain.png")))
        #expect(here == there)
    }

    @Test func longNamesLoseTheirStart() throws {
        let long = "some/very/long/directory/name/of/a/project/shot-0001.png"
        let table = Table(files: [long], columns: 80)
        let line = table.line(for: Self.record(long))
        #expect(line.contains("…"))
        #expect(line.contains("shot-0001.png"))
        let heading = try #require(table.heading)
        #expect(try Self.column(of: "PNG", in: line) == Self.column(of: "TYPE", in: heading))
    }

    /// A narrow terminal, or none worth the name.
    @Test(arguments: [0, 1, 20, 40, 60])
    func narrowTerminal(columns: Int) {
        let long = String(repeating: "日本", count: 40) + ".png"
        #expect(Table(files: [long], columns: columns).line(for: Self.record(long)).hasPrefix("✓ ok"))
    }

    @Test func noFiles() {
        #expect(Table(files: [], columns: 80).heading?.hasPrefix("STATE         FILE") == true)
    }

    /// Aligned and readable in 80 columns, whatever the type is and whatever went wrong.
    @Test(arguments: ["application/octet-stream", "image/vnd.adobe.photoshop", "image/vnd.microsoft.icon"])
    func longTypesKeepTheColumns(_ type: String) throws {
        let table = Table(files: ["a.png"], columns: 80)
        let heading = try #require(table.heading)
        let line = table.line(for: Self.record("a.png", type: type))
        #expect(try Self.column(of: "k-1", in: line) == Self.column(of: "KEY, ID", in: heading))
    }

    @Test(arguments: ["not_a_regular_file", "changed_while_sent", "unusable_presigned_url", "SignatureDoesNotMatch"])
    func failedRowsFitTheTerminal(_ code: String) {
        let file = String(repeating: "x", count: 60) + ".png"
        let line = Table(files: [file], columns: 80).line(for: Self.record(file, type: "image/svg+xml", code: code))
        #expect(line.count <= 80)
    }

    /// A server's word can have any length, and so can one character of it.
    @Test(arguments: ["PROCESSING", "e\u{301}\u{301}", "\u{1B}[2J", "\u{E0041}"])
    func noWordOfAServerFillsTheScreen(_ part: String) {
        let word = String(repeating: part, count: 100_000)
        for columns in [80, nil] {
            var record = Self.record("a.png")
            record.receipt.fields = [.init("status", .string(word))]
            let table = Table(files: ["a.png"], columns: columns)
            for line in [table.line(for: record), table.line(for: Self.record("a.png", code: word))] {
                #expect(line.utf8.count < 2000)
            }
            #expect(record.json["status"]?.text == word, "the record has the whole")
        }
    }

    @Test func controlCharactersNeverReachTheTerminal() {
        let hostile = "\u{1B}[2J\n\u{9B}\u{202E}.png"
        for columns in [80, nil] {
            var record = Self.record(hostile)
            record.receipt.fields = [.init("upload_key", .string(hostile))]
            var failed = Self.record(hostile, code: hostile)
            failed.receipt = record.receipt
            let table = Table(files: [hostile], columns: columns)
            for line in [table.line(for: record), table.line(for: failed)] {
                #expect(!line.unicodeScalars.contains { $0.isUnsafeOnTerminal && $0 != "\n" })
            }
            let lines = table.line(for: record).split(separator: "\n")
            #expect(lines.count == 1)
            #expect(table.line(for: failed).split(separator: "\n").count == 1, "nothing to copy")
        }
    }

    @Test(
        arguments: [
            (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (4908, "4.9 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"),
            (25_000_000, "25.0 MB"), (5_368_709_120, "5.4 GB"), (1_000_000_000_000, "1.0 TB"),
        ] as [(Int64, String)]
    )
    func size(_ bytes: Int64, _ text: String) {
        let line = Table(files: ["a"], columns: nil).line(for: Self.record("a", bytes: bytes))
        #expect(line.contains("  \(text)  image/png"), "\(line)")
    }

    /// A sparse file can be as large as a number can say.
    @Test func largestSizeOfAll() async {
        await #expect(processExitsWith: .success) {
            var record = Record(.file("a"), service: "eachlabs")
            record.bytes = .max
            _ = Table(files: ["a"], columns: nil).line(for: record)
        }
    }
}
