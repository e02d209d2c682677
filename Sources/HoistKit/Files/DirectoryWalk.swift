import Glibc

/// Finds the regular files in directories: by name in byte order, which is the same on every machine. Hidden entries
/// are left out; symbolic links are followed, but not into a directory that they stand in.
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
        var found: [InputCandidate] = []
        let isRead = walk(directory, below: [], ancestors: [FileIdentity(status)], into: &found)
        return isRead ? found : nil
    }

    /// - Parameters:
    ///   - below: the path from the directory that was named to this one, with a slash at its end.
    ///   - ancestors: this directory and those that it was reached through.
    /// Returns false where the directory cannot be read.
    private func walk(
        _ directory: InputPath, below: [UInt8], ancestors: [FileIdentity], into found: inout [InputCandidate]
    ) -> Bool {
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
                guard !ancestors.contains(identity) else { continue }
                if !walk(path, below: relative + [UInt8(ascii: "/")], ancestors: ancestors + [identity], into: &found) {
                    found.append(InputCandidate(found: path, stamp: nil))
                }
            // A link that leads nowhere was meant to be a file.
            case S_IFREG?, nil:
                if filter.includes(relative, name: name) {
                    found.append(InputCandidate(found: path, stamp: kind.map { _ in FileStamp(status) }))
                }
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
