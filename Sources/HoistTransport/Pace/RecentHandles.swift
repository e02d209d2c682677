/// The handles that a server gave last, by their hashes. Replies that are mixed up belong to requests that were under way
/// together, so that a few thousand of them are enough to remember.
struct RecentHandles {
    private var sizes: [Int: Int64] = [:]
    private var oldest: [Int] = []
    private static let most = 8192

    /// Whether it has not been seen before.
    ///
    /// - Parameter size: bytes of what it stands for, where it may be given again for the same; nil where it may not.
    mutating func isNew(_ handle: String, of size: Int64?) -> Bool {
        let hash = handle.hashValue
        if let known = sizes[hash] { return known == size }
        sizes[hash] = size ?? -1
        oldest.append(hash)
        if oldest.count > Self.most {
            for old in oldest.prefix(Self.most / 2) { sizes[old] = nil }
            oldest.removeFirst(Self.most / 2)
        }
        return true
    }
}
