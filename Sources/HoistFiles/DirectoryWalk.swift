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
    package func visit(_ path: InputPath, _ body: (InputCandidate) -> Bool) -> Bool {
        var status = stat()
        guard !path.isStandardInput, path.withCString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR
        else { return body(InputCandidate(lookingAt: path)) }
        var walk = Walk(filter: filter)
        guard walk.enter(path, below: [], FileIdentity(status), body) else {
            return body(InputCandidate(lookingAt: path))
        }
        walk.followPostponed(body)
        return !walk.isStopped
    }
}

/// A walk through one directory. Each directory in it is walked once, under its own name rather than a link's: by links
/// to links, a few directories can have millions of paths, and circles have no end.
private struct Walk {
    private struct Link {
        let path: InputPath
        let relative: [UInt8]
        let target: FileIdentity
    }

    /// A directory that is being walked.
    private struct Root {
        /// Where it is, without links.
        let real: [UInt8]
        /// The path to it from the directory that was named, with a slash at its end.
        let below: [UInt8]
    }

    private let filter: NameFilter
    private var walked = Set<FileIdentity>()
    /// The directory that was named, and those behind links that led to where the walk is.
    private var roots: [Root] = []
    /// Links to directories that are to be walked under their own names.
    private var postponed: [Link] = []
    /// Whether nobody wants any more.
    private(set) var isStopped = false

    init(filter: NameFilter) {
        self.filter = filter
    }

    /// Walks through a directory and all in it. Returns false where it cannot be read.
    ///
    /// - Parameter below: the path from the directory that was named to this one, with a slash at its end.
    mutating func enter(
        _ directory: InputPath, below: [UInt8], _ identity: FileIdentity, _ body: (InputCandidate) -> Bool
    ) -> Bool {
        roots.append(Root(real: directory.withoutLinks ?? [], below: below))
        defer { roots.removeLast() }
        return walk(directory, below: below, identity, body)
    }

    /// What was expected under its own name, and did not come: a pattern left out what it stands in, or it is gone from
    /// there.
    mutating func followPostponed(_ body: (InputCandidate) -> Bool) {
        var next = 0
        while next < postponed.count, !isStopped {
            let link = postponed[next]
            next += 1
            if !walked.contains(link.target) { follow(link, body) }
        }
    }

    private mutating func walk(
        _ directory: InputPath, below: [UInt8], _ identity: FileIdentity, _ body: (InputCandidate) -> Bool
    ) -> Bool {
        walked.insert(identity)
        guard let names = DirectoryNames(in: directory) else { return false }
        for index in 0..<names.count {
            let name = names[index]
            let relative = below + name
            guard !filter.excludes(relative, name: name) else { continue }
            visit(directory.appending(name), relative, name, body)
            if isStopped { break }
        }
        return true
    }

    private mutating func visit(
        _ path: InputPath, _ relative: [UInt8], _ name: [UInt8], _ body: (InputCandidate) -> Bool
    ) {
        var status = stat()
        let isFound = path.withCString { stat($0, &status) } == 0
        // A link that leads to itself.
        if !isFound, errno == ELOOP { return }
        let kind = isFound ? status.st_mode & S_IFMT : nil
        switch kind {
        case S_IFDIR?:
            let identity = FileIdentity(status)
            guard !walked.contains(identity) else { return }
            if path.isLink {
                let link = Link(path: path, relative: relative, target: identity)
                if isExpected(path) { postponed.append(link) } else { follow(link, body) }
            } else if !walk(path, below: relative + [UInt8(ascii: "/")], identity, body) {
                isStopped = !body(InputCandidate(found: path, stamp: nil))
            }
        // A link that leads nowhere was meant to be a file.
        case S_IFREG?, nil:
            guard filter.includes(relative, name: name) else { return }
            isStopped = !body(InputCandidate(found: path, stamp: kind.map { _ in FileStamp(status) }))
        default: return
        }
    }

    private mutating func follow(_ link: Link, _ body: (InputCandidate) -> Bool) {
        if !enter(link.path, below: link.relative + [UInt8(ascii: "/")], link.target, body) {
            isStopped = !body(InputCandidate(found: link.path, stamp: nil))
        }
    }

    /// Whether the directory that a link leads to stands in one that is being walked, so that the walk comes to it by its
    /// own name.
    private func isExpected(_ link: InputPath) -> Bool {
        guard let target = link.withoutLinks else { return false }
        let slash = UInt8(ascii: "/")
        return roots.contains { root in
            let start = root.real.last == slash ? root.real : root.real + [slash]
            guard !root.real.isEmpty, target.count > start.count, target.starts(with: start) else { return false }
            var path = root.below
            return target[start.count...].split(separator: slash).allSatisfy { name in
                let relative = path + name
                path = relative + [slash]
                return name.first != UInt8(ascii: ".") && !filter.excludes(relative, name: Array(name))
            }
        }
    }
}
