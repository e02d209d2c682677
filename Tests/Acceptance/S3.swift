import Foundation
import TestSupport
import Testing

/// A real S3 server, with boto3 as presigner and independent reader. One for all tests of a suite.
struct S3: Sendable {
    struct Announcement: Decodable, Sendable {
        let control: String
    }

    struct Object: Decodable {
        let sha256: String
        let bytes: Int
        let content_type: String
        let metadata: [String: String]
        let tags: [String: String]
    }

    @TaskLocal static var current: S3?

    private let control: String

    fileprivate init(_ announcement: Announcement) {
        control = announcement.control
    }

    static func running() throws -> S3 { try #require(current) }

    /// The presigner's reply as JSON, as boto3 makes it.
    func presign(
        _ key: String, type: String = "video/mp4", metadata: [String: String] = [:], tagging: String? = nil,
        expires: Int = 900
    ) async throws -> String {
        var asked: [String: Any] = ["key": key, "content_type": type, "metadata": metadata, "expires": expires]
        asked["tagging"] = tagging
        return String(decoding: try await ask("presign", asked), as: UTF8.self)
    }

    /// What is stored under the key; nil where there is nothing.
    func object(_ key: String) async throws -> Object? {
        try? JSONDecoder().decode(Object.self, from: try await ask("read", ["key": key]))
    }

    private func ask(_ what: String, _ body: [String: Any]) async throws -> Data {
        let json = try JSONSerialization.data(withJSONObject: body)
        let command = Command("curl", ["-sS", "--data-binary", "@-", "\(control)/\(what)"], input: Array(json))
        return Data(try await command.run().outputBytes)
    }
}

/// Starts the server before the tests of a suite, and ends it after the last one.
struct S3Server: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withoutActuallyEscaping(function) { function in
            try await Python.withServer("s3_server.py") { (announcement: S3.Announcement) in
                try await S3.$current.withValue(S3(announcement)) { try await function() }
            }
        }
    }
}

extension Trait where Self == S3Server {
    static var s3Server: Self { S3Server() }
}
