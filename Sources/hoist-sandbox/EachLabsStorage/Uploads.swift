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

    /// The bytes of an object begin to come.
    func begin(at path: Substring) {
        guard let upload = upload(at: path) else { return }
        uploads[upload.id]?.status = .uploading
    }

    /// Forgets an upload and its bytes. Throws `StillProcessing` while it is processed.
    func delete(_ id: UUID) throws(StillProcessing) {
        guard uploads[id]?.status != .processing else { throw StillProcessing() }
        uploads[id] = nil
    }

    struct StillProcessing: Error {}

    /// Takes the object's bytes and starts the processing. A later PUT to the same URL starts it anew.
    ///
    /// - Parameter reason: why the processing is to fail; nil where it is not.
    func store(_ bytes: StoredBytes, for id: UUID, failure reason: String?) {
        uploads[id]?.stored = bytes
        uploads[id]?.status = .processing
        Task {
            try await Task.sleep(for: processing)
            await finish(id, failure: reason, processed: bytes)
        }
    }

    private func finish(_ id: UUID, failure reason: String?, processed bytes: StoredBytes) async {
        guard uploads[id]?.stored?.path == bytes.path else { return }
        uploads[id]?.status = reason == nil ? .completed : .error
        uploads[id]?.reason = reason
        guard let upload = uploads[id], let url = upload.description.callback else { return }
        do {
            try await Callback.post(upload.statusJSON, to: url)
        } catch {
            StandardError.note("callback to \(url): \(error)")
        }
    }
}
