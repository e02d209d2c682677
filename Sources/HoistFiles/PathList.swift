import Glibc
import HoistCore

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
        switch separator {
        case .null: return bytes.split(separator: separator.rawValue).map(InputPath.init)
        case .line: return try lines(of: bytes, name)
        }
    }

    private static func lines(of bytes: [UInt8], _ name: String) throws(Failure) -> [InputPath] {
        guard !bytes.contains(0) else {
            let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
            throw Failure(
                .noInput, code: "not_a_list",
                isUTF16
                    ? "\(name) is in UTF-16; write the list of files in UTF-8"
                    : "\(name) has NUL bytes in it; is it a list for --files-from0?")
        }
        let hasMark = bytes.starts(with: [UInt8].byteOrderMark)
        return bytes.split(separator: Separator.line.rawValue).enumerated().compactMap { index, line in
            path(on: line, hasMark: hasMark && index == 0)
        }
    }

    /// The whole line where there is a file of that name: a name may have anything in it. Else without the CR at its end
    /// and the byte order mark at the start of the list, which programs on Windows write. Nil where nothing is left.
    private static func path(on line: ArraySlice<UInt8>, hasMark: Bool) -> InputPath? {
        let hasReturn = line.last == UInt8(ascii: "\r")
        guard hasReturn || hasMark else { return InputPath(bytes: line) }
        let unmarked = hasMark ? line.dropFirst([UInt8].byteOrderMark.count) : line
        let candidates = [line, unmarked] + (hasReturn ? [line.dropLast(), unmarked.dropLast()] : [])
        let path = candidates.filter { !$0.isEmpty }.map(InputPath.init).first(where: \.exists)
        let bare = hasReturn ? unmarked.dropLast() : unmarked
        return path ?? (bare.isEmpty ? nil : InputPath(bytes: bare))
    }

    /// Bytes. 100,000 long paths are 25 MB.
    private static let largest = 1 << 30
}
