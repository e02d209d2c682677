import HoistTestSupport
import Testing

@testable import HoistFiles
@testable import HoistUploads

/// Files that are named again, before they are done or after.
@Suite struct RepeatBookTests {
    private func other(_ position: Int) -> BatchRepeat {
        BatchRepeat(position: position, name: InputPath(bytes: "name \(position)".utf8))
    }

    private func record(_ place: Int) -> Record { Record(.file("\(place)"), service: "figur") }

    @Test func namesOfWhatIsNotDoneWaitForIt() {
        let book = RepeatBook()
        for position in [2, 3] { #expect(book.add(other(position), of: 0)) }
        #expect(book.add(other(4), of: 1))
        #expect(book.finish(record(0), at: 0).map(\.position) == [2, 3])
        #expect(book.finish(record(1), at: 1).map(\.position) == [4])
        #expect(book.takeLate().isEmpty)
    }

    @Test func namesOfWhatIsDoneHaveItsRecord() {
        let book = RepeatBook()
        let told = Order()
        #expect(book.finish(record(0), at: 0).isEmpty)
        #expect(book.add(other(1), of: 0))
        book.listen { told.add("late") }
        #expect(told.names == ["late"], "what came before somebody listened")
        #expect(book.add(other(2), of: 0))
        let late = book.takeLate()
        #expect(late.map(\.other.position) == [1, 2])
        #expect(late.allSatisfy { $0.record.subject.name == "0" })
        #expect(book.takeLate().isEmpty)
        #expect(book.add(other(3), of: 0))
        #expect(told.names == ["late", "late"], "once for all that were not taken yet")
    }

    /// Memory has an end, and the names may come from a slow pipe.
    @Test func oldRecordsAreForgotten() {
        let book = RepeatBook(limit: 10)
        for place in 0..<100 { #expect(book.finish(record(place), at: place).isEmpty) }
        let known = (0..<100).filter { book.add(other(100 + $0), of: $0) }
        #expect(known == Array((100 - known.count)..<100), "the newest")
        #expect((5...10).contains(known.count))
        #expect(book.takeLate().map(\.record.subject.name) == known.map(\.description))
        #expect(book.add(other(300), of: 200), "what is not done is not forgotten")
    }

    @Test func afterTheLastNameNoRecordIsKept() {
        let book = RepeatBook()
        #expect(book.add(other(2), of: 1))
        #expect(book.finish(record(0), at: 0).isEmpty)
        book.close()
        #expect(!book.add(other(3), of: 0))
        #expect(book.finish(record(1), at: 1).map(\.position) == [2], "those that wait are not forgotten")
    }
}
