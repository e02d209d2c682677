/// When a presigned URL lapses by its own account: no number in it can end the program, and what has lapsed is not sent.
extension HostileRow {
    static let expiries: [HostileRow] = [
        query("lapsed in 2020", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=900", exit: 77),
        query("lapsed in 2020, Google's", "X-Goog-Date=20200101T000000Z&X-Goog-Expires=900", exit: 77),
        query("lapsed in 2020, Azure's", "se=2020-01-01T00%3A00%3A00Z&sig=x", exit: 77),
        query("lapsed in 1970", "X-Amz-Date=19700101T000000Z&X-Amz-Expires=0", exit: 77),
        query(
            "X-Amz-Expires=-9223372036854775808", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=-9223372036854775808"),
        query("X-Amz-Expires=-1", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=-1"),
        query("X-Amz-Expires=9223372036854775807", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=9223372036854775807"),
        query("X-Amz-Expires near the top", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=9223372035277000000"),
        query("X-Amz-Expires that ends at the top", "X-Amz-Date=19700101T000000Z&X-Amz-Expires=9223372036854775807"),
        query("X-Amz-Expires beyond all integers", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=99999999999999999999"),
        query("X-Amz-Expires that is no number", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=soon"),
        query("a date of nines", "X-Amz-Date=99999999T999999Z&X-Amz-Expires=900"),
        query("a date of letters", "X-Amz-Date=never&X-Amz-Expires=900"),
        query("a date of a million digits less", "X-Amz-Date=\(String(repeating: "2", count: 5000))&X-Amz-Expires=900"),
        query("a date in Arabic digits", "X-Amz-Date=%D9%A2%D9%A0%D9%A2%D9%A0T&X-Amz-Expires=900"),
        query("half a percent sign", "X-Amz-Date=2020%&X-Amz-Expires=900%4"),
        query("no date", "X-Amz-Expires=900"), query("an end in the year 9999, Azure's", "se=9999-12-31&sig=x"),
        query(
            "lapsed, but storage is to judge", "X-Amz-Date=20200101T000000Z&X-Amz-Expires=900",
            options: ["--no-expiry-check"]),
    ]

    private static func query(_ name: String, _ query: String, options: [String] = [], exit: Int32 = 0) -> HostileRow {
        local(
            "a URL by its own account: \(name)",
            ["put", "shot.png", "--url", "http://127.0.0.1:@PORT/e/@NAME/o?\(query)"] + options, exit: exit,
            code: exit == 0 ? nil : "url_expired", says: exit == 0 ? "" : "expired")
    }
}
