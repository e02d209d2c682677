import HoistTestSupport
import TestSupport
import Testing

@testable import HoistFiles
@testable import HoistMedia

@Suite struct BoundedReaderTests {
    private let content = (0..<3000).map { UInt8(truncatingIfNeeded: $0) }

    @Test(
        arguments: [
            (0, 3, [0, 1, 2]), (2998, 10, [182, 183]), (2999, 1, [183]), (0, 0, []), (0, -1, []), (-1, 4, []),
            (3000, 1, []), (Int64.max, 1, []), (Int64.max, Int.max, []), (Int64.min, Int.max, []),
            (2999, Int.max, [183]),
            (1500, -Int.max, []),
        ] as [(Int64, Int, [UInt8])])
    func anyPlace(_ offset: Int64, _ count: Int, _ expected: [UInt8]) async throws {
        try await withInputFile(content) { file throws in
            #expect(BoundedReader(file).bytes(at: offset, count: count) == expected)
        }
    }

    @Test func backAndForth() async throws {
        try await withInputFile(content) { file throws in
            let reader = BoundedReader(file)
            for offset in [0, 2000, 1999, 2990, 5, 1020, 1024, 0] {
                #expect(reader.bytes(at: Int64(offset), count: 10) == Array(content[offset..<offset + 10]))
            }
            #expect(reader.bytes(at: 10, count: 2980) == Array(content[10..<2990]))
        }
    }

    @Test func neverMoreThanAllowed() async throws {
        try await withInputFile(content) { file throws in
            let reader = BoundedReader(file, allowance: 1500)
            #expect(reader.bytes(at: 0, count: 10).count == 10)
            #expect(reader.bytes(at: 1000, count: 24).count == 24, "served from what was read")
            #expect(reader.bytes(at: 2000, count: 1000).count == 476)
            #expect(reader.bytes(at: 0, count: 10).isEmpty)
        }
    }

    @Test func numberOfReadsIsBounded() async throws {
        try await withTemporaryDirectory { directory throws in
            let reader = BoundedReader(try InputFile(opening: directory.sparseFile("a.bin", bytes: 1 << 32)))
            let reads = (0..<10_000).prefix { !reader.bytes(at: Int64($0) * 100_000, count: 1).isEmpty }
            #expect(reads.count == 896)
        }
    }

    @Test func fieldsOutsideDoNotExist() {
        let bytes: [UInt8] = [0x12, 0x34, 0x56, 0x78, 0x9A]
        #expect(bytes.bigEndian(at: 1, bytes: 4) == 0x3456_789A)
        #expect(bytes.littleEndian(at: 1, bytes: 4) == 0x9A78_5634)
        #expect(bytes.fourCC(at: 0)?.code == 0x1234_5678)
        for index in [-1, 2, 5, .max, .min] {
            #expect(bytes.bigEndian(at: index, bytes: 4) == nil)
            #expect(bytes.fourCC(at: index) == nil)
            #expect(!bytes.holds("1234", at: index))
        }
        #expect([UInt8](repeating: 0xFF, count: 8).bigEndian(at: 0, bytes: 8) == .max)
    }

    @Test(
        arguments: [
            (0, 5, 10, 5), (8, 5, 10, 10), (0, .max, 10, 10), (.max, .max, .max, .max), (.max - 1, 5, .max, .max),
        ] as [(Int64, UInt64, Int64, Int64)])
    func placesNeverOverflow(_ place: Int64, _ length: UInt64, _ limit: Int64, _ expected: Int64) {
        #expect(place.advanced(by: length, atMost: limit) == expected)
    }
}
