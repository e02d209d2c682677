import Glibc
import HoistCore

/// A list of paths in a file, as `find` prints them. It is read as far as it is there: a pipe may be open for hours.
package final class PathList: Sendable {
    package enum Separator: UInt8, Sendable {
        case line = 0x0A
        case null = 0
    }

    private let descriptor: Int32
    private let separator: Separator
    /// What messages call it.
    package let name: String

    /// Throws `noInput` where the list cannot be opened.
    ///
    /// - Parameter source: a path; `-` for standard input.
    package init(opening source: String, separatedBy separator: Separator) throws(Failure) {
        let path = InputPath(argument: source)
        self.separator = separator
        name = path.isStandardInput ? "standard input" : source.safeForTerminal
        descriptor = path.isStandardInput ? dup(STDIN_FILENO) : path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else {
            throw Failure(
                .noInput, code: "not_readable",
                "the list of files, \(name), cannot be read: \(describe(errno)); check the path")
        }
    }

    deinit { close(descriptor) }

    /// Calls `body` with one path after another, until that returns false. Returns whether all were visited.
    ///
    /// Throws `noInput` where the list cannot be read, or is no such list.
    package func visit(_ body: (InputPath) throws(Failure) -> Bool) throws(Failure) -> Bool {
        var reader = Reader(separator: separator)
        var piece = [UInt8](repeating: 0, count: Self.pieceLength)
        var total = 0
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(
                    .noInput, code: "not_readable",
                    "the list of files, \(name), cannot be read: \(describe(errno))")
            }
            total += count
            guard total <= Self.largest else {
                throw Failure(.noInput, code: "too_large", "\(name) is no list of files: it is larger than 1 GiB")
            }
            if separator == .line, piece[..<count].contains(0) {
                throw noList(isUTF16: reader.isUTF16(piece[..<count]))
            }
            guard try reader.take(piece[..<count], isLast: count == 0, body) else { return false }
            if count == 0 { return true }
        }
    }

    private static let pieceLength = 1 << 16
    /// Bytes. 100,000 long paths are 25 MB.
    private static let largest = 1 << 30

    private func noList(isUTF16: Bool) -> Failure {
        Failure(
            .noInput, code: "not_a_list",
            isUTF16
                ? "\(name) is in UTF-16; write the list of files in UTF-8"
                : "\(name) has NUL bytes in it; is it a list for --files-from0?")
    }
}

/// Takes pieces of a list apart.
private struct Reader {
    let separator: PathList.Separator
    /// The start of a path whose end has not come yet.
    private var rest: [UInt8] = []
    private var isFirst = true

    init(separator: PathList.Separator) {
        self.separator = separator
    }

    /// - Parameter piece: what comes after that which was taken.
    func isUTF16(_ piece: ArraySlice<UInt8>) -> Bool {
        let start = rest.prefix(2) + piece.prefix(2)
        return isFirst && (start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]))
    }

    mutating func take(
        _ piece: ArraySlice<UInt8>, isLast: Bool, _ body: (InputPath) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        var left = piece
        while let end = left.firstIndex(of: separator.rawValue) {
            let isVisited = try visit(rest.isEmpty ? left[..<end] : (rest + left[..<end])[...], body)
            rest.removeAll(keepingCapacity: true)
            left = left[(end + 1)...]
            guard isVisited else { return false }
        }
        rest += left
        return isLast ? try visit(rest[...], body) : true
    }

    private mutating func visit(
        _ entry: ArraySlice<UInt8>, _ body: (InputPath) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let hasMark = isFirst && separator == .line && entry.starts(with: [UInt8].byteOrderMark)
        isFirst = false
        guard !entry.isEmpty else { return true }
        guard separator == .line else { return try body(InputPath(bytes: entry)) }
        guard let path = Self.path(on: entry, hasMark: hasMark) else { return true }
        return try body(path)
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
}
