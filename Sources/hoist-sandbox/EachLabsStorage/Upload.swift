import FoundationEssentials

/// An upload on its way from the initiate call to its final status.
struct Upload: Sendable {
    enum Status: String {
        case pending = "PENDING"
        case processing = "PROCESSING"
        case completed = "COMPLETED"
        case failed = "FAILED"
    }

    let id: UUID
    let description: UploadDescription
    let presigned: PresignedURL
    let publicURL: String
    let expiresAt: String
    let requiredHeaders: [String: String]
    var status = Status.pending
    var stored: StoredBytes?

    /// The reply to the initiate call.
    func presignedJSON(origin: String) -> JSON {
        [
            "id": .string(id.text),
            "upload_url": .string("\(origin)\(presigned.path)?\(presigned.query)"),
            "public_url": .string(publicURL),
            "expires_at": .string(expiresAt),
            "status": .string(status.rawValue),
            "required_headers": .object(requiredHeaders.mapValues { .string($0) }),
        ]
    }

    /// The reply to the status call, and what the callback gets.
    var statusJSON: JSON {
        [
            "id": .string(id.text),
            "public_url": .string(publicURL),
            "expires_at": .string(expiresAt),
            "status": .string(status.rawValue),
            "content_type": .string(description.contentType),
            "file_type": .string(description.fileType),
            "size_bytes": stored.map { JSON($0.count) } ?? .null,
        ]
    }
}

extension UUID {
    var text: String { uuidString.lowercased() }
}

/// Hands out presigned URLs in the form of AWS Signature Version 4. Nobody but the sandbox has to verify them, so the
/// signature is random.
struct Presigner: Sendable {
    private static let retention: TimeInterval = 30 * 24 * 60 * 60

    let origin: String
    let lifetime: Int

    /// The one value of the `Host` header that is signed.
    var host: String { String(origin.dropFirst("http://".count)) }

    /// A lapsed URL is one whose lifetime is over from the start.
    func presign(_ description: UploadDescription, isLapsed: Bool) -> Upload {
        let id = UUID()
        let now = Date.now
        let issued = isLapsed ? now.addingTimeInterval(-Double(lifetime) - 1) : now
        let expiresAt = Timestamp.iso8601(now.addingTimeInterval(Self.retention))

        var required = [
            "Content-Type": description.contentType,
            "x-amz-meta-file-id": id.text,
            "x-amz-meta-expires-at": expiresAt,
            "x-amz-tagging": "uploader=customer&ttl_days=30",
        ]
        for property in description.properties {
            required["x-amz-meta-\(property.name)"] = property.value.description
        }
        let signed = (required.keys.map { $0.lowercased() } + ["host"]).sorted().joined(separator: "%3B")
        let time = Timestamp.amz(issued)
        let query = [
            "X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "X-Amz-Credential=AKIASANDBOX%2F\(time.prefix(8))%2Fus-east-1%2Fs3%2Faws4_request",
            "X-Amz-Date=\(time)",
            "X-Amz-Expires=\(lifetime)",
            "X-Amz-SignedHeaders=\(signed)",
            "X-Amz-Signature=\(Identifier.signature())",
        ]
        let path = "/storage/uploads/\(id.text).\(description.fileExtension)"
        return Upload(
            id: id,
            description: description,
            presigned: PresignedURL(
                path: path,
                query: query.joined(separator: "&"),
                expiry: issued.addingTimeInterval(Double(lifetime))
            ),
            publicURL: origin + path,
            expiresAt: expiresAt,
            requiredHeaders: required
        )
    }
}
