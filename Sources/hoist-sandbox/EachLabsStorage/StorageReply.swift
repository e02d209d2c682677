import NIOHTTP1

/// The codes of the storage service's own errors.
enum StorageErrorCode: String {
    case badRequest = "BAD_REQUEST"
    case unauthorized = "UNAUTHORIZED"
    case notFound = "NOT_FOUND"

    fileprivate var status: HTTPResponseStatus {
        switch self {
        case .badRequest: .badRequest
        case .unauthorized: .unauthorized
        case .notFound: .notFound
        }
    }
}

extension Reply {
    static func storage(_ code: StorageErrorCode, _ message: String, details: [String: JSON] = [:]) -> Reply {
        .json(
            code.status,
            [
                "status": JSON(Int(code.status.code)),
                "error": .string(message),
                "code": .string(code.rawValue),
                "request_id": .string(Identifier.hex()),
                "details": .object(details),
            ]
        )
    }
}

extension Request {
    /// The refusal of a call to the storage service that does not carry its key, or carries another service's too.
    func storageRefusal(key: String) -> Reply? {
        guard !headers.contains(name: "Authorization") else {
            let message = "Authorization is another service's header"
            return .storage(.badRequest, message, details: ["Authorization": "must not be sent"])
        }
        return has("X-API-Key", key) ? nil : .storage(.unauthorized, "Missing or invalid API key")
    }
}
