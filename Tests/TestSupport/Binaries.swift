import Foundation

/// The built programs: in `HOIST_BIN_DIR`, or where the release build puts them.
public enum Binaries {
    public struct Missing: Error, CustomStringConvertible {
        public let path: String

        public var description: String {
            "\(path) is not there; build it with Scripts/build"
        }
    }

    public static var hoist: String { get throws { try path("hoist") } }

    public static var sandbox: String { get throws { try path("hoist-sandbox") } }

    private static func path(_ name: String) throws -> String {
        let path = "\(directory)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
        return path
    }

    private static var directory: String {
        if let directory = ProcessInfo.processInfo.environment["HOIST_BIN_DIR"] { return directory }
        let package = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
        return package.appending(path: ".build/release").path
    }
}
