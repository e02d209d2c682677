import FoundationEssentials
import NIOHTTP1

/// `POST /v1/upload/presign`: gets the presigned URL for a file.
struct PresignUpload: Endpoint {
    private static let bodyLimit = 1 << 20
    /// Seconds for which a file may be kept; others are brought into them (contract: "clamped by the server").
    private static let retention = 60...31_536_000
    private static let usualRetention = 180 * 86_400

    let key: String
    let presigner: Presigner
    let uploads: Uploads

    func refusal(_ request: Request) async -> Reply? {
        if let refusal = request.bearerRefusal(key: key) { return refusal }
        let types = request.headers["content-type"]
        guard types.count == 1, HeaderValue(types[0])?.value.lowercased() == "application/json" else {
            return .eachLabsV1(.badRequest, "the body must be application/json")
        }
        return nil
    }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let body, body.count <= Self.bodyLimit, let json = try? JSON(parsing: body.mapped()) else {
            return .eachLabsV1(.badRequest, "the body is not JSON")
        }
        do {
            var fields = try Fields(json, of: "body")
            let seconds = try fields.integer("expires_in_seconds", default: nil) ?? Self.usualRetention
            let retention = min(max(seconds, Self.retention.lowerBound), Self.retention.upperBound)
            let description = try UploadDescription(&fields)
            let isLapsed = if case .expired? = request.fault { true } else { false }
            let upload = presigner.presign(description, isLapsed: isLapsed, retention: Double(retention))
            await uploads.add(upload)
            return .json(.ok, upload.presignedV1JSON(origin: presigner.origin))
        } catch let problem as Fields.Problem {
            return .eachLabsV1(.badRequest, "\(problem)")
        }
    }
}

extension Upload {
    /// The reply to the presign call. The PUT carries the type beside what is required, which the contract says and the
    /// reply does not.
    fileprivate func presignedV1JSON(origin: String) -> JSON {
        [
            "id": .string(id.text),
            "presigned_url": .string("\(origin)\(presigned.path)?\(presigned.query)"),
            "public_url": .string(publicURL),
            "expires_at": .string(expiresAt),
            "required_headers": .object(
                requiredHeaders.filter { $0.key != "Content-Type" }.mapValues { .string($0) }),
        ]
    }
}

extension Reply {
    static func eachLabsV1(_ status: HTTPResponseStatus, _ message: String) -> Reply {
        .json(status, ["error": .string(message)])
    }
}

extension Request {
    /// The refusal of a call that does not carry the key, or carries it the storage service's way.
    func bearerRefusal(key: String) -> Reply? {
        guard !headers.contains(name: "X-API-Key") else {
            return .eachLabsV1(.badRequest, "X-API-Key is no longer documented")
        }
        return has("Authorization", "Bearer \(key)") ? nil : .json(.unauthorized, [:])
    }
}
