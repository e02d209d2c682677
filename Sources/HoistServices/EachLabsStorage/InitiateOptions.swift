import HoistCore
import HoistMedia

/// What the initiate call takes beyond what the file itself says.
package struct InitiateOptions: Sendable {
    /// `org-<org-id>`.
    package let owner: String
    package var callbackURL: String?
    /// Seconds; audio only.
    package var audioDuration: Double?
    /// Seconds; video only.
    package var videoDuration: Double?
    /// Kilobits a second; video only.
    package var videoBitrate: Double?

    /// Throws `usage` unless the owner has the contract's form `org-…`.
    package init(owner: String) throws(Failure) {
        let id = owner.dropFirst(4)
        guard owner.hasPrefix("org-"), !id.isEmpty, id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Failure(
                .usage, code: "bad_owner", "the owner has the form org-<org-id>, not '\(owner.safeForTerminal)'")
        }
        self.owner = owner
    }

    /// Throws `usage` where a field does not belong to that kind of media (contract: "audio files only", "video files
    /// only").
    package func check(against fileType: FileType) throws(Failure) {
        if audioDuration != nil, fileType != .audio { throw Self.misplaced("--audio-duration", .audio, fileType) }
        if videoDuration != nil, fileType != .video { throw Self.misplaced("--video-duration", .video, fileType) }
        if videoBitrate != nil, fileType != .video { throw Self.misplaced("--video-bitrate", .video, fileType) }
    }

    /// The body of the initiate call. What the user says counts more than what ffprobe says.
    func json(for media: MediaDescription) -> JSONValue {
        let audio = media.fileType == .audio ? media.probe : nil
        let video = media.fileType == .video ? media.probe : nil
        let optional: [(String, JSONValue)] = [
            ("content_type", .string(orNull: media.type?.description)),
            ("callback_url", .string(orNull: callbackURL)),
            ("audio_duration_seconds", JSONValue.number(orNull: audioDuration ?? audio?.duration)),
            ("video_duration_seconds", JSONValue.number(orNull: videoDuration ?? video?.duration)),
            ("video_bitrate_kbps", JSONValue.number(orNull: videoBitrate ?? video?.bitrate)),
        ]
        return .object(
            [
                .init("owner", .string(owner)),
                .init("uploader", .string("customer")),
                .init("file_type", .string(media.fileType.rawValue)),
            ] + optional.filter { $0.1 != .null }.map { .init($0.0, $0.1) })
    }

    private static func misplaced(_ flag: String, _ wanted: FileType, _ found: FileType) -> Failure {
        Failure(
            .usage, code: "misplaced_option",
            "\(flag) is for \(wanted.rawValue) files; this one is \(found.rawValue) (--file-type says otherwise)")
    }
}
