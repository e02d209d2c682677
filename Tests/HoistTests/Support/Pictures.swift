import Foundation
import TestSupport

extension TemporaryDirectory {
    /// So many small PNG files, each with another content.
    func pictures(_ count: Int) throws -> [String] {
        let shot = Media.bytes(Media.shot)
        return try (0..<count).map { try file("picture-\($0).png", shot + Data("\($0)".utf8)) }
    }
}

extension Sandbox {
    /// The bodies of the PUTs that arrived whole.
    func storedBodies() async throws -> [Data] {
        try await requests().filter { $0.kind == "put" && $0.status == 200 }
            .map { try Data(contentsOf: URL(filePath: $0.bodyPath ?? "")) }
    }

    /// The file names that came in Figur's forms, in the order of arrival.
    func namesOfForms() async throws -> [String] {
        try await requests().filter { $0.kind == "figur" }.map { seen in
            let form = try Data(contentsOf: URL(filePath: seen.bodyPath ?? ""))
            let head = String(decoding: form.prefix(1000), as: UTF8.self)
            return head.firstMatch(of: #/filename="([^"]*)"/#).map { String($0.1) } ?? ""
        }
    }
}

extension TemporaryDirectory {
    /// A PNG by its beginning, with noise behind it.
    func noise(_ name: String, bytes: Int) throws -> String {
        var generator = SeededGenerator(seed: 7)
        let noise = (0..<bytes / 8).flatMap { _ in withUnsafeBytes(of: generator.next(), Array.init) }
        return try file(name, Media.bytes(Media.shot) + Data(noise))
    }
}
