/// One input of a run, and where its record belongs.
package struct BatchItem<Input: Sendable>: Sendable {
    package let input: Input
    /// The place of its record among all.
    package let position: Int

    /// Bytes of its file, as far as they were known when it was found; 0 may also stand for few.
    package let size: Int64

    package init(_ input: Input, position: Int, size: Int64 = 0) {
        self.input = input
        self.position = position
        self.size = size
    }
}

/// Which files are large: a link carries only few of those at once.
package enum LargeFile {
    /// Bytes: what is no larger is small.
    package static let largestSmall: Int64 = 1 << 18
}

/// Another name of an input that is worked on once.
package struct BatchRepeat: Sendable {
    package let position: Int
    package let name: InputPath

    package init(position: Int, name: InputPath) {
        self.position = position
        self.name = name
    }
}
