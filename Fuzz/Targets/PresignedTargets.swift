import HTTPTypes

@testable import HoistCore
@testable import HoistFiles
@testable import HoistMedia
@testable import HoistServices
@testable import HoistTransport
@testable import HoistUploads

/// Presigned replies as `put` is handed them: one a line, an array, one of many lines.
func fuzzPresignedReplies(_ bytes: [UInt8]) {
    guard let replies = try? PresignedReplies(parsing: bytes) else { return }
    for files in [["shot.png"], ["-"], ["a/shot.png", "shot.png"]] {
        let paths = files.map { InputPath(bytes: $0.utf8) }
        guard let matched = try? replies.matched(to: paths) else { continue }
        require(matched.map(\.path.bytes) == paths.map(\.bytes), "not the files in their order")
    }
    let paths = (0..<min(replies.count, 50)).map { InputPath(bytes: "\($0)".utf8) }
    for file in (try? replies.matched(to: paths)) ?? [] {
        _ = try? file.reply.checkExpiry()
        if let put = try? file.reply.put(length: 4908) { requireSendable(put) }
        _ = Putter.record(of: file).json.bytes
    }
}

/// The first line is the URL, each of the others a header.
func fuzzRequiredHeaders(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    let headers = lines.dropFirst().map { line in
        let name = line.prefix { $0 != ":" }
        // Where a value cannot be typed into a line, its escape can.
        let value = line.dropFirst(name.count + 1).replacing("\\r", with: "\r").replacing("\\n", with: "\n")
        let number = value.first == "#" ? JSONValue(parsing: Array(value.dropFirst().utf8)) : nil
        return JSONValue.Member(String(name), number ?? .string(String(value)))
    }
    guard var put = try? PresignedPut(url: lines[0], headers: headers, length: 4908) else { return }
    requireSendable(put)
    if let type = MediaType("image/png"), (try? put.declare(type)) != nil {
        require(put.contentType?.lowercased() == "image/png", "another type")
        requireSendable(put)
    }
}

/// Nothing in it can end a header line or a request, and no secret goes out in the clear.
private func requireSendable(_ put: PresignedPut) {
    require(put.address.isPrivate, "in the clear to another machine")
    require(put.address.target.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a request line of two parts")
    require(put.address.target.hasPrefix("/"), "no path")
    for field in put.fields {
        require(!field.value.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }, "a line break in a header")
        require(!field.name.rawName.utf8.contains { $0 <= 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: ":") }, "no name")
        let name = field.name.canonicalName
        require(
            !["host", "content-length", "transfer-encoding", "connection"].contains(name), "\(name) breaks the request")
    }
}

/// A URL in the query; and, made of the same bytes, one whose end is known by another calculation.
func fuzzExpiry(_ bytes: [UInt8]) {
    let query = String(decoding: bytes, as: UTF8.self)
    for url in [query, "https://h/k?\(query)"] {
        guard let address = WebAddress(url) else { continue }
        let end = PresignedExpiry.end(of: address)
        for now in [Int.min, 0, 1_767_225_600, Int.max] {
            require(
                isRefused(address, at: now) == (end.map { now > $0.adding(clamping: 300) } ?? false), "\(now) \(url)")
        }
    }
    guard bytes.count >= 10 else { return }
    let numbers = bytes.map(Int.init)
    let (year, month, day) = (1970 + (numbers[0] << 8 | numbers[1]) % 8030, 1 + numbers[2] % 12, 1 + numbers[3] % 28)
    let (hour, minute, second) = (numbers[4] % 24, numbers[5] % 60, numbers[6] % 60)
    let lifetime = numbers[7] << 16 | numbers[8] << 8 | numbers[9]
    func padded(_ number: Int, _ count: Int) -> String { String(String(number + 100_000).suffix(count)) }
    let date = padded(year, 4) + padded(month, 2) + padded(day, 2)
    let time = padded(hour, 2) + padded(minute, 2) + padded(second, 2)
    let text = "https://h/k?X-Amz-Date=\(date)T\(time)Z&X-Amz-Expires=\(lifetime)"
    let days = daysSince1970(year: year, month: month, day: day)
    let end = ((days * 24 + hour) * 60 + minute) * 60 + second + lifetime
    guard let address = WebAddress(text) else { return require(false, text) }
    require(PresignedExpiry.end(of: address) == end, text)
    require(!isRefused(address, at: end), "refused before its end: \(text)")
    require(isRefused(address, at: end + 301), "taken after its end: \(text)")
}

private func isRefused(_ address: WebAddress, at now: Int) -> Bool {
    do throws(Failure) {
        try PresignedExpiry.check(PresignedExpiry.end(of: address), now: now)
    } catch {
        return error.isExpiredURL
    }
    return false
}

/// By counting leap days, in the Gregorian calendar.
private func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && year % 100 != 0 || year % 400 == 0 }
    func leapDays(before year: Int) -> Int { (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let years = (year - 1970) * 365 + leapDays(before: year) - leapDays(before: 1970)
    return years + lengths[..<(month - 1)].reduce(0, +) + day - 1
}

/// Lines of a trace with a secret in each place where a secret may be: it never gets through.
func fuzzTrace(_ bytes: [UInt8]) {
    let secret = "5ecre7Va1ue5ecre7"
    let carriers = [
        "X-Amz-Signature=", "X-Amz-Credential=", "X-Goog-Signature=", "sig=", "api_key=", "access_token=", "Signature=",
    ]
    // libFuzzer sees what its inputs are compared with, and puts it into them.
    guard let choice = bytes.first, !holds(String(decoding: bytes, as: UTF8.self), secret) else { return }
    let text = bytes.dropFirst()
    let cut = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
    let before = String(decoding: text[..<cut], as: UTF8.self)
    let after = String(decoding: text[cut...].dropFirst(), as: UTF8.self)
    let parameter = before + "&" + carriers[Int(choice) % carriers.count] + secret + "&" + after
    require(!holds(Trace.redacted(parameter[...]), secret), "a line: \(parameter)")
    require(!holds(Trace.redactedParameters(parameter), secret), "parameters: \(parameter)")
    let repeated = before + secret + after
    require(!holds(Secrets([secret]).redacted(repeated), secret), "a known secret: \(repeated)")
    let user = before + " https://\(secret)@" + after
    require(!holds(Trace.redactedParameters(user), secret), "a user name: \(user)")
    // A header's name is a token: what is none is no header.
    let token = before.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard !holds(token, secret) else { return }
    for name in ["Authorization", "X-API-Key", "Cookie", "x-amz-security-token"] {
        let line = token + name + ":" + after + secret
        require(!holds(Trace.redacted(line[...]), secret), "a header: \(line)")
        require(Trace.redacted(line[...]).safeForTerminal == Trace.redacted(line[...]), "unsafe text")
    }
}
