import ArgumentParser
import HoistCore
import HoistServices

/// The fields of each::labs' initiate call that no file tells by itself.
struct InitiateFlags: ParsableArguments {
    @Option(help: ArgumentHelp("The owner of the file, org-<org-id>. Default: EACHLABS_OWNER.", valueName: "owner"))
    var owner: String?

    @Option(help: ArgumentHelp("A URL that is called when processing is complete.", valueName: "url"))
    var callbackURL: String?

    @Option(help: ArgumentHelp("Duration of an audio file in seconds.", valueName: "seconds"))
    var audioDuration: Double?

    @Option(help: ArgumentHelp("Duration of a video in seconds.", valueName: "seconds"))
    var videoDuration: Double?

    @Option(help: ArgumentHelp("Bitrate of a video in kilobits a second.", valueName: "kbps"))
    var videoBitrate: Double?

    func validate() throws {
        let numbers = [
            ("--audio-duration", audioDuration), ("--video-duration", videoDuration), ("--video-bitrate", videoBitrate),
        ]
        for case (let flag, let value?) in numbers where !(value.isFinite && value >= 0) {
            throw ValidationError("\(flag) is a number of at least 0.")
        }
    }

    /// Throws `usage` where one of them was given: the service has no such thing.
    func requireNone(for service: ServiceName) throws(Failure) {
        let used = [
            ("--owner", owner != nil), ("--callback-url", callbackURL != nil),
            ("--audio-duration", audioDuration != nil),
            ("--video-duration", videoDuration != nil), ("--video-bitrate", videoBitrate != nil),
        ].first(where: \.1)
        guard let used else { return }
        throw Failure(.usage, code: "misplaced_option", "\(used.0) is for each::labs; \(service) has no such thing")
    }

    func options(_ settings: Settings) throws(Failure) -> InitiateOptions {
        var options = try InitiateOptions(owner: try settings.owner(flag: owner))
        options.callbackURL = callbackURL
        options.audioDuration = audioDuration
        options.videoDuration = videoDuration
        options.videoBitrate = videoBitrate
        return options
    }
}
