import Foundation
import Testing

@testable import HoistKit

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
