import Foundation
import TestSupport

/// Servers with certificates of a CA of their own, and proxies before them (tls_lab.py).
struct TLSLab: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// With every character that URLs write otherwise.
    static let key = "sk_test_tls+lab/Kq7Z"

    private let ports: [String: Int]
    /// Where the certificates are: `ca.pem`, and `directory` with it as OpenSSL wants it.
    let directory: String

    fileprivate init(line: String, directory: String) throws {
        ports = try JSONDecoder().decode([String: Int].self, from: Data(line.utf8))
        self.directory = directory
    }

    var certificates: String { "\(directory)/ca.pem" }

    func port(_ name: String) throws -> Int {
        guard let port = ports[name] else { throw Failure(description: "tls_lab.py has no \(name)") }
        return port
    }

    func url(_ name: String) throws -> String { "https://localhost:\(try port(name))" }

    /// A text with `@name` for that server's or proxy's port and `@DIR` for the certificates.
    func filled(_ text: String) -> String {
        var text = text.replacing("@DIR", with: directory)
        // The long names first: one is the beginning of another.
        for (name, port) in ports.sorted(by: { $0.key.count > $1.key.count }) {
            text = text.replacing("@\(name)", with: "\(port)")
        }
        return text
    }

    /// A line without what differs from run to run.
    func shown(_ line: String) -> String {
        ports.values.reduce(line.replacing(directory, with: "…")) { $0.replacing(":\($1)", with: ":PORT") }
    }

    /// The request heads that each has seen.
    func heads() async throws -> [String: [[String]]] {
        let url = "http://127.0.0.1:\(try port("plain"))/log"
        let finished = try await Command("curl", ["-sS", "--fail", "--noproxy", "*", url]).run()
        guard finished.exit == .code(0) else { throw Failure(description: "\(url): \(finished.errors)") }
        return try JSONDecoder().decode([String: [[String]]].self, from: Data(finished.outputBytes))
    }

    /// Runs hoist with the key, trusting the lab's CA unless `changes` say otherwise; nil takes a variable away.
    func hoist(_ arguments: [String], _ changes: [String: String?] = [:]) async throws -> Run {
        var variables: [String: String?] = [
            "FIGUR_API_KEY": Self.key, "EACHLABS_API_KEY": Self.key, "EACHLABS_OWNER": "org-tls",
            "CURL_CA_BUNDLE": certificates,
        ]
        variables.merge(changes) { _, change in change }
        let command = Command(
            try Binaries.hoist, arguments.map(filled),
            environment: variables.compactMapValues { $0.map(filled) }, workingDirectory: directory,
            timeLimit: .seconds(60))
        return Run(try await command.run())
    }
}

func withTLSLab<Result: Sendable>(_ body: @escaping @Sendable (TLSLab) async throws -> Result) async throws -> Result {
    try await require("openssl", from: "openssl")
    let programs = URL(filePath: #filePath).appending(path: "../../../TestSupport/Programs").standardizedFileURL.path
    return try await withTemporaryDirectory { directory in
        let made = try await Command(
            "bash", ["\(programs)/make_certificates.sh"], workingDirectory: directory.path
        ).run()
        guard made.exit == .code(0) else { throw TLSLab.Failure(description: made.errors) }
        let command = Command("python3", ["\(programs)/tls_lab.py"], workingDirectory: directory.path)
        return try await command.withRunning { running in
            var lines = running.output.makeAsyncIterator()
            guard let line = await lines.next() else {
                throw TLSLab.Failure(description: "tls_lab.py did not start")
            }
            let result = try await body(TLSLab(line: line, directory: directory.path))
            try running.signal(SIGKILL)
            return result
        }.result
    }
}

extension [String] {
    /// The values of a request head's fields of that name, in any letter case.
    func values(_ name: String) -> [String] {
        dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                return nil
            }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
    }
}
