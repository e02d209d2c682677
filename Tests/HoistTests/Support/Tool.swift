import Foundation
import TestSupport

/// A program that a test needs and that is not there.
struct MissingTool: Error, CustomStringConvertible {
    let name: String
    let package: String

    var description: String { "\(name) is missing; install it with: apt-get install \(package)" }
}

/// Throws what to install where the program is not in `PATH`.
func require(_ name: String, from package: String) async throws {
    let found = try await Command("sh", ["-c", "command -v \(name)"]).run()
    guard found.exit == .code(0) else { throw MissingTool(name: name, package: package) }
}
