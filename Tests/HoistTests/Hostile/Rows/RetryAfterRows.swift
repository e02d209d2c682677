/// `Retry-After` in every form: what is no time is ignored, what is too long is reported and not waited for.
extension HostileRow {
    static let retryAfter: [HostileRow] = [
        // Ignored: tried again after hoist's own pause, which is no new attempt.
        retried("inf"), retried("nan"), retried("-1"), retried("-9223372036854775808"), retried("1e3"), retried("0x10"),
        retried("1, 2"), retried(""), retried("soon"), retried("1.5"), retried("١"), retried("99 Foo 9999"),
        retried("Sun, 06 Nov 1994 08:49:37 GMT"), retried("0"), retried("00000000000000000000000000000000000"),
        // Not waited for.
        reported("600"), reported("99999999999999999999"), reported("9223372036854775807"),
        reported(String(repeating: "9", count: 400)), reported("Thu, 31 Dec 2099 23:59:59 GMT"),
    ]

    private static func busy(_ value: String) -> [HostileStep] {
        [
            .body,
            .reply(
                "429 Too Many Requests", ["Retry-After: \(value)"],
                #"{"error":{"code":"rate_limited","message":"too many"}}"#),
        ]
    }

    private static func shown(_ value: String) -> String { value.count > 40 ? "\(value.count) digits" : value }

    private static func retried(_ value: String) -> HostileRow {
        figur("Retry-After: \(shown(value)), then a good server", [], exit: 0)
            .with(\.scripts, [.figur: [busy(value), [.body, .good]]]).with(\.attempts, 1)
    }

    private static func reported(_ value: String) -> HostileRow {
        figur("Retry-After: \(shown(value))", busy(value), exit: 75, code: "rate_limited", says: "too many")
            .with(\.program, .hoist(["upload", "shot.png", "--to", "figur"])).with(\.attempts, 1)
    }
}
