import FoundationEssentials
import NIOHTTP1

/// `POST /api/v1/uploads`: announces an upload and gets the presigned URL for it.
struct InitiateUpload: Endpoint {
    private static let bodyLimit = 1 << 20

    let key: String
    let presigner: Presigner
    let uploads: Uploads

    func refusal(_ request: Request) async -> Reply? {
        if let refusal = request.storageRefusal(key: key) { return refusal }
        let types = request.headers["content-type"]
        guard types.count == 1, HeaderValue(types[0])?.value.lowercased() == "application/json" else {
            return .storage(.badRequest, "The body must be application/json", details: ["Content-Type": "is not JSON"])
        }
        return nil
    }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let body, body.count <= Self.bodyLimit, let json = try? JSON(parsing: body.mapped()) else {
            return .storage(.badRequest, "Invalid request body", details: ["body": "is not JSON"])
        }
        do {
            let isLapsed = if case .expired? = request.fault { true } else { false }
            let upload = presigner.presign(try UploadDescription(json), isLapsed: isLapsed)
            await uploads.add(upload)
            return .json(.ok, upload.presignedJSON(origin: presigner.origin))
        } catch let problem as Fields.Problem {
            return .storage(
                .badRequest,
                "Invalid request body: \(problem)",
                details: [problem.field: .string(problem.reason)]
            )
        }
    }
}
