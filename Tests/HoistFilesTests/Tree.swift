import Foundation
import TestSupport

@testable import HoistFiles

/// A directory with files in it, for as long as a test runs.
struct Tree {
    let root: TemporaryDirectory

    /// Writes the files, each with its own path as content, and the directories that they stand in.
    func add(_ paths: String...) throws {
        for path in paths {
            let folder = URL(filePath: root.path(path)).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            _ = try root.file(path, path.utf8)
        }
    }

    func link(_ name: String, to target: String) -> Bool { symlink(target, root.path(name)) == 0 }

    /// The paths that a walk through the root finds, without the root.
    func found(
        including included: [String] = [], excluding excluded: [String] = []
    ) -> [String] {
        let filter = NameFilter(including: included, excluding: excluded)
        return DirectoryWalk(filter: filter).found([InputPath(argument: root.path)])
            .map {
                $0.text.hasPrefix(root.path + "/") ? String($0.text.dropFirst(root.path.count + 1)) : $0.text
            }
    }
}

extension DirectoryWalk {
    /// All that it visits.
    func found(_ paths: [InputPath]) -> [InputPath] {
        var found: [InputPath] = []
        var leftOut = LeftOut()
        for path in paths {
            _ = visit(path, counting: &leftOut) { candidate in
                found.append(candidate.path)
                return true
            }
        }
        return found
    }
}

func withTree<Result>(_ body: (Tree) async throws -> Result) async throws -> Result {
    try await withTemporaryDirectory { try await body(Tree(root: $0)) }
}
