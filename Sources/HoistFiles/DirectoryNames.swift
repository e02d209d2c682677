import Glibc

/// The entries of a directory that are not hidden, in byte order. In one piece of memory: a directory may have a million.
struct DirectoryNames {
    /// Each with a NUL behind it.
    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    /// How many entries are hidden, the directory itself and the one above it aside.
    private(set) var hidden = 0

    var count: Int { starts.count }

    subscript(index: Int) -> [UInt8] {
        let rest = bytes[starts[index]...]
        return Array(rest.prefix { $0 != 0 })
    }

    /// Nil where the directory cannot be read.
    init?(in directory: InputPath) {
        guard let stream = directory.withCString({ opendir($0) }) else { return nil }
        defer { closedir(stream) }
        errno = 0
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                let name = UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
                let length = strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
                guard name.pointee != UInt8(ascii: ".") else {
                    if length > 2 || length == 2 && name[1] != UInt8(ascii: ".") { hidden += 1 }
                    return
                }
                starts.append(bytes.count)
                bytes.append(contentsOf: UnsafeBufferPointer(start: name, count: length + 1))
            }
        }
        guard errno == 0 else { return nil }
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            starts.sort { strcmp(base + $0, base + $1) < 0 }
        }
    }
}
