import HoistFiles

/// Reads pieces of a file whose structure may be damaged or hostile: every offset and count is safe, and all reads
/// together are bounded, so that no file can hold the program up.
final class BoundedReader {
    let size: Int64
    private let file: InputFile
    private var allowance: Int
    private var window: [UInt8] = []
    private var windowStart: Int64 = 0

    init(_ file: InputFile, allowance: Int = BoundedReader.allowance) {
        self.file = file
        self.allowance = allowance
        size = file.size
    }

    /// The bytes from `offset` on: fewer at the end of the file and of the allowance, none past them. A read error is
    /// an end as well: sending the file will report it.
    func bytes(at offset: Int64, count: Int) -> [UInt8] {
        guard offset >= 0, offset < size, count > 0 else { return [] }
        let wanted = Int(min(Int64(count), size - offset))
        if offset < windowStart || offset - windowStart > Int64(window.count - wanted) {
            load(from: offset, count: max(wanted, Self.smallestRead))
        }
        return Array(window.dropFirst(Int(offset - windowStart)).prefix(wanted))
    }

    /// The first bytes of a part.
    func bytes(in part: Range<Int64>, atMost count: Int) -> [UInt8] {
        bytes(at: part.lowerBound, count: Int(min(part.upperBound - part.lowerBound, Int64(count))))
    }

    /// 1 MiB, less what libmagic has read by then: as much at the start as at the end (measured).
    private static let allowance = (1 << 20) - 2 * Sniffer.look
    /// An index is a chain of small headers, most of them near each other. It also bounds the number of reads.
    private static let smallestRead = 1024

    private func load(from offset: Int64, count: Int) {
        let count = min(count, allowance)
        window = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let target = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
            filled = (try? file.read(into: target, at: offset)) ?? 0
        }
        windowStart = offset
        allowance -= window.count
    }
}
