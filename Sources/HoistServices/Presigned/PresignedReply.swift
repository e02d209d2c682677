import HoistCore
import HoistTransport

/// What a presigner answers, be it hoist or anybody who says the same things under the usual names.
package struct PresignedReply: Sendable {
    /// The file that it was made for, where it says so.
    package let file: String?
    /// The URL and its headers, or why there are none.
    private let target: Result<Target, Failure>

    /// Taken apart once: each time took a tenth of a small file's work (measured).
    private struct Target {
        /// Or why nothing may be sent there.
        let address: Result<WebAddress, Failure>
        /// When the URL lapses by its own account.
        let end: Int?
        let headers: [JSONValue.Member]

        init(_ url: String, _ headers: [JSONValue.Member]) {
            address = Result { () throws(Failure) in try PresignedPut.address(url) }
            end = (try? address.get()).flatMap(PresignedExpiry.end)
            self.headers = headers
        }
    }

    /// Whether the command line says all of it.
    private let isByHand: Bool
    /// Everything else it says: handles such as `id` and `public_url`.
    package let receipt: Receipt

    private static let urlNames = ["upload_url", "presigned_url", "url", "signed_url"]
    private static let headerNames = ["required_headers", "headers"]
    /// What `complete` adds.
    static let fields = [urlNames[0], headerNames[0]]
    static let secretFields = Set(urlNames + headerNames + ["method"])

    /// Where the file can be had afterwards, signed or not: that is what the user wants to know.
    private static let handles: Set<String> = ["public_url", "download_url", "image_url"]

    /// A field that is not known may have the upload URL by another name in it, or a second one: whatever looks like a
    /// signature is taken out.
    static func redacted(_ field: JSONValue.Member) -> JSONValue.Member {
        switch field.value {
        case .null, .bool, .number: return field
        case .string(let text) where !text.utf8.contains(UInt8(ascii: "=")): return field
        default: break
        }
        guard !handles.contains(field.name) else { return field }
        return .init(
            field.name,
            field.value.mappingText { text in
                guard text.utf8.contains(UInt8(ascii: "=")) else { return text }
                guard let address = WebAddress(text), !address.secrets.isEmpty else {
                    return Trace.redactedParameters(text)
                }
                return Secrets(address.secrets).redacted(text)
            })
    }

    /// What a record may have of a reply: no URL that can be put to, and no signature.
    static func shown(_ receipt: Receipt) -> Receipt {
        Receipt(fields: receipt.without(secretFields).fields.map(redacted))
    }

    /// A presigner's reply with what it takes to use it under the names that are read here.
    static func complete(_ reply: Receipt, _ put: PresignedPut) -> Receipt {
        var added: [JSONValue.Member] = []
        if !urlNames.contains(where: { reply[$0]?.text == put.address.description }) {
            added.append(.init(urlNames[0], .string(put.address.description)))
        }
        let headers = JSONValue.object(put.fields.map { .init($0.name.rawName, .string($0.value)) })
        let given = headerNames.lazy.compactMap { reply[$0] }.first
        if case .object(let members)? = given, members.count == put.fields.count {
        } else if !put.fields.isEmpty || given != nil {
            added.append(.init(headerNames[0], headers))
        }
        return reply.updated(by: Receipt(fields: added))
    }

    /// A URL and headers given by hand.
    package init(url: String, headers: [JSONValue.Member]) {
        target = .success(Target(url, headers))
        isByHand = true
        file = nil
        receipt = Receipt()
    }

    /// One reply that cannot be used fails its own file, not the others.
    package init(_ json: JSONValue) {
        var fields: [JSONValue.Member] = []
        if case .object(let members) = json { fields = members }
        file = json["file"]?.text
        // What hoist itself said of the presigning is not what it says of the upload.
        if json["ok"] == .bool(true), json["attempts"] != nil {
            fields.removeAll { RecordKeys.own.contains($0.name) && $0.name != "service" }
        }
        receipt = Self.shown(Receipt(fields: fields))
        isByHand = false
        target = Result { () throws(Failure) in try Self.target(of: json) }
    }

    /// The PUT that it allows, of a body of that many bytes.
    package func put(length: Int64) throws(Failure) -> PresignedPut {
        let target = try target.get()
        do throws(Failure) {
            return try PresignedPut(to: try target.address.get(), headers: target.headers, length: length)
        } catch {
            throw isByHand ? Failure(.usage, code: error.code, error.message) : error
        }
    }

    /// Throws `notAllowed` where the URL has lapsed by its own account.
    package func checkExpiry() throws(Failure) {
        try PresignedExpiry.check(try target.get().end)
    }

    /// Throws `contract` where there is no URL, headers that are not an object, or another method than PUT.
    private static func target(of json: JSONValue) throws(Failure) -> Target {
        guard case .object = json else { throw wrong("it is not a JSON object") }
        if let failure = Failure(record: json) { throw failure }
        guard let url = urlNames.lazy.compactMap({ json[$0]?.text }).first else {
            throw wrong("it has no \(urlNames.joined(separator: ", "))")
        }
        // What is not understood is not shown either: it may be a secret in an unexpected place.
        if let method = json["method"], method != .null, method.text?.uppercased() != "PUT" {
            throw wrong("its method is not PUT")
        }
        switch headerNames.lazy.compactMap({ json[$0] }).first {
        case nil, .null: return Target(url, [])
        case .object(let members): return Target(url, members)
        case .some: throw wrong("its headers are not an object of names and values")
        }
    }

    private static func wrong(_ what: String) -> Failure {
        Failure(.contract, code: "unusable_presigned_url", "the presigned reply cannot be used: \(what); presign again")
    }
}

extension Failure {
    /// The failure in a record that hoist itself printed; nil where the record is a success or none of hoist's.
    fileprivate init?(record: JSONValue) {
        guard record["ok"] == .bool(false), let error = record["error"], let message = error["message"]?.text,
            let kind = FailureClass.allCases.first(where: { $0.name == error["class"]?.text })
        else { return nil }
        self.init(kind, code: error["code"]?.text ?? "presign_failed", "was not presigned: \(message)")
    }
}
