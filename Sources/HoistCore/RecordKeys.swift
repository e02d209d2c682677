/// The names under which a record has something that hoist itself says. They are stable: a service's field of the same
/// name gets another one.
package enum RecordKeys {
    /// In some records only.
    package static let optional: Set = [
        "file_bytes", "verified", "sha256", "etag", "started_at", "resumed", "same_as", "warnings", "error",
    ]

    /// Hoist's words for what some services' replies have, in some records only.
    package static let repeated: Set = [
        "status", "status_reason", "handle", "url", "url_expires_at", "duration_seconds", "bitrate_kbps", "width",
        "height",
    ]

    /// In any record, whatever it is about.
    package static let said = optional.union(["ok", "service", "attempts", "seconds"])

    /// With what only the record of a file has.
    package static let own = said.union(["file", "bytes", "content_type", "file_type"])
}
