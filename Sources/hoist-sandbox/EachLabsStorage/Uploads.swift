import FoundationEssentials

/// Every upload that was initiated.
actor Uploads {
    private let processing: Duration
    private var uploads: [UUID: Upload] = [:]

    init(processing: Duration) { self.processing = processing }

    func add(_ upload: Upload) { uploads[upload.id] = upload }

    subscript(id: UUID) -> Upload? { uploads[id] }

    /// The upload whose object has this path.
    func upload(at path: Substring) -> Upload? {
        let name = path.split(separator: "/").last ?? ""
        guard let id = UUID(uuidString: String(name.prefix { $0 != "." })), let upload = uploads[id],
            upload.presigned.path == path
        else { return nil }
        return upload
    }

    /// Takes the object's bytes and starts the processing. A later PUT to the same URL starts it anew.
    func store(_ bytes: StoredBytes, for id: UUID, outcome: Upload.Status) {
        uploads[id]?.stored = bytes
        uploads[id]?.status = .processing
        Task {
            try await Task.sleep(for: processing)
            await finish(id, with: outcome, processed: bytes)
        }
    }

    private func finish(_ id: UUID, with outcome: Upload.Status, processed bytes: StoredBytes) async {
        guard uploads[id]?.stored?.path == bytes.path else { return }
        uploads[id]?.status = outcome
        guard let upload = uploads[id], let url = upload.description.callback else { return }
        do {
            try await Callback.post(upload.statusJSON, to: url)
        } catch {
            StandardError.note("callback to \(url): \(error)")
        }
    }
}
