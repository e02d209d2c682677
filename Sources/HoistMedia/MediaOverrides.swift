/// What the command line says a file is, in place of what its content says.
package struct MediaOverrides: Sendable {
    package var contentType: MediaType?
    package var fileType: FileType?
    /// Whether what would be a warning is a refusal.
    package var isStrict = false

    package init(contentType: MediaType? = nil, fileType: FileType? = nil) {
        self.contentType = contentType
        self.fileType = fileType
    }
}
