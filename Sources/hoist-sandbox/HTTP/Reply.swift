import FoundationEssentials
import NIOHTTP1

/// An answer as it goes over the wire.
struct Reply: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case file(StoredBytes)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.count
            }
        }
    }

    let status: HTTPResponseStatus
    var headers: HTTPHeaders
    var body: Body

    init(status: HTTPResponseStatus, headers: HTTPHeaders = [:], body: Body = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func json(_ status: HTTPResponseStatus, _ value: JSON) -> Reply {
        Reply(status: status, headers: ["Content-Type": "application/json"], body: .bytes(Array(value.text.utf8)))
    }

    static func file(_ file: StoredBytes, contentType: String) -> Reply {
        Reply(status: .ok, headers: ["Content-Type": contentType], body: .file(file))
    }

    /// The same reply with some of its JSON fields added, replaced or, where null, removed.
    func merging(_ fields: [String: JSON]) -> Reply {
        guard case .bytes(let bytes) = body, case .object(var object)? = try? JSON(parsing: bytes) else { return self }
        for (name, value) in fields {
            object[name] = value == .null ? nil : value
        }
        var reply = self
        reply.body = .bytes(Array(JSON.object(object).text.utf8))
        return reply
    }

    /// The same reply with the second half of its body missing, as if that were all of it.
    var halved: Reply {
        var reply = self
        reply.body =
            switch body {
            case .bytes(let bytes): .bytes(Array(bytes.prefix(bytes.count / 2)))
            case .file(let file): .file(StoredBytes(path: file.path, count: file.count / 2))
            }
        return reply
    }
}

/// Fresh identifiers in the form the services use.
enum Identifier {
    /// 32 hexadecimal digits, as in the `request_id` of both services.
    static func hex() -> String { UUID().uuidString.lowercased().filter { $0 != "-" } }

    /// 64 hexadecimal digits, as in an AWS signature.
    static func signature() -> String { hex() + hex() }
}
