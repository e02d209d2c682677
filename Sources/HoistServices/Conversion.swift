import HoistFiles
import HoistMedia

/// How to turn a file into one that a service takes, with a program that most machines have.
enum Conversion {
    /// A command line; nil where none of the types is of the same kind.
    static func command(for file: MediaFile, to types: [TypePattern]) -> String? {
        let targets = types.compactMap { MediaType($0.description) }.filter { $0.fileType == file.media.fileType }
        // What the user said it is may be what is wrong.
        guard file.basis != nil, let target = targets.first, let ending = endings[target.essence] else { return nil }
        let name = file.input.path
        // A name without an ending keeps all of itself.
        let stem = name.lastPathPart.contains(".") ? String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)]) : name
        // Never over another file, nor over itself.
        guard !InputPath(argument: "\(stem).\(ending)").exists else { return nil }
        let (from, to) = (quoted(name), quoted("\(stem).\(ending)"))
        switch (file.type.essence, target.fileType) {
        case ("image/heic", .image), ("image/heif", .image): return "heif-convert \(from) \(to)"
        case (_, .image): return "convert \(from) \(to)"
        default: return "ffmpeg -i \(from) \(to)"
        }
    }

    private static let endings = [
        "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "video/mp4": "mp4", "video/webm": "webm",
        "audio/mpeg": "mp3", "audio/wav": "wav",
    ]

    /// As a shell takes it for one word.
    private static func quoted(_ name: String) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "._-/".utf8.contains(byte)
        }
        return isPlain && !name.hasPrefix("-") ? name : "'\(name.replacing("'", with: "'\\''"))'"
    }
}
