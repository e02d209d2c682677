/// Paths that wait, first in, first out. Each is kept as what it does not share with the one before: beside a text of its
/// own, a path takes a third of the memory, however long the names of its directories are.
struct PackedPaths {
    private var blocks: [[UInt8]] = []
    /// Where the next one to be taken is.
    private var block = 0
    private var offset = 0
    /// The last that was put, and the last that was taken.
    private var put: (path: [UInt8], position: Int) = ([], 0)
    private var taken: (path: [UInt8], position: Int) = ([], 0)

    private(set) var count = 0

    private static let blockLength = 1 << 16
    /// What the numbers before a path take at most.
    private static let overhead = 40

    /// - Parameters:
    ///   - position: larger than the one before.
    ///   - size: a number to keep with it.
    mutating func append(_ path: [UInt8], at position: Int, size: Int64 = 0) {
        var shared = 0
        while shared < min(put.path.count, path.count), put.path[shared] == path[shared] { shared += 1 }
        let needed = path.count - shared + Self.overhead
        if blocks.last.map({ $0.count + needed > $0.capacity }) ?? true {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(max(needed, Self.blockLength))
        }
        let last = blocks.count - 1
        Self.write(shared, to: &blocks[last])
        Self.write(path.count - shared, to: &blocks[last])
        Self.write(position - put.position, to: &blocks[last])
        Self.write(Int(max(0, size)), to: &blocks[last])
        blocks[last].append(contentsOf: path[shared...])
        put = (path, position)
        count += 1
    }

    /// Nil where none waits.
    mutating func removeFirst() -> (path: [UInt8], position: Int, size: Int64)? {
        guard count > 0 else { return nil }
        count -= 1
        if offset == blocks[block].count {
            // Let go of at once.
            blocks[block] = []
            block += 1
            offset = 0
        }
        let shared = readNumber()
        let length = readNumber()
        let position = taken.position + readNumber()
        let size = Int64(readNumber())
        let end = offset + length
        taken = (Array(taken.path[..<shared] + blocks[block][offset..<end]), position)
        offset = end
        return (taken.path, taken.position, size)
    }

    /// Seven bits a byte, the lowest first; the last byte has its eighth bit clear.
    private static func write(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt(number)
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private mutating func readNumber() -> Int {
        var number: UInt = 0
        var shift: UInt = 0
        while true {
            let byte = blocks[block][offset]
            offset += 1
            number |= UInt(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else { return Int(number) }
            shift += 7
        }
    }
}
