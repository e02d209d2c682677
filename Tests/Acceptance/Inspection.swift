import Foundation
import TestSupport

/// A run of `hoist inspect` over files, without probing.
struct Inspection {
    struct Record: Decodable {
        struct Failure: Decodable {
            let code: String
        }

        let file: String
        let ok: Bool
        let content_type: String?
        let file_type: String?
        let error: Failure?
    }

    let finished: Finished
    let records: [Record]

    init(
        of files: [String], by hoist: String, environment: [String: String] = [:], timeLimit: Duration = .seconds(60)
    ) async throws {
        let command = Command(
            hoist, ["inspect", "--json", "--probe", "off"] + files, environment: environment, timeLimit: timeLimit)
        finished = try await command.run()
        records = try finished.output.split(separator: "\n").map { line in
            try JSONDecoder().decode(Record.self, from: Data(line.utf8))
        }
    }
}
