import Foundation
import TestSupport

/// The running stand-ins of all services: what they announce, and what they have seen.
struct StandIns: Decodable, Sendable {
    /// By service: base URLs, storage's origins, keys by the name of their variable, and settings.
    let services: [String: String]
    let storage: [String: String]
    let keys: [String: [String: String]]
    let settings: [String: [String: String]]
    private let control: String

    /// A request that one of them has seen.
    struct Seen: Decodable, Sendable {
        /// A value of a body: its text, or `…` for what holds others.
        struct Value: Decodable, Sendable {
            let text: String

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let truth = try? value.decode(Bool.self) {
                    text = "\(truth)"
                } else if let number = try? value.decode(Int.self) {
                    text = "\(number)"
                } else {
                    // In quotes, so that it is told from a number.
                    text = (try? value.decode(String.self)).map { "'\($0)'" } ?? "…"
                }
            }
        }

        let origin: String
        let method: String
        let path: String
        let query: String
        let headers: [String: String]
        /// The names of a form's fields in their order; the file's has `file:` before it.
        let fields: [String]
        let bytes: Int
        let sha256: String?
        let json: [String: Value]?
        /// The text fields of a form.
        let texts: [String: String]?
        let status: Int

        var isAtStorage: Bool { origin == "storage" }
    }

    func seen(_ service: String) async throws -> [Seen] {
        try JSONDecoder().decode([Seen].self, from: try await ask("requests", service))
    }

    func complaints(_ service: String) async throws -> [String] {
        try JSONDecoder().decode([String].self, from: try await ask("complaints", service))
    }

    func reset(_ service: String) async throws {
        _ = try await ask("reset", service, json: "{}")
    }

    /// Refuses the next call of a step.
    func refuse(_ step: String, of service: String, with status: Int, retryAfter: Int? = nil) async throws {
        let wait = retryAfter.map { #","retry_after":\#($0)"# } ?? ""
        _ = try await ask("fail", service, json: #"{"step":"\#(step)","status":\#(status)\#(wait)}"#)
    }

    /// The next uploads end in failure.
    func failProcessing(of service: String, reason: String) async throws {
        _ = try await ask("state", service, json: #"{"outcome":"failed","reason":"\#(reason)"}"#)
    }

    private func ask(_ what: String, _ service: String, json: String? = nil) async throws -> Data {
        let body = json.map { ["-d", $0] } ?? []
        let answer = try await Command("curl", ["-sS", "-f", "\(control)/\(what)?service=\(service)"] + body).run()
        guard answer.exit == .code(0) else { throw Python.Missing(description: "\(what): \(answer.errors)") }
        return Data(answer.outputBytes)
    }

    /// Every secret that any of them has, in the forms that a header may have.
    var secrets: Set<String> {
        let plain = keys.values.flatMap(\.values)
        let pairs = keys.values.map { $0.sorted { $0.key < $1.key }.map(\.value).joined(separator: ":") }
        return Set(plain + (plain + pairs).map { Data($0.utf8).base64EncodedString() })
    }

    /// The keys of all services, so that a wrong one could be taken, and where this one is.
    func environment(for service: String) -> [String: String] {
        var environment: [String: String] = [:]
        for keys in keys.values { environment.merge(keys) { $1 } }
        // Two services of one maker share a variable.
        environment.merge(keys[service] ?? [:]) { $1 }
        let name = service.uppercased().replacingOccurrences(of: "-", with: "_")
        environment["\(name)_BASE_URL"] = services[service]
        return environment
    }

    static func withAll<Result: Sendable>(
        _ body: @escaping @Sendable (StandIns) async throws -> Result
    ) async throws -> Result {
        try await Python.withServer("services/main.py", body)
    }
}
