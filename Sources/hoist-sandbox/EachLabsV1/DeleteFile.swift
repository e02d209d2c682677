import FoundationEssentials

/// `DELETE /v1/files/{id}`
struct DeleteFile: Endpoint {
    let key: String
    let uploads: Uploads

    func refusal(_ request: Request) async -> Reply? { request.bearerRefusal(key: key) }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let id = UUID(uuidString: String(request.path.split(separator: "/").last ?? "")) else {
            return .eachLabsV1(.badRequest, "the id is not a UUID")
        }
        do { try await uploads.delete(id) } catch {
            return .eachLabsV1(.conflict, "the file is still being processed")
        }
        // What is gone already is 204 too.
        return Reply(status: .noContent)
    }
}
