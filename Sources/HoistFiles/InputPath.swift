import Glibc

/// A file's path as it was given. File names are bytes and need not be UTF-8: Swift repairs such text with U+FFFD, and
/// the repaired name is no file's, so the bytes are kept beside it.
package struct InputPath: Sendable {
    /// For people and for records.
    package let text: String
    /// Nil where the text is the same bytes.
    package let unrepaired: [UInt8]?

    package init(bytes: some Collection<UInt8>) {
        text = String(decoding: bytes, as: UTF8.self)
        unrepaired = text.utf8.elementsEqual(bytes) ? nil : Array(bytes)
    }

    /// Operands of the command line in their order. Their bytes as they were typed are still in `argv`: the first of those
    /// that look the same to Swift is the first there.
    package static func operands(_ texts: [String]) -> [InputPath] {
        let named = Dictionary(grouping: texts.filter(isRepaired)) { $0 }
        var typed = repairedArguments
        return texts.map { text in
            // An option's value that looks the same would be taken for one of them: then nothing is guessed.
            guard isRepaired(text), var left = typed[text], let bytes = left.first,
                repairedArguments[text]?.count == named[text]?.count
            else { return InputPath(bytes: text.utf8) }
            left.removeFirst()
            typed[text] = left
            return InputPath(bytes: bytes)
        }
    }

    /// The value of an option.
    package init(argument text: String) {
        let typed = Self.isRepaired(text) ? Self.repairedArguments[text] ?? [] : []
        // Two names that look the same after the repair cannot be told apart: neither is guessed at.
        self.init(bytes: typed.count == 1 ? typed[0] : Array(text.utf8))
    }

    private static func isRepaired(_ text: String) -> Bool { text.unicodeScalars.contains("\u{FFFD}") }

    package static let standardInput = InputPath(bytes: "-".utf8)
    package var isStandardInput: Bool { unrepaired == nil && text == "-" }

    /// Whether there is anything of that name, be it a link that leads nowhere.
    package var exists: Bool { mode != nil }

    /// Whether it is a symbolic link.
    var isLink: Bool { mode.map { $0 & S_IFMT == S_IFLNK } ?? false }

    /// Where it leads, by no link; nil where that cannot be told.
    var withoutLinks: [UInt8]? {
        guard let real = withCString({ realpath($0, nil) }) else { return nil }
        defer { free(real) }
        return Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
    }

    private var mode: mode_t? {
        var status = stat()
        return withCString { lstat($0, &status) } == 0 ? status.st_mode : nil
    }

    package var bytes: [UInt8] { unrepaired ?? Array(text.utf8) }

    /// The path of an entry of this directory.
    func appending(_ name: [UInt8]) -> InputPath {
        let directory = bytes
        return InputPath(bytes: directory + (directory.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name)
    }

    /// Calls `body` with the bytes that the system is asked for.
    package func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        guard let unrepaired else { return text.withCString(body) }
        return (unrepaired + [0]).withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                // A buffer with a zero in it has an address.
                characters.baseAddress.map(body) ?? text.withCString(body)
            }
        }
    }

    /// The arguments that look repaired, by the text that Swift makes of them, in their order.
    private static let repairedArguments: [String: [[UInt8]]] = {
        var arguments: [String: [[UInt8]]] = [:]
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            let text = String(cString: argument)
            guard isRepaired(text) else { continue }
            let bytes = Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
            arguments[text, default: []].append(bytes)
        }
        return arguments
    }()
}

extension String {
    /// What stands behind the last slash of a path. By bytes, as the file system has it: to Swift, "/" and a combining
    /// mark are one character.
    package var lastPathPart: String {
        guard let slash = utf8.lastIndex(of: UInt8(ascii: "/")) else { return self }
        return String(Substring(utf8[slash...].dropFirst()))
    }
}
