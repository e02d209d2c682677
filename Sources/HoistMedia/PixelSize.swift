import HoistFiles

/// How many pixels a picture has, as its header says (before any rotation).
package struct PixelSize: Sendable, Equatable {
    package let width: Int
    package let height: Int

    /// Nil where the header does not say, or the type is none of those that are read here.
    package init?(of file: InputFile, type: MediaType) {
        let reader = BoundedReader(file)
        let size: (UInt64?, UInt64?)
        switch type.essence {
        case "image/png":
            let head = reader.bytes(at: 16, count: 8)
            size = (head.bigEndian(at: 0, bytes: 4), head.bigEndian(at: 4, bytes: 4))
        case "image/gif":
            let head = reader.bytes(at: 6, count: 4)
            size = (head.littleEndian(at: 0, bytes: 2), head.littleEndian(at: 2, bytes: 2))
        case "image/webp": size = Self.webP(reader)
        case "image/jpeg": size = Self.jpeg(reader)
        case "image/bmp":
            let head = reader.bytes(at: 18, count: 8)
            size = (head.littleEndian(at: 0, bytes: 4), head.littleEndian(at: 4, bytes: 4))
        default: return nil
        }
        guard let width = size.0, let height = size.1, (1...1 << 30).contains(width), (1...1 << 30).contains(height)
        else { return nil }
        self.init(width: Int(width), height: Int(height))
    }

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// RFC 9649: the extended header, VP8's frame header or VP8L's.
    private static func webP(_ reader: BoundedReader) -> (UInt64?, UInt64?) {
        let head = reader.bytes(at: 12, count: 18)
        switch head.fourCC(at: 0) {
        case "VP8X":
            return (
                head.littleEndian(at: 12, bytes: 3).map { $0 + 1 }, head.littleEndian(at: 15, bytes: 3).map { $0 + 1 }
            )
        case "VP8 ":
            return (
                head.littleEndian(at: 14, bytes: 2).map { $0 & 0x3FFF },
                head.littleEndian(at: 16, bytes: 2).map { $0 & 0x3FFF }
            )
        case "VP8L":
            let bits = head.littleEndian(at: 9, bytes: 4)
            return (bits.map { ($0 & 0x3FFF) + 1 }, bits.map { (($0 >> 14) & 0x3FFF) + 1 })
        default: return (nil, nil)
        }
    }

    /// The frame header among the segments (ITU-T T.81, section B.2.2).
    private static func jpeg(_ reader: BoundedReader) -> (UInt64?, UInt64?) {
        var place: Int64 = 2
        while true {
            let head = reader.bytes(at: place, count: 9)
            guard head.count >= 4, head[0] == 0xFF else { return (nil, nil) }
            switch head[1] {
            case 0xFF: place += 1
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                return (head.bigEndian(at: 7, bytes: 2), head.bigEndian(at: 5, bytes: 2))
            case 0xDA: return (nil, nil)
            default:
                guard let length = head.bigEndian(at: 2, bytes: 2), length >= 2 else { return (nil, nil) }
                place = place.advanced(by: 2 + length, atMost: reader.size)
            }
        }
    }
}
