import FoundationEssentials
import NIOHTTP1

/// `POST /v1/uploads`: one multipart form with one image.
struct FigurUpload: Endpoint {
    /// "jpeg/png/webp, ≤25 MB"; the contract leaves open which MB, so the larger.
    static let limit = 25 * 1024 * 1024

    let key: String
    let storage: Storage
    let images: FigurImages

    func refusal(_ request: Request) async -> Reply? {
        guard !request.headers.contains(name: "X-API-Key") else {
            return .figur(.badRequest, "bad_request", "X-API-Key is another service's header")
        }
        guard request.has("Authorization", "Bearer \(key)") else {
            return .figur(.unauthorized, "unauthorized", "Missing or invalid API key")
        }
        return nil
    }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let type = HeaderValue(request.headers["content-type"].joined(separator: ", ")) else {
            return .figur(.badRequest, "bad_request", "Malformed Content-Type")
        }
        guard type.value.lowercased() == "multipart/form-data" else { return .missingFile }
        guard let boundary = type["boundary"], (1...70).contains(boundary.utf8.count) else {
            return .figur(.badRequest, "bad_request", "Missing boundary in multipart")
        }
        let bytes = try body?.mapped() ?? Data()
        do {
            let parts = try MultipartForm.parts(of: bytes, boundary: boundary)
            guard parts.count <= 1 else {
                return .figur(.badRequest, "bad_request", "One part is expected, not \(parts.count)")
            }
            guard let part = parts.first, part.name == "file" else { return .missingFile }
            return try await accept(part, in: bytes)
        } catch let malformed as MultipartForm.Malformed {
            return .figur(.badRequest, "bad_request", malformed.reason)
        }
    }

    private func accept(_ part: MultipartForm.Part, in bytes: Data) async throws -> Reply {
        guard let fileName = part.fileName, !fileName.isEmpty else {
            return .invalidFile("Expected a file with a name, received a text", type: "value_error")
        }
        guard !part.content.isEmpty else { return .invalidFile("The file is empty", type: "value_error") }
        guard part.content.count <= Self.limit else {
            return .figur(.payloadTooLarge, "file_too_large", "The file is larger than 25 MB")
        }
        let content = bytes[part.content]
        guard let type = ImageType(of: content) else {
            return .figur(.unsupportedMediaType, "unsupported_media_type", "Only jpeg, png and webp are supported")
        }
        guard part.contentType == type.mediaType else {
            let claimed = part.contentType ?? "no type"
            return .invalidFile("The part says \(claimed), its content is \(type.mediaType)", type: "value_error")
        }
        let name = "\(UUID().uuidString.lowercased()).\(type.fileExtension)"
        var file = try Spool(path: storage.path(name))
        try content.withUnsafeBytes { try file.append($0) }
        let url = await images.add(file.bytes, name: name, mediaType: type.mediaType)
        return .json(.ok, ["upload_key": .string("inputs/\(name)"), "image_url": .string(url)])
    }
}

extension Reply {
    /// The shape of every Figur error but 422.
    static func figur(_ status: HTTPResponseStatus, _ code: String, _ message: String) -> Reply {
        .json(
            status,
            [
                "error": [
                    "code": .string(code), "message": .string(message), "request_id": .string(Identifier.hex()),
                ]
            ]
        )
    }

    /// Figur's 422, FastAPI's validation error.
    fileprivate static func invalidFile(_ message: String, type: String) -> Reply {
        .json(
            .unprocessableEntity,
            ["detail": [["loc": ["body", "file"], "msg": .string(message), "type": .string(type)]]]
        )
    }

    fileprivate static var missingFile: Reply { .invalidFile("Field required", type: "missing") }
}
