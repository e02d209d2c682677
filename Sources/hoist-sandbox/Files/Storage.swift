import FoundationEssentials
import Glibc

/// The directory that holds every request body and every stored file.
struct Storage: Sendable {
    /// The disk did not do what it was asked to.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ operation: String, _ code: Int32) {
            description = "\(operation): \(String(cString: strerror(code)))"
        }
    }

    let directory: String
    private let isTemporary: Bool

    init(directory: String?) throws {
        isTemporary = directory == nil
        let url =
            if let directory {
                URL(filePath: directory, directoryHint: .isDirectory)
            } else {
                FileManager.default.temporaryDirectory
                    .appending(path: "hoist-sandbox-\(UUID().uuidString.lowercased())", directoryHint: .isDirectory)
            }
        self.directory = url.path
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    func removeIfTemporary() {
        guard isTemporary else { return }
        try? FileManager.default.removeItem(atPath: directory)
    }

    func path(_ name: String) -> String { "\(directory)/\(name)" }
}
