import Glibc

/// Which of a directory's files are taken, by shell patterns (fnmatch(3)), in which capital letters and small ones are the same.
package struct NameFilter: Sendable {
    private let included: [String]
    private let excluded: [String]
    private let flags: Int32

    /// fnmatch(3) of the GNU C library: `*.jpg` is also for the camera's `IMG_1.JPG`.
    private static let ignoresCase: Int32 = 1 << 4

    /// - Parameters:
    ///   - included: where there are any, a file has to match one of them.
    ///   - excluded: what matches one of them is left out, a directory with all that is in it.
    package init(including included: [String] = [], excluding excluded: [String] = [], isCaseSensitive: Bool = false) {
        flags = isCaseSensitive ? 0 : Self.ignoresCase
        self.included = included
        self.excluded = excluded
    }

    func includes(_ path: [UInt8], name: [UInt8]) -> Bool {
        included.isEmpty || included.contains { matches($0, path, name) }
    }

    func excludes(_ path: [UInt8], name: [UInt8]) -> Bool {
        excluded.contains { matches($0, path, name) }
    }

    /// A pattern with a slash is for the path below the directory that was named, any other for the name alone. `*`
    /// stands for slashes too, so that `raw/*` means all that is in `raw`.
    private func matches(_ pattern: String, _ path: [UInt8], _ name: [UInt8]) -> Bool {
        let subject = (pattern.utf8.contains(UInt8(ascii: "/")) ? path : name).map(CChar.init(bitPattern:)) + [0]
        return fnmatch(pattern, subject, flags) == 0
    }
}
