extension BuiltInService {
    private static let account = "/client/v4/accounts/{account}"

    static let all: [BuiltInService] = forms + bodies + urlsThenBodies + urlsThenForms

    private static let forms: [BuiltInService] = [
        .init(
            name: "figur", shape: .form, steps: ["POST /v1/uploads form file"], handles: ["upload_key", "image_url"],
            id: "upload_key"),
        .init(
            name: "replicate", shape: .form, steps: ["POST /v1/files form content"], handles: ["id", "url"],
            delete: .init(call: "DELETE /v1/files/{id}")),
        .init(
            name: "openai", shape: .form, steps: ["POST /v1/files form purpose, file"], handles: ["id"],
            delete: .init(call: "DELETE /v1/files/{id}"),
            options: [
                .init(setting: "purpose=vision", field: "purpose", value: "vision")
            ]),
        .init(
            name: "heygen", shape: .form, steps: ["POST /v3/assets form file"], handles: ["asset_id", "url"],
            id: "asset_id", delete: .init(call: "DELETE /v3/assets/{id}")),
        .init(
            name: "cloudflare-images", shape: .form, steps: ["POST \(account)/images/v1 form file"],
            handles: ["id", "url"], delete: .init(call: "DELETE \(account)/images/v1/{id}"),
            options: [
                .init(setting: "id=my-image", field: "id", value: "my-image"),
                .init(setting: "metadata={\"a\":1}", field: "metadata", value: "{\"a\":1}"),
                .init(setting: "require_signed_urls=true", field: "requireSignedURLs", value: "true"),
            ]),
        .init(
            name: "elevenlabs-music", shape: .form, steps: ["POST /v1/music/upload form file"], handles: ["song_id"],
            id: "song_id", media: "tone.m4a",
            options: [
                .init(setting: "extract_composition_plan=true", field: "extract_composition_plan", value: "true")
            ]),
        .init(
            name: "krea", shape: .form, steps: ["POST /assets form file"], handles: ["id", "image_url"],
            options: [
                .init(setting: "description=a = b, ü", field: "description", value: "a = b, ü")
            ]),
    ]

    private static let bodies: [BuiltInService] = [
        .init(
            name: "assemblyai", shape: .body, steps: ["POST /v2/upload bytes"], handles: ["upload_url"],
            id: "upload_url")
    ]

    private static let urlsThenBodies: [BuiltInService] = [
        .init(
            name: "eachlabs", shape: .urlThenBody,
            steps: ["POST /api/v1/uploads JSON content_type, file_type, owner, uploader", "PUT storage bytes"],
            handles: ["id", "public_url"], place: "public_url", questions: 4, question: "GET /api/v1/uploads/{id}",
            canPresign: true, refusals: ["prepare", "upload"],
            options: [
                .init(
                    setting: "callback_url=https://example.org/done?a=b", field: "callback_url",
                    value: "'https://example.org/done?a=b'")
            ]),
        .init(
            name: "eachlabs-v1", shape: .urlThenBody,
            steps: ["POST /v1/upload/presign JSON content_type, file_type", "PUT storage bytes"],
            handles: ["id", "public_url"], place: "public_url",
            delete: .init(call: "DELETE /v1/files/{id}", again: .deleted),
            canPresign: true, refusals: ["prepare", "upload"],
            options: [
                .init(setting: "expires_in=7d", field: "expires_in_seconds", value: "604800")
            ]),
        .init(
            name: "fal", shape: .urlThenBody,
            steps: [
                "POST /storage/upload/initiate?storage_type=fal-cdn-v3 JSON content_type, file_name",
                "PUT storage bytes",
            ],
            handles: ["url"], id: "url", place: "url", canPresign: true, refusals: ["prepare", "upload"]),
        .init(
            name: "heygen-direct", shape: .urlThenBody,
            steps: [
                "POST /v3/assets/direct-uploads JSON content_type, filename, size_bytes", "PUT storage bytes",
                "POST /v3/assets/{id}/complete JSON",
            ],
            handles: ["asset_id", "url"], id: "asset_id", questions: 3,
            question: "GET /v3/assets/statuses?asset_ids={id}", delete: .init(call: "DELETE /v3/assets/{id}"),
            refusals: ["prepare", "upload", "complete"]),
        .init(
            name: "wavespeed", shape: .urlThenBody,
            steps: ["POST /api/v3/media/uploads JSON content_type, filename, size", "PUT storage bytes"],
            handles: ["url"], id: "url", place: "url", canPresign: true, refusals: ["prepare", "upload"]),
        .init(
            name: "higgsfield", shape: .urlThenBody,
            steps: ["POST /files/generate-upload-url JSON content_type", "PUT storage bytes"], handles: ["url"],
            id: "url", place: "url", canPresign: true, refusals: ["prepare", "upload"]),
        .init(
            name: "mux", shape: .urlThenBody,
            steps: ["POST /video/v1/uploads JSON cors_origin, new_asset_settings", "PUT storage bytes"],
            handles: ["id", "asset_id"], media: "clip.mp4", questions: 2, question: "GET /video/v1/uploads/{id}",
            delete: .init(call: "DELETE /video/v1/assets/{id}", again: .refused, id: "asset_id"),
            canPresign: true, refusals: ["prepare", "upload"],
            options: [
                .init(setting: "cors_origin=https://example.org", field: "cors_origin", value: "'https://example.org'"),
                .init(setting: "playback_policy=signed", field: "new_asset_settings", value: "…"),
                .init(setting: "timeout=2h", field: "timeout", value: "7200"),
            ]),
        .init(
            name: "gemini", shape: .urlThenBody,
            steps: ["POST /upload/v1beta/files JSON file", "POST storage bytes"], handles: ["name", "uri"],
            id: "name", questions: 2, question: "GET /v1beta/{id}", delete: .init(call: "DELETE /v1beta/{id}"),
            refusals: ["prepare", "upload"]),
        .init(
            name: "vidu", shape: .urlThenBody,
            steps: [
                "POST /tools/v1/files/uploads JSON scene", "PUT storage bytes",
                "PUT /tools/v1/files/uploads/{id}/finish JSON etag, id",
            ],
            handles: ["uri"], refusals: ["prepare", "upload", "complete"]),
    ]

    private static let urlsThenForms: [BuiltInService] = [
        .init(
            name: "runway", shape: .urlThenForm,
            steps: ["POST /v1/uploads JSON filename, type", "POST storage form of the reply's 7 fields, file"],
            handles: ["uri"], id: "uri", refusals: ["prepare", "upload"]),
        .init(
            name: "leonardo", shape: .urlThenForm,
            steps: [
                "POST /api/rest/v1/init-image JSON extension", "POST storage form of the reply's 7 fields, file",
            ],
            handles: ["id"], delete: .init(call: "DELETE /api/rest/v1/init-image/{id}"),
            refusals: ["prepare", "upload"]),
        .init(
            name: "cloudflare-stream", shape: .urlThenForm,
            steps: ["POST \(account)/stream/direct_upload JSON maxDurationSeconds", "POST storage form file"],
            handles: ["uid"], id: "uid", media: "clip.mp4", questions: 3, question: "GET \(account)/stream/{id}",
            delete: .init(call: "DELETE \(account)/stream/{id}"), refusals: ["prepare", "upload"],
            options: [
                .init(setting: "max_duration=10m", field: "maxDurationSeconds", value: "600"),
                .init(setting: "require_signed_urls=true", field: "requireSignedURLs", value: "true"),
            ]),
    ]
}
