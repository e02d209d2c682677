import Glibc

/// Finds the regular files in directories: by name in byte order, which is the same on every machine. Hidden entries
/// are left out; symbolic links are followed. Files are handed on as they are found, not when all are.
package struct DirectoryWalk: Sendable {
    private let filter: NameFilter

    package init(filter: NameFilter) {
        self.filter = filter
    }

    /// Calls `body` with the path, or with each file in it where it is a directory, until that returns false. What cannot
    /// be read further down is among them as it is: opening it will say why. Returns whether all were visited.
    ///
    /// - Parameter leftOut: counts what was not.
    package func visit(
        _ path: InputPath, counting leftOut: inout LeftOut, _ body: (InputCandidate) -> Bool
    ) -> Bool {
        var status = stat()
        guard !path.isStandardInput, path.withCString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR
        else { return body(InputCandidate(lookingAt: path)) }
        var walk = Walk(filter: filter, leftOut: leftOut)
        guard walk.enter(path, below: [], FileIdentity(status), isRoot: true) else {
            return body(InputCandidate(lookingAt: path))
        }
        defer { leftOut = walk.leftOut }
        return walk.visitAll(body)
    }
}

/// A walk through one directory. Each directory in it is walked once, under its own name rather than a link's: by links
/// to links, a few directories can have millions of paths, and circles have no end.
private struct Walk {
    /// A directory, or a link to one.
    private struct Link {
        let path: InputPath
        let relative: [UInt8]
        let target: FileIdentity
    }

    /// A directory that the walk is in. Not a call of a function: a path has two thousand of them, and a thread's stack may
    /// be small.
    private struct Level {
        let path: InputPath
        /// The path to it from the directory that was named, with a slash at its end.
        let below: [UInt8]
        let names: DirectoryNames
        var next = 0
        /// Where it is, without links, if it is the directory that was named or a link led to it; else nil.
        let root: [UInt8]?
    }

    private let filter: NameFilter
    private var walked = Set<FileIdentity>()
    private var levels: [Level] = []
    /// Links to directories that are to be walked under their own names.
    private var postponed: [Link] = []

    private(set) var leftOut: LeftOut

    init(filter: NameFilter, leftOut: LeftOut) {
        self.filter = filter
        self.leftOut = leftOut
    }

    /// Goes into a directory. Returns false where it cannot be read.
    mutating func enter(_ directory: InputPath, below: [UInt8], _ identity: FileIdentity, isRoot: Bool) -> Bool {
        walked.insert(identity)
        guard let names = DirectoryNames(in: directory) else { return false }
        leftOut.hidden += names.hidden
        let root = isRoot ? directory.withoutLinks : nil
        levels.append(Level(path: directory, below: below, names: names, root: root))
        return true
    }

    /// Visits all that is in the directories that were entered. Returns false where no more are wanted.
    mutating func visitAll(_ body: (InputCandidate) -> Bool) -> Bool {
        var next = 0
        repeat {
            while let level = levels.last {
                guard level.next < level.names.count else {
                    levels.removeLast()
                    continue
                }
                levels[levels.count - 1].next += 1
                let name = level.names[level.next]
                let relative = level.below + name
                guard !filter.excludes(relative, name: name) else {
                    leftOut.excluded += 1
                    continue
                }
                guard visit(level.path.appending(name), relative, name, body) else { return false }
            }
            // What was expected under its own name, and did not come: a pattern left out what it stands in, or it is gone
            // from there.
            while next < postponed.count, levels.isEmpty {
                let link = postponed[next]
                next += 1
                guard walked.contains(link.target) || follow(link, body) else { return false }
            }
        } while !levels.isEmpty
        return true
    }

    /// Returns false where no more are wanted.
    private mutating func visit(
        _ path: InputPath, _ relative: [UInt8], _ name: [UInt8], _ body: (InputCandidate) -> Bool
    ) -> Bool {
        var status = stat()
        let isFound = path.withCString { stat($0, &status) } == 0
        // A link that leads to itself.
        if !isFound, errno == ELOOP { return true }
        let kind = isFound ? status.st_mode & S_IFMT : nil
        switch kind {
        case S_IFDIR?:
            let link = Link(path: path, relative: relative, target: FileIdentity(status))
            guard !walked.contains(link.target) else { return true }
            guard path.isLink else { return follow(link, isRoot: false, body) }
            guard !isExpected(path) else {
                postponed.append(link)
                return true
            }
            return follow(link, body)
        // A link that leads nowhere was meant to be a file.
        case S_IFREG?, nil:
            guard filter.includes(relative, name: name) else {
                leftOut.notIncluded += 1
                return true
            }
            return body(InputCandidate(found: path, stamp: kind.map { _ in FileStamp(status) }))
        default: return true
        }
    }

    /// Goes into a directory, or says of it that it is there, so that opening it says why that cannot be.
    private mutating func follow(_ link: Link, isRoot: Bool = true, _ body: (InputCandidate) -> Bool) -> Bool {
        enter(link.path, below: link.relative + [UInt8(ascii: "/")], link.target, isRoot: isRoot)
            || body(InputCandidate(found: link.path, stamp: nil))
    }

    /// Whether the directory that a link leads to stands in one that is being walked, so that the walk comes to it by its
    /// own name.
    private func isExpected(_ link: InputPath) -> Bool {
        guard let target = link.withoutLinks else { return false }
        let slash = UInt8(ascii: "/")
        return levels.contains { level in
            guard let root = level.root else { return false }
            let start = root.last == slash ? root : root + [slash]
            guard target.count > start.count, target.starts(with: start) else { return false }
            var path = level.below
            return target[start.count...].split(separator: slash).allSatisfy { name in
                let relative = path + name
                path = relative + [slash]
                return name.first != UInt8(ascii: ".") && !filter.excludes(relative, name: Array(name))
            }
        }
    }
}
