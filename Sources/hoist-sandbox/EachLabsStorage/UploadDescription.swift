import FoundationEssentials

/// What a client says about the file it is going to upload: the body of the initiate call, checked.
struct UploadDescription: Sendable {
    private(set) var fileType = "other"
    private(set) var contentType = "application/octet-stream"
    let callback: String?
    /// Durations and bitrate by the end of the header name they travel under.
    let properties: [(name: String, value: Decimal)]

    init(_ json: JSON) throws {
        var fields = try Fields(json, of: "body")

        let owner = try fields.required("owner")
        guard owner.wholeMatch(of: /org-[A-Za-z0-9_-]+/) != nil else {
            throw Fields.Problem(field: "owner", reason: "must look like org-<org-id>")
        }
        guard try fields.required("uploader") == "customer" else {
            throw Fields.Problem(field: "uploader", reason: "must be \"customer\"")
        }
        if let type = try fields.string("file_type") {
            guard ["image", "video", "audio", "other"].contains(type) else {
                throw Fields.Problem(field: "file_type", reason: "must be image, video, audio or other")
            }
            fileType = type
        }
        if let type = try fields.string("content_type") {
            guard let value = HeaderValue(type), value.isMediaType else {
                throw Fields.Problem(field: "content_type", reason: "is not a MIME type")
            }
            contentType = type
        }
        callback = try fields.string("callback_url")
        if let callback {
            guard let url = URL(string: callback), ["http", "https"].contains(url.scheme), url.host() != nil else {
                throw Fields.Problem(field: "callback_url", reason: "must be an http or https URL")
            }
        }
        properties = try Self.properties(&fields, of: fileType)
        try fields.finish()
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
