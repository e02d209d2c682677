/// Where the lines of files begin, by their paths. It keeps digests and no paths: a million take 33 MB. Which path a line
/// has is looked up in the journal where two have one digest.
struct JournalIndex: Sendable {
    private var starts: [UInt64: Int64] = [:]
    /// Paths with the digest of another one.
    private var others: [[UInt8]: Int64] = [:]
    private let digest: @Sendable ([UInt8]) -> UInt64

    /// - Parameter digest: one that nobody can make paths for.
    init(digest: @escaping @Sendable ([UInt8]) -> UInt64 = Self.digest) {
        self.digest = digest
    }

    @Sendable private static func digest(_ path: [UInt8]) -> UInt64 {
        // With a seed that is new in each process.
        var hasher = Hasher()
        path.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    /// Where a line may begin that has the path; whether it has is to be looked up.
    func start(of path: [UInt8]) -> Int64? {
        if !others.isEmpty, let start = others[path] { return start }
        return starts[digest(path)]
    }

    /// - Parameters:
    ///   - start: nil takes the path away.
    ///   - pathAt: the path of the line that begins there.
    mutating func set(_ path: [UInt8], to start: Int64?, pathAt: (Int64) -> [UInt8]?) {
        let digest = digest(path)
        guard let known = starts[digest] else {
            starts[digest] = start
            return
        }
        if pathAt(known) == path {
            // Those that have no place of their own are not many.
            starts[digest] = start ?? promoted(digest)
        } else {
            others[path] = start
        }
    }

    /// A path that was kept apart takes the place that has become free.
    private mutating func promoted(_ digest: UInt64) -> Int64? {
        guard let path = others.keys.first(where: { self.digest($0) == digest }) else { return nil }
        return others.removeValue(forKey: path)
    }
}
