/// The elements that lie one after another in a part of a file (RFC 8794). Every step moves on, and an element never
/// reaches past the part it lies in.
struct EBMLElements: Sequence, IteratorProtocol {
    struct Element {
        let id: UInt64
        /// To the end of the part where the size is unknown, as in a live recording.
        let body: Range<Int64>
    }

    private let reader: BoundedReader
    private var place: Int64
    private let end: Int64

    init(_ reader: BoundedReader) {
        self.init(reader, in: 0..<reader.size)
    }

    init(_ reader: BoundedReader, in part: Range<Int64>) {
        self.reader = reader
        place = part.lowerBound
        end = part.upperBound
    }

    mutating func next() -> Element? {
        guard place < end else { return nil }
        // An ID has at most four bytes, a size at most eight.
        let head = reader.bytes(at: place, count: 12)
        guard let id = Number(head, at: 0), id.length <= 4, let size = Number(head, at: id.length) else { return nil }
        let start = place.advanced(by: UInt64(id.length + size.length), atMost: end)
        place = size.isUnknown ? end : start.advanced(by: size.value, atMost: end)
        return Element(id: id.withMarker, body: start..<place)
    }

    /// A number of variable size: as many zero bits as it has further bytes, a marker, then the value (section 4).
    private struct Number {
        let length: Int
        let withMarker: UInt64
        let value: UInt64
        /// All bits of the value are ones (section 6.2).
        let isUnknown: Bool

        init?(_ bytes: [UInt8], at index: Int) {
            guard index < bytes.count else { return nil }
            length = bytes[index].leadingZeroBitCount + 1
            guard length <= 8, let number = bytes.bigEndian(at: index, bytes: length) else { return nil }
            let marker: UInt64 = 1 << UInt64(7 * length)
            withMarker = number
            value = number & (marker - 1)
            isUnknown = value == marker - 1
        }
    }
}
