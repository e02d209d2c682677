/// What a presigner answers: each::labs' or anybody's who says the same things under the usual names.
package struct PresignedReply: Sendable {
    let url: String
    let headers: [JSONValue.Member]
    /// The file that it was made for, where it says so.
    package let file: String?
    /// Why there is no URL: the presigner's own record of its failure.
    let failure: Failure?
    /// Everything else it says: handles such as `id` and `public_url`.
    let receipt: Receipt

    private static let urlNames = ["upload_url", "presigned_url", "url", "signed_url"]
    private static let headerNames = ["required_headers", "headers"]
    static let secretFields = Set(urlNames + headerNames)

    /// A URL and headers given by hand.
    package init(url: String, headers: [JSONValue.Member]) {
        self.url = url
        self.headers = headers
        file = nil
        failure = nil
        receipt = Receipt()
    }

    /// Throws `contract` where it has no URL, headers that are not an object, or another method than PUT.
    package init(_ json: JSONValue) throws(Failure) {
        guard case .object(let fields) = json else { throw Self.wrong("it is not a JSON object") }
        file = json["file"]?.text
        receipt = Receipt(fields: fields).without(Self.secretFields)
        failure = Failure(record: json)?.keeping(receipt)
        if failure != nil {
            (url, headers) = ("", [])
            return
        }
        guard let url = Self.urlNames.lazy.compactMap({ json[$0]?.text }).first else {
            throw Self.wrong("it has no \(Self.urlNames.joined(separator: ", "))")
        }
        if let method = json["method"], method.text?.uppercased() != "PUT" {
            throw Self.wrong("its method is \(method), not PUT")
        }
        self.url = url
        switch Self.headerNames.lazy.compactMap({ json[$0] }).first {
        case nil, .null: headers = []
        case .object(let members): headers = members
        case .some(let other): throw Self.wrong("its headers are not an object: \(other)")
        }
    }

    /// The PUT that it allows, of a body of that many bytes.
    func put(length: Int64) throws(Failure) -> PresignedPut {
        if let failure { throw failure }
        return try PresignedPut(url: url, headers: headers, length: length)
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
