import Glibc
import HoistCore
import HoistFiles
import Subprocess
import SystemPackage

/// What ffprobe knows of a file: some services bill and route by it.
package struct MediaProbe: Sendable, Equatable {
    /// Seconds, to the millisecond.
    package var duration: Double?
    /// Kilobits a second: of the video where there is one, else of the whole file.
    package var bitrate: Double?
    /// Pixels of the video, where there is one.
    package var width: Int?
    package var height: Int?

    package init(duration: Double? = nil, bitrate: Double? = nil) {
        self.duration = duration
        self.bitrate = bitrate
    }
}

/// Whether ffprobe is asked for durations and bitrates.
package enum ProbeMode: String, Sendable, CaseIterable {
    /// Where it is installed; without it the upload goes on without them.
    case auto
    case off
    /// Fails where there is no answer.
    case require
}

/// Asks ffprobe, which sees the file through the descriptor that is sent, and nothing else: no path, no network.
package struct Prober: Sendable {
    private let mode: ProbeMode
    private let timeLimit: Duration
    private let hint: @Sendable (String) -> Void

    /// - Parameters:
    ///   - timeLimit: what takes longer is given up.
    ///   - hint: takes what a person who wonders about missing durations wants to know.
    package init(_ mode: ProbeMode, timeLimit: Duration = .seconds(10), hint: @escaping @Sendable (String) -> Void) {
        self.mode = mode
        self.timeLimit = timeLimit
        self.hint = hint
    }

    /// Nil where there is nothing to know: other media, or no answer and `auto`. Throws `refusedHere` where `require`
    /// gets no answer, and `configuration` where it has no ffprobe.
    package func probe(_ file: MediaFile) async throws(Failure) -> MediaProbe? {
        guard mode != .off, file.media.fileType == .video || file.media.fileType == .audio else { return nil }
        do throws(Failure) {
            return try await ask(about: file.input)
        } catch {
            guard mode == .auto, error.kind != .interrupted else { throw error }
            hint("\(file.input.path): \(error.message); sent without duration and bitrate")
            return nil
        }
    }

    private func ask(about file: InputFile) async throws(Failure) -> MediaProbe {
        let answer: String
        do {
            answer = try await withThrowingTaskGroup(of: String.self) { group in
                // Starting a program takes milliseconds: not on the thread that sends.
                group.addTask(executorPreference: globalConcurrentExecutor) { try await Self.output(about: file) }
                group.addTask {
                    try await Task.sleep(for: timeLimit)
                    throw TimeLimitExceeded()
                }
                defer { group.cancelAll() }
                guard let answer = try await group.next() else { throw CancellationError() }
                return answer
            }
        } catch let error as Failure {
            throw error
        } catch is TimeLimitExceeded {
            throw Failure(.refusedHere, code: "probe_failed", "ffprobe took longer than \(timeLimit)")
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw Failure(.configuration, code: "no_ffprobe", "ffprobe is not installed (apt-get install ffmpeg)")
        } catch {
            if Task.isCancelled { throw .interrupted }
            throw Failure(.refusedHere, code: "probe_failed", "ffprobe failed: \(error)")
        }
        guard let json = JSONValue(parsing: Array(answer.utf8)), let probe = MediaProbe(json) else {
            throw Failure(.refusedHere, code: "probe_failed", "ffprobe cannot tell its duration")
        }
        return probe
    }

    private struct TimeLimitExceeded: Error {}

    /// Real containers, by ffprobe's names: a playlist in front of the sound would have it open the files and URLs that
    /// the playlist names.
    private static let formats = [
        "aac", "ac3", "aiff", "amr", "amrnb", "amrwb", "ape", "asf", "au", "avi", "caf", "dts", "eac3", "flac", "flv",
        "gif",
        "h264", "hevc", "ivf", "loas", "m4v", "matroska", "mov", "mp3", "mpeg", "mpegts", "mpegvideo", "mxf", "ogg",
        "rm",
        "tta", "w64", "wav", "webm", "wv",
    ].joined(separator: ",")

    /// The variables that a program needs to start and to speak. None of the others is ffprobe's business: any may be a
    /// service's key.
    private static var harmlessEnvironment: [Environment.Key: String] {
        var environment: [Environment.Key: String] = [:]
        for name in ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) { environment[.init(stringLiteral: name)] = String(cString: value) }
        }
        return environment
    }

    /// What ffprobe prints. Throws `refusedHere` where it fails.
    private static func output(about file: InputFile) async throws -> String {
        // Standard input is the descriptor that is sent. Opened by its /dev/fd name it can be searched, which a pipe
        // could not, and an MP4's index is often at its end.
        // In a session of its own, so that what a wrapper script starts ends with it.
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))]
        let result = try await run(
            .name("ffprobe"),
            arguments: [
                "-v", "error", "-protocol_whitelist", "file,pipe", "-format_whitelist", formats, "-print_format",
                "json", "-show_entries",
                "format=duration,bit_rate:stream=codec_type,bit_rate,duration,width,height", "-i", "file:/dev/fd/0",
            ],
            environment: .custom(harmlessEnvironment),
            platformOptions: options,
            input: .fileDescriptor(FileDescriptor(rawValue: file.descriptor), closeAfterSpawningProcess: false),
            output: .string(limit: 1 << 20), error: .discarded)
        guard result.terminationStatus.isSuccess else {
            throw Failure(
                .refusedHere, code: "probe_failed", "ffprobe cannot read it (it ended with \(result.terminationStatus))"
            )
        }
        return result.standardOutput
    }
}

extension MediaProbe {
    /// ffprobe's JSON; nil where it has no duration.
    init?(_ json: JSONValue) {
        let format = json["format"]
        guard let duration = Self.number(format?["duration"]) else { return nil }
        self.duration = (duration * 1000).rounded() / 1000
        var streams: [JSONValue] = []
        if case .array(let found)? = json["streams"] { streams = found }
        let video = streams.first { $0["codec_type"]?.text == "video" }
        if case .number(let width)? = video?["width"], case .number(let height)? = video?["height"],
            let width = Int(width), let height = Int(height), width > 0, height > 0
        {
            self.width = width
            self.height = height
        }
        bitrate = (Self.number(video?["bit_rate"]) ?? Self.number(format?["bit_rate"])).map { ($0 / 1000).rounded() }
    }

    /// ffprobe writes numbers as text, and `N/A` where it does not know. What no media has is no answer either.
    private static func number(_ value: JSONValue?) -> Double? {
        value?.text.flatMap(Double.init).flatMap { $0 > 0 && $0 < 1e12 ? $0 : nil }
    }
}
