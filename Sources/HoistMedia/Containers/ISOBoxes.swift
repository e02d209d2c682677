/// The boxes that lie one after another in a part of a file (ISO/IEC 14496-12, section 4.2). Every step moves on, and a
/// box never reaches past the part it lies in.
struct ISOBoxes: Sequence, IteratorProtocol {
    struct Box {
        let type: FourCC
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

    mutating func next() -> Box? {
        guard place < end else { return nil }
        let head = reader.bytes(at: place, count: 16)
        guard let size = head.bigEndian(at: 0, bytes: 4), let type = head.fourCC(at: 4) else { return nil }
        let length: (header: UInt64, box: UInt64)
        switch size {
        case 0: length = (8, .max)  // To the end.
        case 1: length = (16, head.bigEndian(at: 8, bytes: 8) ?? 0)
        default: length = (8, size)
        }
        guard length.box >= length.header else { return nil }
        let body = place.advanced(by: length.header, atMost: end)..<place.advanced(by: length.box, atMost: end)
        place = body.upperBound
        return Box(type: type, body: body)
    }
}
