import Foundation
import TestSupport
import Testing

/// Fetches what the records say is stored, with curl, and compares it with the files byte by byte.
func expectStoredBytes(of records: [[String: Any]], _ directory: TemporaryDirectory, _ comment: Comment) async throws {
    let configuration = try records.enumerated().map { number, record in
        let url = try #require(record.text("public_url") ?? record.text("image_url"))
        return "url = \"\(url)\"\noutput = \"\(directory.path("back-\(number)"))\"\n"
    }
    let file = try directory.file("curl", Array(configuration.joined().utf8))
    _ = try await Command("curl", ["-sS", "--fail", "--parallel", "--parallel-max", "8", "-K", file]).run()
    var wrong: [String] = []
    for (number, record) in records.enumerated() {
        let name = try #require(record.text("file"))
        let back = FileManager.default.contents(atPath: directory.path("back-\(number)"))
        if Media.bytes(name) != back { wrong.append("\(name): \(back?.count ?? 0) bytes") }
    }
    #expect(wrong.isEmpty, "said to be stored, and is not; \(comment)")
}

extension Run {
    /// What went wrong with the files that failed, for the message of a test.
    var complaints: Comment {
        let messages = records.filter { $0.isOK != true }.compactMap { $0.error.text("message") }
        return "\(messages.count) failed: \(messages.prefix(5).joined(separator: "; "))"
    }
}
