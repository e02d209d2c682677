import Foundation
import Testing

@testable import HoistFiles

/// Files under names that Foundation cannot write, since they are not UTF-8.
extension InputPath {
    func createFile(_ content: String = "") throws {
        let descriptor = withCString { open($0, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600) }
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        #expect(write(descriptor, content, content.utf8.count) == content.utf8.count)
    }

    func createDirectory() throws {
        let result = withCString { mkdir($0, 0o700) }
        try #require(result == 0)
    }
}

extension InputFile {
    /// All that is read through its descriptor.
    func content() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(size))
        let count = try bytes.withUnsafeMutableBytes { try read(into: $0, at: 0) }
        return Array(bytes.prefix(count))
    }
}
