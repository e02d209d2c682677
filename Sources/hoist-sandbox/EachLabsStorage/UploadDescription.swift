import FoundationEssentials

/// What a client says about the file it is going to upload: the body of the initiate call, checked.
struct UploadDescription: Sendable {
    let fileType: String
    let contentType: String
    let callback: String?
    /// Bytes; nil where the service names none.
    let limit: Int?
    /// Durations and bitrate by the end of the header name they travel under.
    let properties: [(name: String, value: Decimal)]

    init(_ json: JSON) throws {
        var fields = try Fields(json, of: "body")

        limit = nil
        let owner = try fields.required("owner")
        guard owner.wholeMatch(of: /org-[A-Za-z0-9_-]+/) != nil else {
            throw Fields.Problem(field: "owner", reason: "must look like org-<org-id>")
        }
        guard try fields.required("uploader") == "customer" else {
            throw Fields.Problem(field: "uploader", reason: "must be \"customer\"")
        }
        (fileType, contentType) = try Self.types(&fields)
        callback = try fields.string("callback_url")
        if let callback {
            guard let url = URL(string: callback), ["http", "https"].contains(url.scheme), url.host() != nil else {
                throw Fields.Problem(field: "callback_url", reason: "must be an http or https URL")
            }
        }
        properties = try Self.properties(&fields, of: fileType)
        try fields.finish()
    }

    /// What API v1 is told: the types, and nothing else.
    init(_ fields: inout Fields) throws {
        callback = nil
        properties = []
        limit = 100 << 20
        let type = try fields.required("content_type")
        (fileType, contentType) = try Self.types(&fields, contentType: type)
        try fields.finish()
    }

    /// - Parameter contentType: where that was taken already.
    private static func types(
        _ fields: inout Fields, contentType given: String? = nil
    ) throws -> (file: String, content: String) {
        let fileType = try fields.string("file_type") ?? "other"
        guard ["image", "video", "audio", "other"].contains(fileType) else {
            throw Fields.Problem(field: "file_type", reason: "must be image, video, audio or other")
        }
        var contentType = given
        if contentType == nil { contentType = try fields.string("content_type") }
        if let contentType {
            guard let value = HeaderValue(contentType), value.isMediaType else {
                throw Fields.Problem(field: "content_type", reason: "is not a MIME type")
            }
        }
        return (fileType, contentType ?? "application/octet-stream")
    }

    private static func properties(
        _ fields: inout Fields,
        of fileType: String
    ) throws -> [(name: String, value: Decimal)] {
        var properties: [(name: String, value: Decimal)] = []
        for (field, owner) in [
            ("audio_duration_seconds", "audio"),
            ("video_duration_seconds", "video"),
            ("video_bitrate_kbps", "video"),
        ] {
            guard let value = try fields.number(field) else { continue }
            guard fileType == owner else { throw Fields.Problem(field: field, reason: "is for \(owner) files only") }
            properties.append((field.replacing("_", with: "-"), value))
        }
        return properties
    }

    /// For the object's name. Which ones the service gives is not documented; `audio/mp4` is m4a in its example.
    var fileExtension: String {
        switch HeaderValue(contentType)?.value.lowercased() {
        case "image/jpeg": "jpg"
        case "image/png": "png"
        case "image/webp": "webp"
        case "image/gif": "gif"
        case "video/mp4": "mp4"
        case "video/webm": "webm"
        case "video/quicktime": "mov"
        case "audio/mp4": "m4a"
        case "audio/mpeg": "mp3"
        case "audio/wav": "wav"
        case "audio/ogg": "ogg"
        case "audio/flac": "flac"
        default: "bin"
        }
    }
}
