import ArgumentParser
import HoistCore
import HoistFiles
import HoistMedia
import HoistServices
import HoistUploads

/// What the user knows better than the file's content.
struct MediaOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Media type to send, overriding what the content says.", valueName: "type"))
    var contentType: String?

    @Option(help: "Kind of media to send, overriding what the type says.")
    var fileType: FileType?

    @Flag(help: "Refuse files with warnings: a name that disagrees with the content, a file that is cut off.")
    var strict = false

    @Option(help: "Read durations and bitrate with ffprobe: auto (if it is installed), off or require.")
    var probe: ProbeMode = .auto

    /// - Parameter output: whose --verbose shows why there is no duration.
    func prober(_ output: OutputOptions, _ console: Console) -> Prober {
        Prober(probe) { if output.verbose { console.trace($0) } }
    }

    func examiner(_ run: RecordRun, _ standardInput: StandardInput) -> MediaExaminer {
        MediaExaminer(overrides, on: run.files, standardInput: standardInput)
    }

    func validate() throws { try Self.requireMediaType(contentType) }

    static func requireMediaType(_ contentType: String?) throws {
        if let contentType, MediaType(contentType) == nil {
            throw ValidationError(
                "--content-type is a media type such as image/png, not '\(contentType.safeForTerminal)'.")
        }
        if let contentType, let right = misnomers[contentType.lowercased()] {
            throw ValidationError("\(contentType.safeForTerminal) is no media type; write \(right)")
        }
    }

    /// Throws `usage` for an option that changes nothing at that service.
    func requireUse(by service: ServiceDescription) throws(Failure) {
        let flag =
            fileType != nil && !service.wantsKind
            ? "--file-type" : probe == .require && !service.wantsProbe ? "--probe require" : nil
        guard let flag else { return }
        throw Failure(
            .usage, code: "misplaced_option", "\(service.title) has no use for \(flag)", advice: "leave it out")
    }

    /// Endings that are taken for subtypes: services refuse them, and say only that.
    private static let misnomers = [
        "image/jpg": "image/jpeg", "image/tif": "image/tiff", "audio/mp3": "audio/mpeg", "video/mov": "video/quicktime",
    ]

    var overrides: MediaOverrides {
        var overrides = MediaOverrides(contentType: contentType.flatMap(MediaType.init), fileType: fileType)
        overrides.isStrict = strict
        return overrides
    }
}
