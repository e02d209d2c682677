/// Which of a record's fields name an upload.
package struct UploadNames: Sendable {
    /// What a user wants of an upload, the first is what it is known by.
    package var handles: [String] = []
    /// By what calls about an upload know it: its status, its deletion.
    package var ids: [String] = ["id"]

    package init() {}

    package init(handles: [String], ids: [String]) {
        self.handles = handles
        self.ids = ids
    }
}
