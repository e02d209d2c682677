import FoundationEssentials

/// `GET /api/v1/uploads/{id}`
struct UploadStatus: Endpoint {
    let key: String
    let uploads: Uploads

    func refusal(_ request: Request) async -> Reply? { request.storageRefusal(key: key) }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let id = UUID(uuidString: String(request.path.split(separator: "/").last ?? "")) else {
            return .storage(.badRequest, "Invalid upload ID", details: ["id": "is not a UUID"])
        }
        guard let upload = await uploads[id] else { return .storage(.notFound, "Upload not found") }
        return .json(.ok, upload.statusJSON)
    }
}
