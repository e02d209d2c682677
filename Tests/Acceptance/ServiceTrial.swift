import Foundation
import TestSupport
import Testing

/// `hoist` with one service's stand-in: runs it, and compares what arrived with what was to arrive.
struct ServiceTrial: Sendable {
    let service: BuiltInService
    let standIns: StandIns
    let directory: TemporaryDirectory
    let small: String
    let large: String

    /// The service's own media: a file of the tests, and one of 20 MB that begins like it.
    init(_ service: BuiltInService, _ standIns: StandIns, in directory: TemporaryDirectory) throws {
        self.service = service
        self.standIns = standIns
        self.directory = directory
        let media = URL(filePath: #filePath).appending(path: "../../Media/\(service.media)").standardizedFileURL
        small = media.path
        let padding = try #require(try FileHandle(forReadingAtPath: "/dev/urandom")?.read(upToCount: 20_000_000))
        // What an MP4 has no use for stands in a box of its own.
        let box = withUnsafeBytes(of: UInt32(padding.count + 8).bigEndian) { Data($0) } + Data("free".utf8)
        large = try directory.file("large.\(media.pathExtension)", try Data(contentsOf: media) + box + padding)
    }

    /// A line that `hoist` has printed. Values that are no text are as JSON writes them.
    struct Record: Sendable {
        let fields: [String: String]
        let error: [String: String]

        init(_ line: Substring) throws {
            let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            func text(_ values: [String: Any]) -> [String: String] {
                values.mapValues { $0 as? String ?? (($0 as? NSNumber)?.stringValue ?? "") }
            }
            fields = text(json)
            error = text(json["error"] as? [String: Any] ?? [:])
        }

        subscript(_ name: String) -> String { fields[name] ?? "" }
    }

    /// Runs a verb that prints one record.
    func hoist(
        _ verb: String, _ arguments: [String], code: Int32 = 0, changing more: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) async throws -> (record: Record, finished: Finished) {
        var settings: [String] = []
        for (name, value) in standIns.settings[service.name] ?? [:] { settings += ["--set", "\(name)=\(value)"] }
        let target = verb == "put" ? [] : ["--to", service.name] + settings
        let environment = standIns.environment(for: service.name).merging(more) { $1 }
        let finished = try await Command(
            try Binaries.hoist, [verb] + target + arguments, environment: environment
        ).run()
        #expect(finished.exit == .code(code), "\(verb): \(finished.errors)", sourceLocation: location)
        let line = try #require(
            finished.output.split(separator: "\n").first, "\(verb): \(finished.errors)", sourceLocation: location)
        return (try Record(line), finished)
    }

    func upload(
        _ file: String, code: Int32 = 0, isWaiting: Bool = false, changing more: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) async throws -> (record: Record, finished: Finished) {
        isWaiting && service.questions > 0
            ? try await hoist(
                "upload", [file, "--wait", "--wait-interval", "10ms"], code: code, changing: more, location: location)
            : try await hoist("upload", [file], code: code, changing: more, location: location)
    }

    // MARK: - What arrived

    /// A call as ``BuiltInService/steps`` has it.
    func phrase(_ seen: StandIns.Seen, id: String) -> String {
        var target = seen.query.isEmpty ? seen.path : "\(seen.path)?\(seen.query)"
        let account = standIns.settings[service.name]?["account"]
        for (value, name) in [(id, "{id}"), (account ?? "", "{account}")] where !value.isEmpty {
            target = target.replacingOccurrences(of: value, with: name)
        }
        let place = seen.isAtStorage ? "storage" : target
        return "\(seen.method) \(place)\(Self.content(of: seen))"
    }

    private static func content(of seen: StandIns.Seen) -> String {
        if !seen.fields.isEmpty {
            let names = seen.fields.map { $0.hasPrefix("file:") ? String($0.dropFirst(5)) : $0 }
            guard seen.isAtStorage, names.count > 1 else { return " form \(names.joined(separator: ", "))" }
            return " form of the reply's \(names.count - 1) fields, \(names.last ?? "")"
        }
        if let json = seen.json {
            return ([" JSON"] + [json.keys.sorted().joined(separator: ", ")]).filter { !$0.isEmpty }.joined(
                separator: " ")
        }
        return seen.bytes > 0 ? " bytes" : ""
    }

    /// Nothing that the contract does not have, no key of another service, and none at storage.
    func expectNoComplaint(location: SourceLocation = #_sourceLocation) async throws {
        let complaints = try await standIns.complaints(service.name)
        #expect(complaints.isEmpty, sourceLocation: location)
        let own = Set((standIns.keys[service.name] ?? [:]).values)
        for seen in try await standIns.seen(service.name) {
            let places = Array(seen.headers.values) + [seen.path, seen.query]
            let found = standIns.secrets.filter { secret in places.contains { $0.contains(secret) } }
            guard !found.isEmpty || seen.isAtStorage else {
                Issue.record("\(seen.path) came without a key", sourceLocation: location)
                continue
            }
            let foreign = seen.isAtStorage ? found : found.filter { !Self.isMade($0, of: own) }
            #expect(foreign.isEmpty, "\(seen.origin) got a key: \(seen.path)", sourceLocation: location)
        }
    }

    private static func isMade(_ secret: String, of own: Set<String>) -> Bool {
        let plain = Data(base64Encoded: secret).map { String(decoding: $0, as: UTF8.self) } ?? secret
        return own.contains { $0 == secret || $0.contains(plain) || plain.contains($0) || $0.contains(secret) }
    }
}
