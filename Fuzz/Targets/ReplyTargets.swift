import HTTPTypes

@testable import HoistCore
@testable import HoistFiles
@testable import HoistMedia
@testable import HoistServices
@testable import HoistTransport
@testable import HoistUploads

/// What is read can be written, is the same when it is read again, and moves no terminal's cursor.
func fuzzJSON(_ bytes: [UInt8]) {
    guard let value = JSONValue(parsing: bytes) else { return }
    let written = value.bytes
    require(written.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a control character is written as it is")
    require(
        !String(decoding: written, as: UTF8.self).unicodeScalars.contains(where: \.isUnsafeOnTerminal), "unsafe text")
    guard let again = JSONValue(parsing: written) else { return require(false, "what was written cannot be read") }
    require(again.bytes == written, "it changes when it is read again")
    _ = value.mappingText { $0.safeForTerminal }
}

/// A service of the catalogue, and a key for it where there is one.
func service(_ name: String, key: Credential?) -> Service? {
    guard let description = try? Catalogue(environment: [:]).description(of: name) else { return nil }
    let account = Account(
        baseURL: description.baseURL, credential: key.map(Result.success) ?? .failure(.interrupted))
    return Service(description, account, SettingValues(description.settings, [:]))
}

/// A service's replies, good and bad: no failure and no receipt repeats the key.
func fuzzServiceReply(_ bytes: [UInt8]) {
    let secret = "sk_test_5ecre7-5ecre7"
    let reply = reply(planting(secret, in: bytes))
    for (name, step) in [
        ("figur", Step.upload), ("eachlabs", .prepare), ("eachlabs", .status), ("heygen-direct", .complete),
    ] {
        guard let service = service(name, key: Credential(secret, from: "KEY")),
            let call = service.description.calls[step]
        else { continue }
        let exchange = Exchange(
            about: FileProgress(name: "shot.png"), known: Receipt(), transport: Transport(TransportConfiguration()),
            origins: Origins(policy: RetryPolicy(retries: 0), jobs: 1), integrity: Integrity(),
            notices: { _ in })
        let context = service.context(nil)
        do throws(Failure) {
            try StepReader(service: service, step: step, call: call, context: context, exchange: exchange).take(reply)
            requireNo(secret, inRecordOf: nil, exchange.receipt)
        } catch {
            requireNo(secret, inRecordOf: error, exchange.receipt)
            // Only what will pass is tried again.
            require(
                [408, 425, 429].contains(reply.status) || reply.status >= 500 || reply.mayBeCut
                    || error.kind != .temporary, "tried again")
        }
    }
}

/// What storage says when it refuses a PUT: no failure repeats what proves who may use the URL.
func fuzzStorageError(_ bytes: [UInt8]) {
    // No end of an escape such as `\u0015` is its beginning.
    let secret = "s5ec2e7%2B5ec2e7"
    guard let address = WebAddress("https://h/k?X-Amz-Date=20260101T000000Z&X-Amz-Signature=\(secret)") else { return }
    let reply = reply(planting(secret, in: bytes))
    let failure = StorageError(reply, from: address, sent: [.authorization: secret, .contentType: "image/png"]).failure
    requireNo(secret, inRecordOf: failure, Receipt())
    require(failure.message.safeForTerminal == failure.message, "unsafe text")
}

private func requireNo(_ secret: String, inRecordOf failure: Failure?, _ receipt: Receipt) {
    var record = Record(.file("shot.png"), service: "figur", failure: failure)
    record.receipt = receipt
    require(!holds(record.json.description, secret), "a secret is in the record: \(record.json)")
    for format in [RecordFormat.table(Table(files: ["shot.png"], columns: 80)), .table(Table(files: [], columns: nil))]
    {
        require(!holds(String(decoding: format.line(for: record), as: UTF8.self), secret), "a secret is in the table")
    }
}

/// Seconds that can be waited for and said, or none.
func fuzzRetryAfter(_ bytes: [UInt8]) {
    let value = String(decoding: bytes, as: UTF8.self)
    let seconds = RetryAfter.seconds(value)
    if let seconds { require(seconds.isFinite && seconds >= 0 && seconds < 1e10, "\(seconds) s") }
    let advice = RetryAfter.advice(seconds)
    require(!advice.contains("inf") && !advice.contains("nan") && !advice.contains("e+"), advice)
    let failure = Failure(.temporary, code: "c", "m", retryAfter: seconds)
    if let wait = RetryPolicy(retries: 1).wait(after: failure, attempt: 1) {
        require(wait >= .zero && wait <= .seconds(RetryPolicy.longestWait), "\(wait)")
    }
    let lines = Array("Retry-After: ".utf8) + bytes
    _ = Reply(status: 503, headerLines: lines, body: []).retryAfter
}
