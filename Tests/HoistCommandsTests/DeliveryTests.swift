import ArgumentParser
import Glibc
import HoistTestSupport
import Testing

@testable import HoistCommands
@testable import HoistCore
@testable import HoistFiles
@testable import HoistUploads

/// Records on their way to standard output. Each test has a process to itself: its output is what is looked at.
@Suite struct DeliveryTests {
    static func delivery(
        _ format: RecordFormat = field("id"), repeats: RepeatBook? = nil, isOrdered: Bool = true,
        giveUp: @escaping @Sendable () -> Void = {}
    ) -> Delivery {
        Delivery(
            RecordWriter(format), Console(isQuiet: true), journal: nil, repeats: repeats, isOrdered: isOrdered,
            giveUp: giveUp)
    }

    static func field(_ text: String) -> RecordFormat { FieldList(text).map(RecordFormat.fields) ?? .json }

    static func record(_ name: String, failure: Failure? = nil) -> Record {
        var record = Record(.file(name), service: "figur", failure: failure)
        if failure == nil { record.receipt.fields = [.init("id", .string("id-\(name)"))] }
        return record
    }

    static func take(_ delivery: Delivery, _ name: String, at position: Int, failure: Failure? = nil) {
        delivery.take(record(name, failure: failure), of: BatchItem(name, position: position), journaled: nil)
    }

