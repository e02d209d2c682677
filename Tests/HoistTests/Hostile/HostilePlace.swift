import Foundation
import TestSupport

/// A row with a directory of its own, and a name of its own for the server.
struct HostilePlace: Sendable {
    let row: HostileRow
    let name: String
    let directory: String

    init(_ row: HostileRow, number: Int, in parent: TemporaryDirectory) throws {
        self.row = row
        name = "r\(number)"
        directory = parent.path(name)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        try FileManager.default.copyItem(atPath: Media.shot, toPath: directory + "/shot.png")
    }

    /// The row's program, ready to run.
    func command(_ server: HostileServer) throws -> Command {
        let words: [String]
        let program: String
        switch row.program {
        case .hoist(let arguments): (program, words) = (try Binaries.hoist, arguments)
        case .shell(let line): (program, words) = ("bash", ["-c", line])
        }
        let base = "http://127.0.0.1:@PORT/s/@NAME"
        var variables: [String: String?] = [
            "FIGUR_API_KEY": HostileKey.text, "FIGUR_BASE_URL": base, "EACHLABS_API_KEY": HostileKey.text,
            "EACHLABS_BASE_URL": base, "EACHLABS_OWNER": "org-hostile", "HOIST": try Binaries.hoist,
        ]
        variables.merge(row.environment) { _, change in change }
        return Command(
            program, words.map { filled($0, server) },
            environment: variables.compactMapValues { $0.map { filled($0, server) } },
            input: Array(filled(String(decoding: row.input, as: UTF8.self), server).utf8), workingDirectory: directory,
            timeLimit: .seconds(row.limit))
    }

    /// Makes the row's files.
    func prepare(_ server: HostileServer) async throws {
        guard let line = row.prepare else { return }
        let finished = try await Command("bash", ["-ec", filled(line, server)], workingDirectory: directory).run()
        guard finished.exit == .code(0) else {
            throw HostileServer.Failure(description: "\(row.name): \(line): \(finished.errors)")
        }
    }

    private func filled(_ text: String, _ server: HostileServer) -> String {
        var text = text.replacing("@NAME", with: name).replacing("@DIR", with: directory)
        for (name, port) in server.ports { text = text.replacing("@\(name)", with: "\(port)") }
        return text
    }

    /// A line without what differs from run to run.
    func shown(_ line: String, _ server: HostileServer) -> String {
        var line = line.replacing(directory, with: "…")
        for kind in ["s", "e"] { line = line.replacing("/\(kind)/\(name)", with: "/…") }
        for port in server.ports.values {
            line = line.replacing(":\(port)", with: ":PORT").replacing("port \(port)", with: "port PORT")
        }
        return line.replacing(#/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/#, with: "ID")
            .replacing(#/\d{8}T\d{6}Z/#, with: "DATE").replacing(#/after \d+ ms/#, with: "after … ms")
    }
}
