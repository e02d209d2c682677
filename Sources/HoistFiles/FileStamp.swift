import Glibc

/// Which file it is, and which state of it.
package struct FileStamp: Sendable {
    package let identity: FileIdentity
    /// Bytes.
    package let size: Int64
    package let modified: FileTime
    /// When the kernel last saw its content, owner, mode or links change (ctime). Nobody can put it back, as `touch -r`
    /// and `exiftool -P` do with the modification time.
    package let changed: FileTime
    private let links: nlink_t

    init(_ status: stat) {
        identity = FileIdentity(status)
        size = Int64(status.st_size)
        modified = FileTime(status.st_mtim)
        changed = FileTime(status.st_ctim)
        links = status.st_nlink
    }

    /// Whether nothing has written to the file since the earlier stamp was taken. A ctime changes without that where a
    /// backup links to the file, or it is deleted or replaced while it is open: the count of its names tells.
    func hasContent(of earlier: FileStamp) -> Bool {
        identity == earlier.identity && size == earlier.size && modified == earlier.modified
            && (changed == earlier.changed || links != earlier.links)
    }

    /// Nil where there is no regular file at the path: opening it will say why.
    init?(lookingAt path: InputPath) {
        var status = stat()
        guard path.withCString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.init(status)
    }
}

/// The same file under each of its names.
package struct FileIdentity: Sendable, Hashable {
    let device: dev_t
    let inode: ino_t

    package init(_ status: stat) {
        device = status.st_dev
        inode = status.st_ino
    }

    /// The file that the path leads to; nil where there is none.
    package init?(path: InputPath) {
        var status = stat()
        guard path.withCString({ stat($0, &status) }) == 0 else { return nil }
        self.init(status)
    }

    /// The file that a descriptor stands for; nil where it is closed.
    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }
}

/// A time that a file system keeps of a file, to the nanosecond.
package struct FileTime: Sendable, Equatable {
    let seconds: Int
    let nanoseconds: Int
}

extension FileTime {
    fileprivate init(_ time: timespec) {
        self.init(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }
}

extension FileTime: LosslessStringConvertible {
    /// `1700000000.000000001`
    package var description: String { "\(seconds)." + String(String(nanoseconds + 1_000_000_000).dropFirst()) }

    /// What `description` makes, as the bytes of it; nil for what is written in another way.
    package init?(digits: ArraySlice<UInt8>) {
        guard digits.count >= 11, digits.count <= 28, digits[digits.endIndex - 10] == UInt8(ascii: ".") else {
            return nil
        }
        func number(_ digits: ArraySlice<UInt8>) -> Int? {
            var number = 0
            for digit in digits {
                guard (0x30...0x39).contains(digit) else { return nil }
                // At most 18 of them.
                number = number * 10 + Int(digit - 0x30)
            }
            return number
        }
        guard let seconds = number(digits.dropLast(10)), let nanoseconds = number(digits.suffix(9)) else { return nil }
        self.init(seconds: seconds, nanoseconds: nanoseconds)
    }

    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let seconds = Int(parts[0]), let nanoseconds = Int(parts[1]), parts[1].utf8.count == 9
        else { return nil }
        self.init(seconds: seconds, nanoseconds: nanoseconds)
    }
}
