import ArgumentParser
import HoistFiles
import HoistMedia
import HoistUploads

/// What the user knows better than the file's content.
struct MediaOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The media type to send instead of the one told from the content.", valueName: "type"))
    var contentType: String?

    @Option(help: "The kind to send instead of the one that follows from the type.")
    var fileType: FileType?

    @Option(help: "Durations and bitrate by ffprobe: auto (where it is installed), off or require.")
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
    }

    var overrides: MediaOverrides {
        MediaOverrides(contentType: contentType.flatMap(MediaType.init), fileType: fileType)
    }
}
