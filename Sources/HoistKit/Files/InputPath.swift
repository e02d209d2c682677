import Glibc

/// A file's path as it was given. File names are bytes and need not be UTF-8: Swift repairs such text with U+FFFD, and
/// the repaired name is no file's, so the bytes are kept beside it.
package struct InputPath: Sendable {
    /// For people and for records.
    package let text: String
    /// Nil where the text is the same bytes.
    private let unrepaired: [UInt8]?

    package init(bytes: some Collection<UInt8>) {
        text = String(decoding: bytes, as: UTF8.self)
        unrepaired = text.utf8.elementsEqual(bytes) ? nil : Array(bytes)
    }

    /// An argument of the command line, whose bytes as they were typed are still in `argv`.
    package init(argument: String) {
        text = argument
        // Two names that look the same after the repair cannot be told apart: neither is guessed at.
        let typed = argument.unicodeScalars.contains("\u{FFFD}") ? Self.repairedArguments[argument] : nil
        unrepaired = typed?.count == 1 ? typed?.first : nil
    }

    package static let standardInput = InputPath(bytes: "-".utf8)
    package var isStandardInput: Bool { unrepaired == nil && text == "-" }

    package var bytes: [UInt8] { unrepaired ?? Array(text.utf8) }

    /// The path of an entry of this directory.
    func appending(_ name: [UInt8]) -> InputPath {
        let directory = bytes
        return InputPath(bytes: directory + (directory.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name)
    }

    /// Calls `body` with the bytes that the system is asked for.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        guard let unrepaired else { return text.withCString(body) }
        return (unrepaired + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                // A buffer with a zero in it has an address.
                characters.baseAddress.map(body) ?? text.withCString(body)
            }
        }
    }

    /// The arguments that are not UTF-8, by the text that Swift makes of them.
    private static let repairedArguments: [String: Set<[UInt8]>] = {
        var arguments: [String: Set<[UInt8]>] = [:]
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            let text = String(cString: argument)
            guard text.unicodeScalars.contains("\u{FFFD}") else { continue }
            arguments[text, default: []].insert(Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument))))
        }
        return arguments
    }()
}
