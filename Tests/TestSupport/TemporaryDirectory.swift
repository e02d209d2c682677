import Foundation

/// A directory that exists for the duration of ``withTemporaryDirectory(_:)``.
public struct TemporaryDirectory: Sendable {
    public let path: String

    /// The path of something in it.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and returns its path. It may have a key in it, which no other file here may.
    public func file(_ name: String, _ content: some Sequence<UInt8>) throws -> String {
        KeyScan.mayHaveKeys(path(name))
        try Data(content).write(to: URL(filePath: path(name)))
        return path(name)
    }

    /// Makes a file of that size without writing its bytes, all zero.
    public func sparseFile(_ name: String, bytes: Int) throws -> String {
        let path = try file(name, [])
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: UInt64(bytes))
        try handle.close()
        return path
    }
}

public func withTemporaryDirectory<Result>(
    _ body: (TemporaryDirectory) async throws -> Result
) async throws -> Result {
    // The real path: the programs under test compare and print paths.
    let directory = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "hoist-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let result = try await body(TemporaryDirectory(path: directory.path))
    try KeyScan.check(filesIn: directory.path)
    return result
}
