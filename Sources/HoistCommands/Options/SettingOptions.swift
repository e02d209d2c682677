import ArgumentParser
import HoistCore
import HoistServices

/// `--set`, which reaches every setting of every service: an account in a path is wanted by every call.
struct SetOption: ParsableArguments {
    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A setting of the service, as hoist services show NAME lists them; may be repeated.",
            valueName: "name=value"))
    var set: [String] = []

    func validate() throws {
        for pair in set where (pair.firstIndex(of: "=") ?? pair.startIndex) == pair.startIndex {
            throw ValidationError("--set is NAME=VALUE, not '\(pair.safeForTerminal)'.")
        }
    }

    /// By the names of settings.
    var values: [(name: String, text: String)] {
        self.set.map { pair in
            let name = pair.prefix { $0 != "=" }
            return (name: String(name), text: String(pair.dropFirst(name.count + 1)))
        }
    }
}

/// What is said to the service beside the file. Settings that several services have, or that are used much, have flags
/// of their own.
struct SettingOptions: ParsableArguments {
    @OptionGroup var set: SetOption

    @Option(help: ArgumentHelp("The owner of the file (--set owner=…).", valueName: "owner"))
    var owner: String?

    @Option(
        help: ArgumentHelp("URL to call when processing is complete (--set callback_url=…).", valueName: "url")
    )
    var callbackURL: String?

    @Option(help: ArgumentHelp("How long the service keeps the file: 12h, 7d (--set expires_in=…).", valueName: "time"))
    var expiresIn: String?

    @Option(
        help: ArgumentHelp("Duration of an audio file in seconds, if ffprobe's is not right.", valueName: "seconds"))
    var audioDuration: Double?

    @Option(help: ArgumentHelp("Duration of a video in seconds, if ffprobe's is not right.", valueName: "seconds"))
    var videoDuration: Double?

    @Option(
        help: ArgumentHelp("Bitrate of a video in kilobits a second, if ffprobe's is not right.", valueName: "kbps"))
    var videoBitrate: Double?

    func validate() throws {
        let numbers = [
            ("--audio-duration", audioDuration), ("--video-duration", videoDuration), ("--video-bitrate", videoBitrate),
        ]
        for case (let flag, let value?) in numbers where !(value.isFinite && value >= 0) {
            throw ValidationError("\(flag) is a number of at least 0.")
        }
    }

    private static func text(_ number: Double) -> String { number.description }

    /// By the names of settings.
    var values: [(name: String, text: String)] {
        let flags: [(String, String?)] = [
            ("owner", owner), ("callback_url", callbackURL), ("expires_in", expiresIn),
            ("audio_duration", audioDuration.map(Self.text)), ("video_duration", videoDuration.map(Self.text)),
            ("video_bitrate", videoBitrate.map(Self.text)),
        ]
        var values: [(name: String, text: String)] = []
        for case (let name, let text?) in flags { values.append((name, text)) }
        return values + set.values
    }
}
