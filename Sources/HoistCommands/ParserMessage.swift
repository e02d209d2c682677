import HoistCore

/// What the argument parser says of a wrong command line, in the form of hoist's own messages.
struct ParserMessage {
    let text: String

    /// - Parameter command: the command whose help has the options.
    init(_ message: String, command: String?) {
        // Some of its messages are lists over several lines.
        let lines = message.split(whereSeparator: \.isNewline).map { String($0).trimmingWhitespace }
        var message = lines.joined(separator: " ").replacing(". Did you mean", with: "; did you mean").replacing(
            ". Please", with: "; please")
        if message.last == "." { message.removeLast() }
        // The parser's sentences begin with a capital; hoist's continue a line.
        let first = message.prefix { $0.isLetter }
        if first.dropFirst().allSatisfy(\.isLowercase) { message = first.lowercased() + message.dropFirst(first.count) }
        let help = ["hoist", command, "--help"].compactMap(\.self).joined(separator: " ")
        text = message.hasSuffix("?") ? message : "\(message); see \(help)"
    }
}
