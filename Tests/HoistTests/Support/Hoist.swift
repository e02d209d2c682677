import Foundation
import TestSupport
import Testing

/// The built `hoist`, pointed at a sandbox with its keys in the environment.
struct Hoist: Sendable {
    let sandbox: Sandbox
    /// Changes to the environment that leads to the sandbox; nil takes a variable away.
    var changes: [String: String?] = [:]

    /// Runs `hoist upload` with fast retries left to `arguments`.
    func upload(_ arguments: String..., input: [UInt8] = []) async throws -> Run {
        try await run(["upload"] + arguments, input: input)
    }

    func run(_ arguments: [String], input: [UInt8] = []) async throws -> Run {
        Run(try await command(arguments, input: input).run())
    }

    func command(_ arguments: [String], input: [UInt8] = []) throws -> Command {
        Command(try Binaries.hoist, arguments, environment: environment, input: input)
    }

    func with(_ changes: [String: String?]) -> Hoist { Hoist(sandbox: sandbox, changes: changes) }

    var environment: [String: String] {
        var variables: [String: String?] = [
            "FIGUR_API_KEY": sandbox.figurKey, "FIGUR_BASE_URL": sandbox.figurBaseURL,
            "EACHLABS_API_KEY": sandbox.eachLabsKey, "EACHLABS_BASE_URL": sandbox.eachLabsBaseURL,
            "EACHLABS_OWNER": sandbox.owner, "EACHLABS_V1_BASE_URL": sandbox.eachLabsBaseURL,
        ]
        variables.merge(changes) { _, change in change }
        return variables.compactMapValues(\.self)
    }
}

/// Runs `body` with a fresh sandbox and a `hoist` that leads to it.
func withHoist<Result: Sendable>(
    _ body: @escaping @Sendable (Hoist) async throws -> Result
) async throws -> Result {
    try await withSandbox { try await body(Hoist(sandbox: $0)) }
}

/// A finished run, with its records taken apart by Foundation's JSON reader rather than by hoist's own.
struct Run: Sendable {
    let exit: Exit
    let output: String
    let errors: String

    init(_ finished: Finished) {
        exit = finished.exit
        output = finished.output
        errors = finished.errors
    }

    var lines: [String] { output.split(separator: "\n").map(String.init) }
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

    /// The records; a line that is none fails the test.
    var records: [[String: Any]] {
        lines.map { line in
            guard let record = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
                Issue.record("not a record: \(line)")
                return [:]
            }
            return record
        }
    }

    /// The one record of a run with one input.
    var record: [String: Any] {
        let records = records
        guard records.count == 1 else {
            Issue.record("\(records.count) records instead of one; stderr: \(errors)")
            return [:]
        }
        return records[0]
    }
}

extension [String: Any] {
    func text(_ key: String) -> String? { self[key] as? String }
    func number(_ key: String) -> Int? { (self[key] as? NSNumber)?.intValue }
    var isOK: Bool? { self["ok"] as? Bool }
    var error: [String: Any] { self["error"] as? [String: Any] ?? [:] }
}

/// Small real files, made by ffmpeg and ImageMagick.
enum Media {
    static let shot = path("shot.png")
    static let photo = path("photo.jpg")
    static let picture = path("picture.webp")
    static let loop = path("loop.gif")
    static let clip = path("clip.mp4")
    static let tone = path("tone.m4a")

    /// The file's bytes; a file that cannot be read fails the test.
    static func bytes(_ path: String) -> Data {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            Issue.record("\(path) cannot be read")
            return Data()
        }
        return bytes
    }

    private static func path(_ name: String) -> String {
        URL(filePath: #filePath).appending(path: "../../../Media/\(name)").standardizedFileURL.path
    }
}

/// What a URL of the sandbox serves, fetched by curl.
func fetch(_ url: String) async throws -> Data {
    Data(try await Command("curl", ["-sS", "--fail", url]).run().outputBytes)
}
