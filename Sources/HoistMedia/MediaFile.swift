import HoistFiles

/// A file whose type is known: ready to be checked and sent.
package struct MediaFile: Sendable {
    package let input: InputFile
    package let type: MediaType
    /// How the type was decided; nil where the user said it.
    package let basis: TypeDecision.Basis?
    package private(set) var media: MediaDescription

    /// The file with what ffprobe knows of it.
    package func probed(_ probe: MediaProbe?) -> MediaFile {
        var file = self
        file.media.probe = probe
        return file
    }

    package init(input: InputFile, type: MediaType, fileType: FileType?, basis: TypeDecision.Basis? = nil) {
        self.input = input
        self.type = type
        self.basis = basis
        media = MediaDescription(type: type, fileType: fileType)
    }
}

/// What a service is told of a file before it has it.
package struct MediaDescription: Sendable {
    /// Nil where nobody said.
    package let type: MediaType?
    package let fileType: FileType
    /// Whether the user says so, and it does not follow from the type.
    package let isFileTypeSaid: Bool
    package var probe: MediaProbe?

    package init(type: MediaType?, fileType: FileType?) {
        self.type = type
        isFileTypeSaid = fileType != nil
        self.fileType = fileType ?? type?.fileType ?? .other
    }
}
