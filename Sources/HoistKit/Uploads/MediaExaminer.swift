/// Opens files and finds out what they are.
package final class MediaExaminer {
    private let overrides: MediaOverrides
    private var sniffer: Sniffer?

    package init(_ overrides: MediaOverrides) {
        self.overrides = overrides
    }

    /// What the user said of a file that is not here.
    var described: MediaDescription { MediaDescription(type: overrides.contentType, fileType: overrides.fileType) }

    /// The record learns each thing as soon as it is known. Throws `refusedHere` for an empty file.
    func examine(_ path: String, into record: inout Record, _ maker: RecordMaker) throws(Failure) -> MediaFile {
        let input = try InputFile(opening: path)
        record.bytes = input.size
        guard input.size > 0 else {
            throw Failure(.refusedHere, code: "empty_file", "is empty; no service takes empty files")
        }
        let decision = overrides.contentType == nil ? try decide(input) : nil
        let type = overrides.contentType ?? decision?.type ?? .octetStream
        let file = MediaFile(input: input, type: type, fileType: overrides.fileType, basis: decision?.basis)
        record.contentType = type.description
        record.fileType = file.media.fileType
        if decision != nil, let warning = Self.disagreement(of: input.name, with: type) {
            maker.warn(warning, in: &record)
        }
        return file
    }

    /// What the content says.
    func decide(_ input: InputFile) throws(Failure) -> TypeDecision {
        let sniffer = if let sniffer { sniffer } else { try Sniffer() }
        self.sniffer = sniffer
        return TypeDecision(sniffed: try sniffer.type(of: input), of: input)
    }

    private static func disagreement(of name: String, with type: MediaType) -> String? {
        let promised = FileExtension.types(of: name)
        guard let first = promised.first, !promised.contains(type.essence) else { return nil }
        return "its name says \(first), its content is \(type.essence); the content counts (--content-type overrides)"
    }
}

/// What the command line says a file is, in place of what its content says.
package struct MediaOverrides: Sendable {
    package var contentType: MediaType?
    package var fileType: FileType?

    package init(contentType: MediaType? = nil, fileType: FileType? = nil) {
        self.contentType = contentType
        self.fileType = fileType
    }
}
