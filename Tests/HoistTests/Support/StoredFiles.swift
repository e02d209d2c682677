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
    let fetched = try await Command("curl", ["-sS", "--fail", "--parallel", "--parallel-max", "8", "-K", file]).run()
    #expect(fetched.exit == .code(0), comment)
    for (number, record) in records.enumerated() {
        let name = try #require(record.text("file"))
        let back = FileManager.default.contents(atPath: directory.path("back-\(number)"))
        #expect(Media.bytes(name) == back, "\(name) is not what is stored; \(comment)")
    }
}
