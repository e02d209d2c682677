/// What became of one input. Every input yields exactly one.
package struct Record: Sendable {
    /// The path as it was given.
    package let file: String
    package var bytes: Int64?
    package var contentType: MediaType?
    package var fileType: FileType?
    package let service: ServiceName
    package var receipt = Receipt()
    /// How often the work was tried over the network: 0 when nothing was sent, 1 when nothing had to be repeated.
    package var attempts = 0
    package var elapsed = Duration.zero
    package var warnings: [String] = []
    package var failure: Failure?

    package init(file: String, service: ServiceName) {
        self.file = file
        self.service = service
    }

    /// The record in its published shape: keys in a fixed order, the service's fields between hoist's own.
    package var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("ok", .bool(failure == nil)),
            .init("file", .string(file)),
            .init("bytes", bytes.map { .number($0) } ?? .null),
            .init("content_type", .string(orNull: contentType?.description)),
            .init("file_type", .string(orNull: fileType?.rawValue)),
            .init("service", .string(service.rawValue)),
        ]
        let end: [JSONValue.Member] =
            [
                .init("attempts", .number(attempts)),
                .init("seconds", .number(elapsed.secondsLiteral)),
            ]
            + (warnings.isEmpty ? [] : [.init("warnings", .array(warnings.map(JSONValue.string)))])
            + (failure.map { [.init("error", $0.json)] } ?? [])
        // Hoist's keys are stable: a service's field of the same name does not replace one of them.
        let own = Set((members + end).map(\.name)).union(["warnings", "error"])
        members += receipt.fields.filter { !own.contains($0.name) }
        return .object(members + end)
    }

    /// The exit code of a whole run: 0, the one class that all failures share, or 1 when they differ.
    package static func exitCode(of failures: Set<FailureClass>) -> Int32 {
        guard let first = failures.first else { return 0 }
        return failures.count == 1 ? first.rawValue : 1
    }
}

extension Duration {
    /// Seconds with milliseconds, as a JSON number: `0.21`, `12.0`.
    var secondsLiteral: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        var fraction = String(milliseconds % 1000 + 1000).dropFirst()
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        return "\(milliseconds / 1000).\(fraction)"
    }
}