    private static func lines(_ bytes: [UInt8]?) -> [String] {
        String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func inTheOrderOfTheInputs() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let delivery = Self.delivery()
            for (name, position) in [("c", 2), ("b", 1), ("e", 4), ("a", 0), ("d", 3)] {
                Self.take(delivery, name, at: position)
            }
            let summary = try await delivery.finish().summary
            #expect(summary.failures.isEmpty)
        }
        #expect(Self.lines(result?.standardOutputContent) == ["id-a", "id-b", "id-c", "id-d", "id-e"])
    }

    @Test func asTheyFinishWhereThatIsWanted() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let delivery = Self.delivery(isOrdered: false)
            for (name, position) in [("c", 2), ("b", 1), ("e", 4)] { Self.take(delivery, name, at: position) }
            _ = try await delivery.finish()
        }
        #expect(Self.lines(result?.standardOutputContent) == ["id-c", "id-b", "id-e"])
    }

    /// A record comes by itself, not only when the run ends.
    @Test func eachIsWrittenWithoutWaitingForTheEnd() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            let output = dup(STDOUT_FILENO)
            dup2(ends[1], STDOUT_FILENO)
            let delivery = Self.delivery()
            Self.take(delivery, "a", at: 0)
            var bytes = [UInt8](repeating: 0, count: 16)
            let count = read(ends[0], &bytes, 16)
            dup2(output, STDOUT_FILENO)
            #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "id-a\n")
            _ = try await delivery.finish()
        }
        #expect(Self.lines(result?.standardOutputContent) == [])
    }

    @Test func anotherNameOfTheSameFileHasARecordOfItsOwn() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            let repeats = RepeatBook()
            let delivery = Self.delivery(.json, repeats: repeats)
            #expect(repeats.add(BatchRepeat(position: 2, name: InputPath(bytes: "./a".utf8)), of: 0))
            Self.take(delivery, "b", at: 1)
            Self.take(delivery, "a", at: 0)
            let text = try await delivery.finish().summary.text(isSending: false)
            #expect(text.hasPrefix("3 done"), "\(text)")
        }
        let records = Self.lines(result?.standardOutputContent).compactMap { JSONValue(parsing: Array($0.utf8)) }
        #expect(records.map { $0["file"]?.text } == ["a", "b", "./a"])
        #expect(records.map { $0["same_as"]?.text } == [nil, nil, "a"])
        #expect(records.map { $0["id"]?.text } == ["id-a", "id-b", "id-a"])
    }

    /// A name that is found when its file is done has nothing to wait for.
    @Test func anotherNameMayBeFoundLate() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            let output = dup(STDOUT_FILENO)
            dup2(ends[1], STDOUT_FILENO)
            let repeats = RepeatBook()
            let delivery = Self.delivery(repeats: repeats)
            func line() -> String {
                var bytes = [UInt8](repeating: 0, count: 16)
                let count = read(ends[0], &bytes, 16)
                return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
            }
            Self.take(delivery, "a", at: 0)
            #expect(line() == "id-a\n")
            #expect(repeats.add(BatchRepeat(position: 1, name: InputPath(bytes: "./a".utf8)), of: 0))
            #expect(line() == "id-a\n")
            dup2(output, STDOUT_FILENO)
            _ = try await delivery.finish()
        }
        #expect(Self.lines(result?.standardOutputContent) == [])
    }

    /// What failed is said to people as well, quiet or not; what was not begun is not worth a line each.
    @Test func failuresAreSaid() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let delivery = Self.delivery()
            Self.take(delivery, "a", at: 0, failure: Failure(.temporary, code: "network", "gone\u{1B}[2J"))
            Self.take(delivery, "b", at: 1)
            Self.take(delivery, "c", at: 2, failure: .notAttempted("stopped"))
            let summary = try await delivery.finish().summary
            #expect(summary.failures == [.temporary])
        }
        #expect(
            String(decoding: result?.standardOutputContent ?? [], as: UTF8.self) == "\nid-b\n\n",
            "lines match inputs")
        let said = Self.lines(result?.standardErrorContent).filter { $0.hasPrefix("hoist: ") }
        #expect(said == [#"hoist: a: gone\u{1b}[2J"#])
    }

    /// A misspelt field loses no handle.
    @Test func aFieldThatNoRecordHas() async {
        await #expect(processExitsWith: .success) {
            let delivery = Self.delivery(Self.field("ide"))
            Self.take(delivery, "a", at: 0)
            let failure = await #expect(throws: Failure.self) { _ = try await delivery.finish() }
            #expect(failure?.kind == .usage && failure?.code == "no_such_field")
            #expect(failure?.message.contains("did you mean 'id'?") == true)
            let other = Self.delivery(Self.field("ide"))
            Self.take(other, "a", at: 0)
            Self.take(other, "b", at: 1, failure: Failure(.contract, code: "x", "y"))
            let summary = try await other.finish().summary
            #expect(summary.failures == [.contract], "what failed counts more")
        }
    }

    /// `| head -1`: the end, without a word.
    @Test func aReaderThatHasGone() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            signal(SIGPIPE, SIG_IGN)
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            close(ends[0])
            dup2(ends[1], STDOUT_FILENO)
            let given = Order()
            let delivery = Self.delivery(giveUp: { given.add("up") })
            Self.take(delivery, "a", at: 0, failure: Failure(.contract, code: "x", "y"))
            let code = await #expect(throws: ExitCode.self) { _ = try await delivery.finish() }
            #expect(code?.rawValue == 74)
            #expect(delivery.isBroken && given.names == ["up"])
        }
        #expect(Self.lines(result?.standardErrorContent).filter { $0.hasPrefix("hoist: ") } == [])
    }

    /// A full disk: no other copy of the records may exist, so they go where there is room.
    @Test func recordsThatCannotBeWrittenAreShown() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO)
            let delivery = Self.delivery()
            Self.take(delivery, "a", at: 0)
            Self.take(delivery, "b", at: 1)
            let failure = await #expect(throws: Failure.self) { _ = try await delivery.finish() }
            #expect(failure?.kind == .localIO && failure?.code == "output_failed")
            #expect(delivery.isBroken)
        }
        let said = Self.lines(result?.standardErrorContent)
        #expect(
            said.contains(
                "hoist: standard output cannot be written any more; the records that are missing there follow"))
        #expect(said.contains("id-a") && said.contains("id-b"))
    }
}
