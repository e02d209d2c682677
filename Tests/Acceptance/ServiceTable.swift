import Synchronization
import Testing

/// The services and what was tried with them, as the documents have it.
enum ServiceTable {
    /// The services with which all was tried.
    static let tried = Mutex<Set<String>>([])

    static func text(of services: [BuiltInService]) -> String {
        let head = ["| Service | A file is sent as | Calls | Checked |", "|---|---|---|---|"]
        return (head + services.sorted { $0.name < $1.name }.map(row)).joined(separator: "\n")
    }

    private static func row(_ service: BuiltInService) -> String {
        "| `\(service.name)` | \(service.shape.rawValue) | \(service.calls.map { "`\($0)`" }.joined(separator: "<br>")) "
            + "| \(service.checks.joined(separator: "; ")) |"
    }
}

extension BuiltInService {
    var calls: [String] { steps + [question, delete?.call].compactMap(\.self) }

    var verbs: Set<String> {
        var verbs: Set = ["upload"]
        if canPresign { verbs.insert("presign") }
        if questions > 0 { verbs.insert("status") }
        if delete != nil { verbs.insert("delete") }
        return verbs
    }

    var checks: [String] {
        ["small file, 20 MB"] + (options.isEmpty ? [] : ["its settings"])
            + ["a wrong key", "401, 422, 429 and 500 at each step"]
            + (questions > 0 ? ["status to its end and a failure's reason"] : [])
            + (delete == nil ? [] : ["delete, and once more"]) + (canPresign ? ["presign and put"] : [])
    }
}

/// Prints the table at the end of a suite.
struct ServicePrinter: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await function()
        let tried = ServiceTable.tried.withLock(\.self)
        print(ServiceTable.text(of: BuiltInService.all.filter { tried.contains($0.name) }))
    }
}

extension SuiteTrait where Self == ServicePrinter {
    static var printingServices: Self { Self() }
}
