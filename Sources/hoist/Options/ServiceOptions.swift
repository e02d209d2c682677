import ArgumentParser
import HoistKit

extension ServiceName: ExpressibleByArgument {}
extension FileType: ExpressibleByArgument {}

/// Which service, where, and as whom.
struct ServiceOptions: ParsableArguments {
    @Option(help: "The service: figur or eachlabs. Default: HOIST_TO, else the only service that has a key.")
    var to: ServiceName?

    @Option(
        help: ArgumentHelp(
            "The service's base URL, if not the vendor's (https, or http on loopback).", valueName: "url"))
    var baseURL: String?

    @Option(
        help: ArgumentHelp(
            "A file with the service's key that only its owner can read; - for standard input. Default: FIGUR_API_KEY "
                + "or EACHLABS_API_KEY.",
            valueName: "file"),
        completion: .file())
    var apiKeyFile: String?

    func resolve(_ settings: Settings, initiate: InitiateFlags) throws(Failure) -> any UploadService {
        let name = try settings.service(flag: to)
        let account = try settings.account(for: name, baseURL: baseURL, keyFile: apiKeyFile)
        switch name {
        case .figur:
            if let flag = initiate.firstUsed {
                throw Failure(.usage, code: "misplaced_option", "\(flag) is for each::labs; figur has no such thing")
            }
            return Figur(account)
        case .eachlabs:
            return EachLabsStorage(account, options: try initiate.options(settings))
        }
    }
}

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

    var firstUsed: String? {
        if owner != nil { return "--owner" }
        if callbackURL != nil { return "--callback-url" }
        if audioDuration != nil { return "--audio-duration" }
        if videoDuration != nil { return "--video-duration" }
        return videoBitrate != nil ? "--video-bitrate" : nil
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
