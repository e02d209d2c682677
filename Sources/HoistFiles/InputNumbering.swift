import Glibc

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

/// Gives files their places among the records, in the order in which they are found, each once: what was named again is
/// known as such.
package struct InputNumbering: Sendable {
    package enum Place: Sendable, Equatable {
        /// It is to be worked on, and has that place.
        case own(Int)
        /// It is the file that has the first place, under another name, and gets a record in the second one.
        case again(of: Int, at: Int)
        /// It goes to another shard, or is set aside.
        case elsewhere
    }

    private let mergesRepeats: Bool
    private let shard: Shard
    /// Places of known files by device and inode: a million take 33 MB, with a key of both 50.
    private var places: [dev_t: [ino_t: Int]] = [:]
    private var standardInput: Int?
    private var next = 0
    private var distinct = 0

    /// What has no place here.
    private static let elsewhere = -1

    /// - Parameters:
    ///   - mergesRepeats: whether a file that is named twice is one input.
    ///   - shard: the part of them that is wanted. A file goes to one shard under all its names.
    package init(mergesRepeats: Bool, shard: Shard = .whole) {
        self.mergesRepeats = mergesRepeats
        self.shard = shard
    }

    package mutating func place(_ candidate: InputCandidate) -> Place {
        if mergesRepeats, let first = known(candidate) {
            guard first != Self.elsewhere else { return .elsewhere }
            return .again(of: first, at: number())
        }
        let isWanted = shard.takes(distinct) && !candidate.isSetAside
        distinct += 1
        let place = isWanted ? number() : Self.elsewhere
        remember(candidate, at: place)
        return isWanted ? .own(place) : .elsewhere
    }

    /// The file is worked on a second time, in that place, and names that come later are names of that.
    package mutating func remember(_ candidate: InputCandidate, at place: Int) {
        guard mergesRepeats else { return }
        if candidate.path.isStandardInput {
            standardInput = place
        } else if let identity = candidate.stamp?.identity {
            places[identity.device, default: [:]][identity.inode] = place
        }
    }

    private func known(_ candidate: InputCandidate) -> Int? {
        if candidate.path.isStandardInput { return standardInput }
        return candidate.stamp.flatMap { places[$0.identity.device]?[$0.identity.inode] }
    }

    private mutating func number() -> Int {
        defer { next += 1 }
        return next
    }
}
