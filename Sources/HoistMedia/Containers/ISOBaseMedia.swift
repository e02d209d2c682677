/// MP4, QuickTime, 3GPP, HEIF and their kin (ISO/IEC 14496-12): the brand tells the family, the tracks' handlers whether
/// there is any video.
enum ISOBaseMedia {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        var boxes = ISOBoxes(reader)
        guard let first = boxes.next() else { return nil }
        switch first.type {
        case "ftyp", "styp":
            // A few dozen brands at most; no file needs more.
            let brands = reader.bytes(in: first.body, atMost: 256)
            return brands.fourCC(at: 0).flatMap { type(major: $0, brands, reader) }
        // QuickTime before it had `ftyp`: the index, the media or room for either comes first.
        case "moov", "mdat", "wide", "free", "skip", "pnot":
            let content = content(reader)
            return content == .video || content == .audio ? MediaType(known: "video/quicktime") : nil
        default: return nil
        }
    }

    private static func type(major: FourCC, _ brands: [UInt8], _ reader: BoundedReader) -> MediaType? {
        switch major {
        case "qt  ": MediaType(known: "video/quicktime")
        // Apple's and Adobe's brands for sound alone. A video track in it is the cover or the chapters' pictures.
        case "M4A ", "M4B ", "M4P ", "F4A ", "F4B ": MediaType(known: "audio/mp4")
        case "heic", "heix", "heim", "heis": MediaType(known: "image/heic")
        case "hevc", "hevx", "hevm", "hevs": MediaType(known: "image/heic-sequence")
        case "avif", "avis": MediaType(known: "image/avif")
        // ISO/IEC 23008-12: any still or sequence. That it is AV1 shows in the further brands (AVIF, section 8).
        case "mif1", "miaf": MediaType(known: names("avif", in: brands) ? "image/avif" : "image/heif")
        case "msf1": MediaType(known: names("avis", in: brands) ? "image/avif" : "image/heif-sequence")
        case "crx ": MediaType(known: "image/x-canon-cr3")
        case _ where brands.holds("3g2"): timed("3gpp2", reader)
        case _ where brands.holds("3g"): timed("3gpp", reader)
        default: timed("mp4", reader)
        }
    }

    private static func names(_ brand: FourCC, in brands: [UInt8]) -> Bool {
        stride(from: 8, to: brands.count, by: 4).contains { brands.fourCC(at: $0) == brand }
    }

    private static func timed(_ subtype: String, _ reader: BoundedReader) -> MediaType? {
        switch content(reader) {
        case .video, .fragment: MediaType(known: "video/\(subtype)")
        case .audio: MediaType(known: "audio/\(subtype)")
        case nil: nil
        }
    }

    private enum Content {
        case video, audio
        /// A segment of a stream: what its tracks are was said elsewhere.
        case fragment
    }

    private static func content(_ reader: BoundedReader) -> Content? {
        for box in ISOBoxes(reader) {
            switch box.type {
            case "moov": return movie(box, reader)
            // The index comes before the first fragment, or it is not in this file.
            case "moof": return .fragment
            default: continue
            }
        }
        return nil
    }

    private static func movie(_ movie: ISOBoxes.Box, _ reader: BoundedReader) -> Content? {
        var sound = false
        for track in ISOBoxes(reader, in: movie.body) where track.type == "trak" {
            switch handler(of: track, reader) {
            case "vide": return .video
            case "soun": sound = true
            default: continue
            }
        }
        return sound ? .audio : nil
    }

    private static func handler(of track: ISOBoxes.Box, _ reader: BoundedReader) -> FourCC? {
        for media in ISOBoxes(reader, in: track.body) where media.type == "mdia" {
            for box in ISOBoxes(reader, in: media.body) where box.type == "hdlr" {
                // Version and flags, then QuickTime's component type, four bytes each.
                return reader.bytes(in: box.body, atMost: 12).fourCC(at: 8)
            }
        }
        return nil
    }
}
