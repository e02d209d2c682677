import FoundationEssentials
import NIOHTTP1

/// An error of the object storage, as S3 words it.
struct S3Error {
    let status: HTTPResponseStatus
    let code: String
    let message: String
    var details: [(name: String, value: String)] = []

    static let signatureDoesNotMatch = S3Error(
        status: .forbidden,
        code: "SignatureDoesNotMatch",
        message: "The request signature we calculated does not match the signature you provided. "
            + "Check your key and signing method."
    )

    static let noSuchKey = S3Error(
        status: .notFound,
        code: "NoSuchKey",
        message: "The specified key does not exist."
    )

    static let missingContentLength = S3Error(
        status: .lengthRequired,
        code: "MissingContentLength",
        message: "You must provide the Content-Length HTTP header."
    )

    static let entityTooLarge = S3Error(
        status: .badRequest,
        code: "EntityTooLarge",
        message: "Your proposed upload exceeds the maximum allowed size"
    )

    static let keySent = S3Error(
        status: .badRequest,
        code: "InvalidArgument",
        message: "Only one auth mechanism allowed: a presigned request must carry no key"
    )

    static func expired(at expiry: Date, now: Date) -> S3Error {
        S3Error(
            status: .forbidden,
            code: "AccessDenied",
            message: "Request has expired",
            details: [("Expires", Timestamp.iso8601(expiry)), ("ServerTime", Timestamp.iso8601(now))]
        )
    }

    static func headersNotSigned(_ names: [String]) -> S3Error {
        S3Error(
            status: .forbidden,
            code: "AccessDenied",
            message: "There were headers present in the request which were not signed",
            details: [("HeadersNotSigned", names.joined(separator: ", "))]
        )
    }

    var reply: Reply {
        let id = Identifier.hex()
        let elements = [("Code", code), ("Message", message)] + details + [("RequestId", id), ("HostId", "sandbox")]
        let content = elements.map { "<\($0)>\($1.xmlEscaped)</\($0)>" }.joined()
        return Reply(
            status: status,
            headers: ["Content-Type": "application/xml", "x-amz-request-id": id],
            body: .bytes(Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\(content)</Error>".utf8))
        )
    }
}

extension String {
    fileprivate var xmlEscaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
