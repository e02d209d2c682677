import FoundationEssentials

/// An upload on its way from the initiate call to its final status.
struct Upload: Sendable {
    enum Status: String {
        case pending = "PENDING"
        case uploading = "UPLOADING"
        case processing = "PROCESSING"
        case completed = "COMPLETED"
        case error = "ERROR"
    }

    let id: UUID
    let description: UploadDescription
    let presigned: PresignedURL
    let publicURL: String
    let expiresAt: String
    /// What the PUT has to carry.
    let requiredHeaders: [String: String]
    /// Bytes.
    let limit: Int
    var status = Status.pending
    /// Why it could not be processed.
    var reason: String?
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
        var fields: JSON = [
            "id": .string(id.text),
            "public_url": .string(publicURL),
            "expires_at": .string(expiresAt),
            "status": .string(status.rawValue),
            "content_type": .string(description.contentType),
            "file_type": .string(description.fileType),
            "size_bytes": stored.map { JSON($0.count) } ?? .null,
        ]
        if status == .error, case .object(var members) = fields {
            members["error"] = .string(reason ?? "")
            fields = .object(members)
        }
        return fields
    }
}

extension UUID {
    var text: String { uuidString.lowercased() }
}

/// Hands out presigned URLs in the form of AWS Signature Version 4. Nobody but the sandbox has to verify them, so the
/// signature is random.
struct Presigner: Sendable {
    /// The most that S3 takes in one PUT.
    private static let storageLimit = 5 << 30

    let origin: String
    let lifetime: Int

    /// The one value of the `Host` header that is signed.
    var host: String { String(origin.dropFirst("http://".count)) }

    /// A lapsed URL is one whose lifetime is over from the start.
    ///
    /// - Parameter retention: how long the object is kept.
    func presign(_ description: UploadDescription, isLapsed: Bool, retention: TimeInterval = 30 * 86_400) -> Upload {
        let id = UUID()
        let now = Date.now
        let issued = isLapsed ? now.addingTimeInterval(-Double(lifetime) - 1) : now
        let expiresAt = Timestamp.iso8601(now.addingTimeInterval(retention))

        var required = ["Content-Type": description.contentType, "x-amz-meta-file-id": id.text]
        required["x-amz-meta-expires-at"] = expiresAt
        required["x-amz-tagging"] = "uploader=customer&ttl_days=\(Int(retention / 86_400))"
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
            requiredHeaders: required,
            limit: description.limit ?? Self.storageLimit
        )
    }
}
