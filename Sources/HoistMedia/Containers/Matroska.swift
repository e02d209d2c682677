/// Matroska and WebM (RFC 9559): whether any track is video.
enum Matroska {
    @Sendable static func type(_ reader: BoundedReader) -> MediaType? {
        var elements = EBMLElements(reader)
        guard let header = elements.next(), header.id == ID.header, let family = family(header, reader) else {
            return nil
        }
        let tracks = tracks(in: elements, reader)
        let kind = tracks.contains(TrackType.audio) && tracks.isDisjoint(with: TrackType.moving) ? "audio" : "video"
        return MediaType(known: "\(kind)/\(family)")
    }

    private enum ID {
        static let header: UInt64 = 0x1A45_DFA3
        static let documentType: UInt64 = 0x4282
        static let segment: UInt64 = 0x1853_8067
        static let tracks: UInt64 = 0x1654_AE6B
        static let track: UInt64 = 0xAE
        static let trackType: UInt64 = 0x83
    }

    /// RFC 9559, section 5.1.4.1.3.
    private enum TrackType {
        static let audio: UInt64 = 2
        /// Video and complex.
        static let moving: Set<UInt64> = [1, 3]
    }

    private static func family(_ header: EBMLElements.Element, _ reader: BoundedReader) -> String? {
        for element in EBMLElements(reader, in: header.body) where element.id == ID.documentType {
            let name = reader.bytes(in: element.body, atMost: 16)
            return name.holds("webm") ? "webm" : name.holds("matroska") ? "matroska" : nil
        }
        return nil
    }

    private static func tracks(in elements: EBMLElements, _ reader: BoundedReader) -> Set<UInt64> {
        for segment in elements where segment.id == ID.segment {
            for tracks in EBMLElements(reader, in: segment.body) where tracks.id == ID.tracks {
                let types = EBMLElements(reader, in: tracks.body).lazy.filter { $0.id == ID.track }
                    .compactMap { type(of: $0, reader) }
                return Set(types)
            }
        }
        return []
    }

    private static func type(of track: EBMLElements.Element, _ reader: BoundedReader) -> UInt64? {
        for element in EBMLElements(reader, in: track.body) where element.id == ID.trackType {
            return reader.bytes(in: element.body, atMost: 1).first.map(UInt64.init)
        }
        return nil
    }
}
