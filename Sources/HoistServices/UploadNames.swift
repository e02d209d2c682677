/// Which of a record's fields name an upload.
package struct UploadNames: Sendable {
    /// What a user wants of an upload, the first is what it is known by.
    package var handles: [String] = []
    /// By what calls about an upload know it: its status, its deletion.
    package var ids: [String] = ["id"]
    /// Whether the service processes it, and can be asked how far that is.
    package var hasStatus = false

    package init() {}

    package init(handles: [String], ids: [String], hasStatus: Bool = false) {
        self.hasStatus = hasStatus
        self.handles = handles
        self.ids = ids
    }
}
