import HoistFiles

/// A file's media type, together with how it was decided.
package struct TypeDecision: Sendable, Equatable {
    package let type: MediaType
    package let basis: Basis

    package enum Basis: String, Sendable, CaseIterable {
        /// What libmagic says.
        case sniffed
        /// What libmagic says, under its registered name.
        case renamed
        /// libmagic knows the container; the container's own index says what is in it.
        case container
        /// The content's structure shows what libmagic cannot tell.
        case structure
        /// Nothing in the content tells: the file's name does.
        case `extension`
    }
}

extension TypeDecision {
    /// Why a file of that type seems to end before its content does; nil where it does not.
    package func truncation(of file: InputFile) -> String? { Truncation.finding(in: file, of: type) }

    /// Goes on from libmagic's answer, and reads on only where that leaves something open.
    package init(sniffed answer: MediaType, of file: InputFile) {
        let canonical = answer.canonical
        self.init(type: canonical, basis: canonical == answer ? .sniffed : .renamed)
        if let container = ContentRules.containers[canonical.essence] {
            guard let type = container(BoundedReader(file)), type != canonical else { return }
            self.init(type: type, basis: .container)
        } else if let rules = ContentRules.structures[canonical.essence] {
            let reader = BoundedReader(file)
            if let type = rules.lazy.compactMap({ $0(reader) }).first {
                guard type != canonical else { return }
                self.init(type: type, basis: .structure)
            } else if let type = FileExtension.unsignedType(of: file.name, sniffedAs: canonical) {
                self.init(type: type, basis: .extension)
            }
        }
    }
}

/// Which of libmagic's answers (5.44) are looked at again, and by what. An image that it names is never read twice.
private enum ContentRules {
    /// The type that a file's content shows; nil where it shows none of those that the rule knows.
    typealias Rule = @Sendable (BoundedReader) -> MediaType?

    static let containers: [String: Rule] = [
        // By its brand alone, libmagic takes every MP4 for video.
        "video/mp4": ISOBaseMedia.type, "audio/mp4": ISOBaseMedia.type, "audio/mp4a-latm": ISOBaseMedia.type,
        "video/quicktime": ISOBaseMedia.type,
        "video/3gpp": ISOBaseMedia.type, "video/3gpp2": ISOBaseMedia.type, "image/heif": ISOBaseMedia.type,
        "image/heif-sequence": ISOBaseMedia.type,
        "video/webm": Matroska.type, "video/matroska": Matroska.type,
        "video/x-ms-wmv": AdvancedSystems.type,
        "application/ogg": Ogg.type, "video/ogg": Ogg.type, "audio/ogg": Ogg.type,
        "audio/amr": AdaptiveMultiRate.type,
    ]

    static let structures: [String: [Rule]] = [
        "application/octet-stream": signatures + [TransportStream.type, MPEGAudio.type],
        // Some signatures pass for Latin-1 text.
        "text/plain": signatures + [SVG.type, JSONText.type],
        // Any text with commas in it may pass for CSV: only the name can tell.
        "text/csv": [],
        "text/xml": [SVG.type], "text/html": [SVG.type],
        "image/svg+xml": [SVG.enclosingType],
    ]

    private static let signatures: [Rule] = [
        ISOBaseMedia.type, Matroska.type, AdvancedSystems.type, Ogg.type, AudioSignature.type,
    ]
}
