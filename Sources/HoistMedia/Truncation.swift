import Glibc
import HoistFiles

/// Whether a file ends before its content does, as half a download or a recording that was cut off does. Only what the
/// format says for sure counts: data behind the end is as usual as harmless.
enum Truncation {
    /// What is missing, for a person to read; nil where nothing is known to be.
    static func finding(in file: InputFile, of type: MediaType) -> String? {
        // Most files are what they should be: that is told by their last bytes.
        switch type.essence {
        case "image/jpeg": JPEGEnd(file).isMissing ? "it has no end-of-image marker" : nil
        case "image/png": PNGEnd(file).isMissing ? "it has no IEND chunk" : nil
        case "video/mp4", "audio/mp4", "video/quicktime", "video/3gpp", "video/3gpp2", "audio/3gpp", "audio/3gpp2",
            "image/heic", "image/heif", "image/avif":
            ISOEnd.finding(BoundedReader(file), needsIndex: type.fileType != .image)
        case "image/webp", "audio/wav", "video/x-msvideo": riff(file)
        default: nil
        }
    }

    /// RIFF says how long it is; what is written to a pipe says nothing, or about the most that programs can say.
    private static func riff(_ file: InputFile) -> String? {
        let head = BoundedReader(file).bytes(at: 0, count: 8)
        guard head.holds("RIFF"), let length = head.littleEndian(at: 4, bytes: 4), length > 0,
            length < 0x7FFF_0000,
            Int64(length) + 8 > file.size
        else { return nil }
        return "its header says \(length + 8) bytes, it has \(file.size)"
    }
}

/// The end of a JPEG (ITU-T T.81, annex B): FF D9, behind the last scan. Cameras put whole videos behind it.
private struct JPEGEnd {
    private let file: InputFile

    init(_ file: InputFile) { self.file = file }

    var isMissing: Bool {
        let size = file.size
        if file.ends(with: Self.marker) { return false }
        guard let scan = firstScan else { return false }
        var end = size
        while end > scan, size - end < Self.furthest {
            // One byte more, for a marker that lies across.
            let start = max(scan, end - Self.piece)
            let bytes = file.bytes(at: start, count: Int(min(end + 1, size) - start))
            if bytes.contains(Self.marker) { return false }
            end = start
        }
        return end <= scan
    }

    private static let marker: [UInt8] = [0xFF, 0xD9]
    private static let piece: Int64 = 1 << 16
    /// A file without an end is not read as a whole.
    private static let furthest: Int64 = 64 << 20

    /// Where the first scan begins; nil where the segments before it do not lead there. A preview among them has an end of
    /// its own.
    private var firstScan: Int64? {
        let reader = BoundedReader(file)
        var place: Int64 = 2
        while true {
            let head = reader.bytes(at: place, count: 4)
            // The file may end within its header.
            guard head.count == 4 else { return min(place, file.size) }
            guard head[0] == 0xFF else { return nil }
            // Fill bytes may come before a marker.
            guard head[1] != 0xFF else {
                place += 1
                continue
            }
            guard let length = head.bigEndian(at: 2, bytes: 2), length >= 2 else { return nil }
            if head[1] == 0xDA { return place }
            place = place.advanced(by: 2 + length, atMost: file.size)
        }
    }
}

/// The end of a PNG (PNG specification, section 11.2.5): the chunk IEND.
private struct PNGEnd {
    private let file: InputFile

    init(_ file: InputFile) { self.file = file }

    private static let end: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]

    var isMissing: Bool {
        if file.ends(with: Self.end) { return false }
        let reader = BoundedReader(file)
        var place: Int64 = 8
        while place < file.size {
            let head = reader.bytes(at: place, count: 8)
            guard let length = head.bigEndian(at: 0, bytes: 4), head.count == 8 else { return file.size - place < 8 }
            if head.holds("IEND", at: 4) { return false }
            place = place.advanced(by: 12 + length, atMost: .max)
        }
        return true
    }
}

/// The end of ISO base media files (ISO/IEC 14496-12, section 4.2): the last box reaches just to it.
private enum ISOEnd {
    static func finding(_ reader: BoundedReader, needsIndex: Bool) -> String? {
        var place: Int64 = 0
        var isIndexed = false
        while place < reader.size {
            let head = reader.bytes(at: place, count: 16)
            guard let size = head.bigEndian(at: 0, bytes: 4), let type = head.fourCC(at: 4) else {
                // Nothing is known of what could not be read.
                return nil
            }
            if ["moov", "moof", "sidx"].contains(type) { isIndexed = true }
            // To the end of the file, whatever that is.
            if size == 0 { break }
            guard let length = size == 1 ? head.bigEndian(at: 8, bytes: 8) : size, length >= 8 else { return nil }
            let end = place.advanced(by: length, atMost: .max)
            guard end <= reader.size else {
                return "its last part should end at byte \(end), and the file has \(reader.size)"
            }
            place = end
        }
        return needsIndex && !isIndexed ? "it has no index (moov)" : nil
    }
}

extension InputFile {
    fileprivate func bytes(at offset: Int64, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = (try? read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)) ?? 0
        }
    }

    fileprivate func ends(with end: [UInt8]) -> Bool {
        guard size >= end.count else { return false }
        return withUnsafeTemporaryAllocation(byteCount: end.count, alignment: 1) { buffer in
            guard let count = try? read(into: buffer, at: size - Int64(end.count)), count == end.count else {
                return false
            }
            return buffer.elementsEqual(end)
        }
    }
}
