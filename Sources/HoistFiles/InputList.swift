/// A file as it was found before the work began.
package struct InputCandidate: Sendable {
    package let path: InputPath
    /// Nil for standard input, and where there is no regular file: opening it will say why.
    package let stamp: FileStamp?
    /// Whether it was named, and not found in a directory.
    package let isNamed: Bool
    /// Whether this run uses it for something else, such as its output: it has its place among the files, which other
    /// machines count as well, and nothing is done with it.
    package private(set) var isSetAside = false

    /// What a directory has.
    init(found path: InputPath, stamp: FileStamp?) {
        self.path = path
        self.stamp = stamp
        isNamed = false
    }

    package init(lookingAt path: InputPath) {
        self.path = path
        stamp = path.isStandardInput ? nil : FileStamp(lookingAt: path)
        isNamed = true
    }

    package func setAside() -> InputCandidate {
        var candidate = self
        candidate.isSetAside = true
        return candidate
    }
}

/// The files of a run in their order, each once: what was named again is known as such.
package struct InputList: Sendable {
    package private(set) var items: [BatchItem<InputCandidate>] = []

    /// - Parameters:
    ///   - mergesRepeats: whether a file that is named twice is one item.
    ///   - shard: the part of them that is wanted. A file goes to one shard under all its names.
    package init(_ candidates: [InputCandidate], mergesRepeats: Bool, shard: Shard = .whole) {
        /// Where a known file is in `items`; nil where it goes to another shard.
        var indices: [Identity: Int?] = [:]
        var position = 0
        var distinct = 0
        for candidate in candidates {
            let identity = Identity(candidate)
            if mergesRepeats, let identity, let known = indices[identity] {
                guard let index = known else { continue }
                items[index].repeats.append(BatchRepeat(position: position, name: candidate.path))
                position += 1
                continue
            }
            let isWanted = shard.takes(distinct) && !candidate.isSetAside
            distinct += 1
            if let identity { indices[identity] = .some(isWanted ? items.count : nil) }
            guard isWanted else { continue }
            items.append(BatchItem(candidate, position: position))
            position += 1
        }
    }

    package var names: [String] { items.map(\.input.path.text) }

    /// Bytes of all the files together, each once.
    package var totalBytes: Int64 { items.reduce(0) { $0.adding(clamping: $1.input.stamp?.size ?? 0) } }

    private enum Identity: Hashable {
        case standardInput
        case file(FileIdentity)

        init?(_ candidate: InputCandidate) {
            if candidate.path.isStandardInput {
                self = .standardInput
            } else if let stamp = candidate.stamp {
                self = .file(stamp.identity)
            } else {
                return nil
            }
        }
    }
}
