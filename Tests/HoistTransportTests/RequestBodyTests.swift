import Foundation
import HoistTestSupport
import Testing

@testable import HoistCore
@testable import HoistTransport

@Suite struct RequestBodyTests {
    private static let head = Array("head-".utf8)
    private static let content = (0..<61).map { UInt8($0 + 32) }
    private static let tail = Array("-the-tail".utf8)
    private static let whole = head + content + tail

    @Test(arguments: [1, 2, 3, 5, 7, 64, 74, 75, 76, 1000])
    func everyOffset(piece: Int) async throws {
        try await withInputFile(Self.content) { file throws in
            let body = RequestBody(head: Self.head, file: file, tail: Self.tail)
            #expect(body.length == Int64(Self.whole.count))
            for offset in 0...Self.whole.count {
                #expect(try body.readWhole(piece: piece, from: Int64(offset)) == Array(Self.whole[offset...]))
            }
        }
    }

    @Test func nothingBehindTheEnd() async throws {
        try await withInputFile(Self.content) { file throws in
            for body in [RequestBody(head: Self.head, file: file, tail: Self.tail), RequestBody(file: file)] {
                #expect(try body.readWhole(piece: 8, from: body.length) == [])
                #expect(try body.readWhole(piece: 8, from: body.length + 1) == [])
                #expect(try body.readWhole(piece: 8, from: .max) == [])
            }
        }
    }

    @Test(arguments: [1, 4, 100])
    func bytesAlone(piece: Int) throws {
        let body = RequestBody(bytes: Array("hello".utf8))
        #expect(body.length == 5)
        #expect(try body.readWhole(piece: piece) == Array("hello".utf8))
        #expect(try body.readWhole(piece: piece, from: 3) == Array("lo".utf8))
        #expect(try body.readWhole(piece: piece, from: 5) == [])
    }

    @Test func none() throws {
        #expect(RequestBody.none.length == 0)
        #expect(try RequestBody.none.readWhole(piece: 10) == [])
    }

    @Test(arguments: [1, 10, 61, 4096])
    func fileAlone(piece: Int) async throws {
        try await withInputFile(Self.content) { file throws in
            let body = RequestBody(file: file)
            #expect(body.length == Int64(Self.content.count))
            #expect(try body.readWhole(piece: piece) == Self.content)
        }
    }

    /// libcurl would wait for the missing bytes until the server gives up.
    @Test(arguments: [0, 1, 60])
    func shrunkFileStopsTheTransfer(size: UInt64) async throws {
        try await withInputFile(Self.content) { file throws in
            let handle = try FileHandle(forWritingTo: URL(filePath: file.path))
            try handle.truncate(atOffset: size)
            let body = RequestBody(head: Self.head, file: file, tail: Self.tail)
            let failure = #expect(throws: Failure.self) { try body.readWhole(piece: 1000) }
            #expect(failure?.kind == .refusedHere)
            #expect(failure?.code == "changed_while_sent")
        }
    }

    /// What was declared is sent, not a byte more: the tail follows where it was said to.
    @Test func grownFileIsNotSentFurther() async throws {
        try await withInputFile(Self.content) { file throws in
            let body = RequestBody(head: Self.head, file: file, tail: Self.tail)
            let handle = try FileHandle(forWritingTo: URL(filePath: file.path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("more".utf8))
            #expect(try body.readWhole(piece: 1000) == Self.whole)
        }
    }
}
