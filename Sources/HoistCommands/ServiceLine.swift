import HoistCore
import HoistServices

/// What `hoist services` says of one service.
struct ServiceLine {
    private let description: ServiceDescription
    private let isOwn: Bool
    private let hasKey: Bool
    private let missing: [String]

    init(_ description: ServiceDescription, _ settings: Settings) {
        self.description = description
        isOwn = settings.catalogue.isOwn(description.name)
        hasKey = settings.hasKey(description)
        missing = settings.missingSettings(of: description).map(\.name)
    }

    private var isReady: Bool { hasKey && missing.isEmpty }

    var json: JSONValue {
        .object([
            .init("name", .string(description.name)),
            .init("title", .string(description.title)),
            .init("verbs", .array(description.verbs.map(JSONValue.string))),
            .init("types", .array(description.limits.types.map { .string($0.description) })),
            .init("max_bytes", description.limits.largest.map { .number($0) } ?? .null),
            .init("key_env", .string(orNull: description.key?.phrase)),
            .init("has_key", .bool(hasKey)),
            .init("settings", .array(description.settings.map { .string($0.name) })),
            .init("missing_settings", .array(missing.map(JSONValue.string))),
            .init("ready", .bool(isReady)),
            .init("base_url", .string(description.baseURL.description)),
            .init("docs", .string(orNull: description.docs)),
            .init("source", .string(orNull: description.source)),
            .init("tested_against", .string(isOwn ? "nothing" : "stand-in")),
            .init("built_in", .bool(!isOwn)),
        ])
    }

    /// Aligned columns, and what the list cannot say in them.
    static func table(_ lines: [ServiceLine]) -> [String] {
        var rows = [["NAME", "VERBS", "TAKES", "LIMIT", "READY"]]
        for line in lines {
            rows.append([
                line.description.name, line.description.verbs.joined(separator: ","), line.takes,
                line.description.limits.largest.map(Limits.size) ?? "-", line.readiness,
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { TerminalText.width(of: $0[column]) }.max() ?? 0 }
        let text = rows.map { row in
            zip(row, widths).map { TerminalText.padded($0, to: $1) }.joined(separator: "  ").trimmingWhitespace
        }
        return text + [
            "Built-in services were tested against stand-ins made from the vendors' documents, not against the vendors."
        ]
    }

    /// The kinds of media, in short.
    private var takes: String {
        let types = description.limits.types.map(\.description)
        guard !types.isEmpty else { return "everything" }
        var kinds: [String] = []
        for type in types {
            let kind = String(type.prefix { $0 != "/" })
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        return kinds.joined(separator: ",")
    }

    private var readiness: String {
        if isReady { return "yes" }
        let needs = (hasKey ? [] : [description.key?.phrase ?? ""]) + missing
        return "needs " + needs.joined(separator: ", ")
    }
}
