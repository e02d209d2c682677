import FoundationEssentials

/// The images Figur holds, each under a presigned preview URL.
actor FigurImages {
    struct Image {
        let bytes: StoredBytes
        let mediaType: String
        let preview: PresignedURL
    }

    private let origin: String
    private let lifetime: Int
    private var images: [String: Image] = [:]

    init(origin: String, lifetime: Int) {
        self.origin = origin
        self.lifetime = lifetime
    }

    /// Keeps an image and returns its preview URL.
    func add(_ bytes: StoredBytes, name: String, mediaType: String) -> String {
        let preview = PresignedURL(
            path: "/preview/\(name)",
            query: "X-Amz-Expires=\(lifetime)&X-Amz-Signature=\(Identifier.signature())",
            expiry: .now.addingTimeInterval(Double(lifetime))
        )
        images[preview.path] = Image(bytes: bytes, mediaType: mediaType, preview: preview)
        return "\(origin)\(preview.path)?\(preview.query)"
    }

    subscript(path: String) -> Image? { images[path] }
}

/// `GET image_url`
struct FigurPreview: Endpoint {
    let images: FigurImages

    func refusal(_ request: Request) async -> Reply? {
        guard let image = await images[String(request.path)] else { return S3Error.noSuchKey.reply }
        return image.preview.refusal(request)?.reply
    }

    func answer(_ request: Request, body: StoredBytes?) async throws -> Reply {
        guard let image = await images[String(request.path)] else { return S3Error.noSuchKey.reply }
        return .file(image.bytes, contentType: image.mediaType)
    }
}
