/// Refusals of the services, in shapes that their contracts have and in others.
extension HostileRow {
    static let serviceErrors: [HostileRow] = [
        answer("400 with HTML", 400, "<html>No</html>", exit: 76, code: "unexpected_reply"),
        answer("404 with nothing", 404, "", exit: 76, code: "unexpected_reply"),
        answer("404 with a detail", 404, #"{"detail":"no such thing"}"#, exit: 69, code: "refused"),
        answer("409", 409, #"{"error":{"code":"conflict","message":"again"}}"#, exit: 69, code: "conflict"),
        answer("413 with an empty body", 413, "", exit: 69, code: "refused"),
        answer("415 with HTML", 415, "<html>nginx</html>", exit: 69, code: "refused"),
        answer("422 with a list of nothing", 422, #"{"detail":[]}"#, exit: 76, code: "unexpected_reply"),
        answer(
            "422 with odd places", 422, #"{"detail":[{"loc":[null,{},-1,"\u0000"],"msg":"m"},7,{"loc":"x"}]}"#,
            exit: 69, code: "validation_error"),
        answer("401 with an empty body", 401, "", exit: 77, code: "unauthorized"),
        answer("403 with HTML of a firewall", 403, "<html>Request blocked</html>", exit: 77, code: "forbidden"),
        answer("408", 408, "", exit: 75, code: "service_trouble"),
        answer("425", 425, "", exit: 75),
        answer("429 with an empty body", 429, "", exit: 75, code: "rate_limited"),
        answer("500 with broken JSON", 500, #"{"error":"#, exit: 75, code: "service_trouble"),
        answer(
            "502 with 1 MB of HTML", 502, String(repeating: "<p>bad gateway</p>\n", count: 52_000), exit: 75,
            code: "service_trouble"),
        answer("507", 507, "full", exit: 75, code: "service_trouble"),
        answer(
            "400 with a message of 100 KB", 400, #"{"detail":"\#(String(repeating: "no ", count: 33_000))"}"#, exit: 69,
            code: "refused"),
        answer(
            "400 with a code of 100 KB", 400,
            #"{"error":{"code":"\#(String(repeating: "x", count: 100_000))","message":"no"}}"#, exit: 69),
        answer(
            "400 with control characters", 400,
            #"{"error":{"code":"a\u001b[2J","message":"\u202e\u200b\udb40\udc41\u00ad\nno"}}"#, exit: 69),
        answer(
            "400 with a code that is a number", 400, #"{"error":{"code":7,"message":"no","request_id":{}}}"#, exit: 69,
            code: "7"),
        answer("400 with an empty code", 400, #"{"error":{"code":"","message":"no"}}"#, exit: 69, code: "refused"),
        answer(
            "400 with a message that is null", 400, #"{"error":{"code":"x","message":null}}"#, exit: 76,
            code: "unexpected_reply"),
        answer("400 with a lone surrogate", 400, #"{"detail":"caf\udce9"}"#, exit: 69, code: "refused"),
        initiate("initiate: 401 {}", 401, "{}", exit: 77, code: "unauthorized"),
        initiate("initiate: 402", 402, #"{"error":"balance too low"}"#, exit: 77, code: "payment_required"),
        initiate(
            "initiate: 400 with deep details", 400,
            #"{"status":400,"error":"bad","code":"BAD_REQUEST","details":\#(String(repeating: "[", count: 90) + String(repeating: "]", count: 90))}"#,
            exit: 69, code: "BAD_REQUEST"),
        initiate(
            "initiate: 500", 500, #"{"status":500,"error":"Oops","code":"INTERNAL_ERROR"}"#, exit: 75,
            code: "INTERNAL_ERROR"),
        initiate("initiate: 200 with nothing", 200, "", exit: 76, code: "unexpected_reply"),
    ]

    private static func answer(_ name: String, _ status: Int, _ body: String, exit: Int32, code: String? = nil)
        -> HostileRow
    {
        figur(name, [.body, .json(body, "\(status) No")], exit: exit, code: code, says: "HTTP \(status)")
    }

    private static func initiate(_ name: String, _ status: Int, _ body: String, exit: Int32, code: String) -> HostileRow
    {
        eachLabs(
            name, [.initiate: [[.body, .json(body, "\(status) No")]]], exit: exit, code: code, says: "HTTP \(status)")
    }
}
