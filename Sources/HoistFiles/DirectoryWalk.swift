import Glibc

/// Finds the regular files in directories: by name in byte order, which is the same on every machine. Hidden entries
/// are left out; symbolic links are followed.
package struct DirectoryWalk {
    private let filter: NameFilter

    package init(filter: NameFilter) {
        self.filter = filter
    }

    /// The paths with the files of each directory in its place.
    package func expanded(_ paths: [InputPath]) -> [InputCandidate] {
        paths.flatMap { path in files(in: path) ?? [InputCandidate(lookingAt: path)] }
    }

    /// The files in the directory, however deep; nil where the path is not a directory that can be read. What cannot be
    /// read further down is among them as it is: opening it will say why.
    private func files(in directory: InputPath) -> [InputCandidate]? {
        var status = stat()
        guard !directory.isStandardInput, directory.withCString({ stat($0, &status) }) == 0,
            status.st_mode & S_IFMT == S_IFDIR
        else { return nil }
        var walk = Walk(filter: filter)
        guard walk.enter(directory, below: [], FileIdentity(status)) else { return nil }
        return walk.finished()
    }
}

/// A walk through one directory. Each directory in it is walked once, under its own name rather than a link's: by links
/// to links, a few directories can have millions of paths, and circles have no end.
private struct Walk {
    private struct Found {
        /// The path from the directory that was named.
        let relative: [UInt8]
        let candidate: InputCandidate
    }

    private struct Link {
        let path: InputPath
        let relative: [UInt8]
        let target: FileIdentity
    }

    private let filter: NameFilter
    private var walked = Set<FileIdentity>()
    private var found: [Found] = []
    /// Links to directories, which wait until those that are there by name have been walked.
    private var links: [Link] = []

    init(filter: NameFilter) {
        self.filter = filter
    }

    /// Everything that there is, in the order of the names.
    mutating func finished() -> [InputCandidate] {
        guard !links.isEmpty else { return found.map(\.candidate) }
        var next = 0
        while next < links.count {
            let link = links[next]
            next += 1
            guard !walked.contains(link.target) else { continue }
            follow(link.path, link.relative, link.target)
        }
        return found.sorted { Self.precedes($0.relative, $1.relative) }.map(\.candidate)
    }

    /// Whether a path comes before another one where each directory's entries stand in its place: a slash ends a name, so
    /// that it counts less than any other byte.
    private static func precedes(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.lexicographicallyPrecedes(second) { (rank($0), $0) < (rank($1), $1) }
    }

    private static func rank(_ byte: UInt8) -> Int { byte == UInt8(ascii: "/") ? 0 : 1 }

    private mutating func follow(_ directory: InputPath, _ relative: [UInt8], _ identity: FileIdentity) {
        if !enter(directory, below: relative + [UInt8(ascii: "/")], identity) {
            found.append(Found(relative: relative, candidate: InputCandidate(found: directory, stamp: nil)))
        }
    }

    /// - Parameter below: the path from the directory that was named to this one, with a slash at its end.
    /// Returns false where the directory cannot be read.
    mutating func enter(_ directory: InputPath, below: [UInt8], _ identity: FileIdentity) -> Bool {
        walked.insert(identity)
        guard let names = Self.names(in: directory) else { return false }
        for name in names {
            let path = directory.appending(name)
            let relative = below + name
            guard !filter.excludes(relative, name: name) else { continue }
            var status = stat()
            let isFound = path.withCString { stat($0, &status) } == 0
            // A link that leads to itself.
            if !isFound, errno == ELOOP { continue }
            let kind = isFound ? status.st_mode & S_IFMT : nil
            switch kind {
            case S_IFDIR?:
                let identity = FileIdentity(status)
                if path.isLink {
                    links.append(Link(path: path, relative: relative, target: identity))
                } else if !walked.contains(identity) {
                    follow(path, relative, identity)
                }
            // A link that leads nowhere was meant to be a file.
            case S_IFREG?, nil:
                guard filter.includes(relative, name: name) else { continue }
                let stamp = kind.map { _ in FileStamp(status) }
                found.append(Found(relative: relative, candidate: InputCandidate(found: path, stamp: stamp)))
            default: continue
            }
        }
        return true
    }

    /// The entries that are not hidden, sorted; nil where the directory cannot be read.
    private static func names(in directory: InputPath) -> [[UInt8]]? {
        guard let stream = directory.withCString({ opendir($0) }) else { return nil }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                let start = UnsafeRawPointer(pointer)
                return Array(
                    UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
            }
            if name.first != UInt8(ascii: ".") { names.append(name) }
        }
        guard errno == 0 else { return nil }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
