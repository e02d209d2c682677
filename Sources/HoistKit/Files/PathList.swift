import Glibc

/// A list of paths in a file, as `find` prints them.
package enum PathList {
    package enum Separator: UInt8, Sendable {
        case line = 0x0A
        case null = 0
    }

    /// Throws `noInput` where the list cannot be read or is no such list.
    ///
    /// - Parameter source: a path; `-` for standard input.
    package static func read(_ source: String, separatedBy separator: Separator) throws(Failure) -> [InputPath] {
        let path = InputPath(argument: source)
        let name = path.isStandardInput ? "standard input" : source.safeForTerminal
        let descriptor = path.isStandardInput ? dup(STDIN_FILENO) : path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw Failure(
                .noInput, code: "not_readable",
                "the list of files, \(name), cannot be read: \(describe(errno)); check the path")
        }
        defer { close(descriptor) }
        let content: [UInt8]?
        do throws(Failure) { content = try Descriptor.readAll(descriptor, limit: largest) } catch {
            throw Failure(error.kind, code: error.code, "the list of files, \(name), \(error.message)")
        }
        guard let bytes = content else {
            throw Failure(.noInput, code: "too_large", "\(name) is no list of files: it is larger than 1 GiB")
        }
        if separator == .line, bytes.contains(0) {
            throw Failure(
                .noInput, code: "not_a_list", "\(name) has NUL bytes in it; is it a list for --files-from0?")
        }
        let entries = bytes.split(separator: separator.rawValue)
        // A list made on Windows: a name that ends in CR is possible, a list of nothing else is not.
        let hasCarriageReturns = separator == .line && entries.allSatisfy { $0.last == 0x0D }
        // Where lines end in CRLF, an empty one is a CR.
        return entries.map { hasCarriageReturns ? $0.dropLast() : $0 }.filter { !$0.isEmpty }.map(
            InputPath.init(bytes:))
    }

    /// Bytes. 100,000 long paths are 25 MB.
    private static let largest = 1 << 30
}
